import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appOver, embedderOptions } from './compose.ts';
import type { App } from './compose.ts';
import type { Config } from './config.ts';
import { openEmbedder } from './embedding/embedder.ts';
import { corpusLibrary } from './evaluation/corpus-library.ts';
import type { CorpusOptions, Document } from './evaluation/corpus-library.ts';

/** Everything that answering takes, over a collection of documents instead of the articles folder. */
export async function openCorpus(
  config: Config,
  documents: readonly Document[],
  onProgress?: CorpusOptions['onProgress'],
): Promise<App> {
  const embedder = await openEmbedder(embedderOptions(config));
  try {
    const library = await corpusLibrary(documents, {
      embedder,
      cacheDir: join(tmpdir(), 'yuanwen-evaluation'),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    return appOver(library, embedder, config);
  } catch (error) {
    await embedder.close();
    throw error;
  }
}
