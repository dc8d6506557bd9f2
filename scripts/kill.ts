/** `npm run kill -- [kills] [seed]`: kills the library's writers at random moments, and tells what did not hold. */
import { killAtRandom } from './kill-harness.ts';

const kills = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);
const report = await killAtRandom({
  kills,
  seed,
  articles: 300,
  onKill: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify({ kills, seed, ...report }, null, 1)}\n`);
process.exitCode = report.faults.length === 0 ? 0 : 1;
