import { join } from 'node:path';
import { embedderBesideAnswers, indexOptions } from './compose.ts';
import type { App } from './compose.ts';
import { goldenFile } from './compose-golden.ts';
import type { Config } from './config.ts';
import { addGoldenQuestion } from './indexing/golden.ts';
import { runIndexing, runPreview } from './indexing/run-indexing.ts';
import { backUp } from './library/backup.ts';
import { rollBack } from './library/roll-back.ts';
import { search } from './search/search.ts';
import type { BotDependencies } from './telegram/ports.ts';
import { ArticleFolder } from './uploads/article-folder.ts';

/** What admins may do from the chat, on the library and the folder of these settings. */
export function botDesk(
  app: App,
  config: Config,
): Pick<BotDependencies, 'search' | 'indexing' | 'files' | 'golden'> {
  const threaded = { ...indexOptions(config), embedder: embedderBesideAnswers(config) };
  const golden = goldenFile(config.dataDir);
  return {
    search: async (question, limit) => {
      const view = app.library.view();
      if (view === null) return [];
      const { embedder, secondLook } = app;
      const { passages } = await search(question, { view, embedder, secondLook, limit });
      return passages.map(({ passage }) => passage.paragraph);
    },
    indexing: {
      run: async (options, events) => {
        const result = await runIndexing({ ...threaded, ...options }, events);
        await app.library.refresh();
        return result;
      },
      preview: async (options, events) => await runPreview({ ...threaded, ...options }, events),
      rollBack: async () => {
        const generation = rollBack(config.dataDir);
        await app.library.refresh();
        return generation;
      },
      backUp: async (file) => await backUp(config.dataDir, file),
    },
    files: new ArticleFolder({
      articlesDir: config.articlesDir,
      trashDir: join(config.dataDir, 'trash'),
      maxFileBytes: config.maxFileBytes,
    }),
    golden: { add: (question, quote) => addGoldenQuestion(golden, { question, quote }) },
  };
}
