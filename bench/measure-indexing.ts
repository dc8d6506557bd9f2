/** The whole folder from its files to the last commit, again without a change, and with one article more. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { bringUpToDate, indexOptions, openApp } from '../src/compose.ts';
import { givenConfig, peakMegabytes, tell } from './measured.ts';
import { stagesOf } from './stages.ts';

const config = givenConfig();
const app = await openApp(config);
const options = indexOptions(config);

const peaks: Record<string, number> = {};
const whole = await stagesOf(() =>
  bringUpToDate(app, options, {
    onProgress: (phase) => {
      const { rss } = process.memoryUsage();
      peaks[phase] = Math.max(peaks[phase] ?? 0, rss / 1e6);
    },
  }),
);
const { passages } = whole.result;
const peak = peakMegabytes();
const onDisk = sizeOf(config.dataDir);
const { seconds: unchanged } = await bringUpToDate(app, options);

const started = performance.now();
writeFileSync(
  join(config.articlesDir, 'kites.txt'),
  '广场放飞风筝\n\n今天上午，市民在云雀广场上放飞了一千零七只风筝。\n',
);
await bringUpToDate(app, options);
const { answered } = await app.ask('云雀广场上放飞了多少只风筝？');
const added = (performance.now() - started) / 1000;

tell({
  figures: {
    passages,
    'full index, s': whole.seconds,
    'full index, passages/s': passages / whole.seconds,
    'full index, peak MB': peak,
    ...Object.fromEntries(
      Object.entries(peaks).map(([phase, mb]) => [`  at most in ${phase}, MB`, mb]),
    ),
    'no change, s': unchanged,
    [answered ? 'one new article to its answer, s' : 'one new article, NOT answered, s']: added,
    'text, MB': sizeOf(config.articlesDir) / 1e6,
    'on disk, MB': onDisk / 1e6,
    'on disk, times the text': onDisk / sizeOf(config.articlesDir),
  },
  stages: whole.stages,
});
await app.close();

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
