import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAsk } from './answers/ask.ts';
import { readDictionaries } from './answers/words.ts';
import { goldenExamination } from './compose-golden.ts';
import type { GoldenSettings } from './compose-golden.ts';
import type { Config } from './config.ts';
import { loadEmbedder } from './embedding/embedder.ts';
import type { EmbedderOptions, LoadingEmbedder } from './embedding/embedder.ts';
import { SHIPPED_MODEL } from './embedding/shipped-model.ts';
import { YuanwenError } from './errors.ts';
import { indexLibrary, previewIndex } from './indexing/index-library.ts';
import type { Examination } from './indexing/golden.ts';
import type { IndexEvents, IndexOptions, IndexPreview, IndexResult } from './indexing/options.ts';
import { isStale } from './indexing/stale.ts';
import { openLibrary } from './library/library.ts';
import type { OpenLibrary } from './library/library.ts';
import type { Ask, Embedder } from './ports.ts';
import type { SecondLook } from './search/second-look.ts';

/** The only place that builds the adapters and hands them over. */

const MODELS_DIR = fileURLToPath(new URL('../embeddings/models', import.meta.url));

/** Everything that answering takes. */
export interface App {
  readonly ask: Ask;
  readonly library: OpenLibrary;
  readonly embedder: Embedder;
  /** Part of `ask`, for those who only search. */
  readonly secondLook?: SecondLook | undefined;
  close(): Promise<void>;
}

/** How the embedder of these settings is opened; plain data, so that it can be handed to a thread. */
export function embedderOptions(config: Config): Omit<EmbedderOptions, 'onProgress'> {
  return {
    model: config.embeddingModel ?? SHIPPED_MODEL,
    modelsDir: MODELS_DIR,
    cacheDir: join(config.dataDir, 'models'),
    workers: config.indexWorkers === 0 ? availableParallelism() : config.indexWorkers,
    ...(config.hubRoot === undefined ? {} : { hubHost: config.hubRoot }),
  };
}

/** The same for a thread that indexes beside answering: a core is left to those who ask. */
export function embedderBesideAnswers(config: Config): Omit<EmbedderOptions, 'onProgress'> {
  const options = embedderOptions(config);
  const most = Math.max(1, availableParallelism() - 1);
  return { ...options, workers: Math.min(options.workers, most) };
}

/** What the indexing of these settings works on and by which rules. */
export function indexOptions(config: Config): Omit<IndexOptions, 'embedder'> & GoldenSettings {
  return {
    folder: config.articlesDir,
    dataDir: config.dataDir,
    keepGenerations: config.keepGenerations,
    maxFileBytes: config.maxFileBytes,
    refusal: config.refusal,
  };
}

export interface OpenOptions {
  /** The model; else the configured one. */
  readonly model?: Omit<EmbedderOptions, 'onProgress'>;
  readonly onDownload?: NonNullable<EmbedderOptions['onProgress']>;
  /** With somebody to tell, a damaged library is replaced by one from the articles; told where it lies now. */
  readonly onRepaired?: (setAside: string) => void;
}

/** Opens what answering takes, on the library as it is; that is opened while the model is loaded. */
export async function openApp(config: Config, options: OpenOptions = {}): Promise<App> {
  const { model = embedderOptions(config), onDownload, onRepaired } = options;
  const loading = await loadEmbedder({
    ...model,
    ...(onDownload === undefined ? {} : { onProgress: onDownload }),
  });
  // Then the graph is mostly still being read, by another thread.
  loading.loaded.then(readDictionaries, () => undefined);
  const [embedder, library] = await Promise.allSettled([
    loading.loaded,
    openOrRepair(config, loading, onRepaired),
  ]);
  if (embedder.status === 'fulfilled' && library.status === 'fulfilled') {
    return appOver(library.value, embedder.value, config);
  }
  if (library.status === 'fulfilled') library.value.close();
  if (embedder.status === 'rejected') throw embedder.reason;
  await embedder.value.close();
  throw library.status === 'rejected' ? library.reason : null;
}

/** Answering from a library with the embedder that its questions are embedded with. */
export function appOver(library: OpenLibrary, embedder: Embedder, { refusal }: Config): App {
  return {
    ask: createAsk({ library, embedder, refusal }),
    library,
    embedder,
    close: async () => {
      library.close();
      await embedder.close();
    },
  };
}

async function openOrRepair(
  config: Config,
  { fingerprint, loaded }: LoadingEmbedder,
  onRepaired: OpenOptions['onRepaired'],
): Promise<OpenLibrary> {
  const options = { dataDir: config.dataDir, fingerprint };
  try {
    return await openLibrary(options);
  } catch (error) {
    const isDamaged = error instanceof YuanwenError && error.code === 'library-damaged';
    if (!isDamaged || onRepaired === undefined) throw error;
    const embedder = await loaded;
    const { setAside } = await indexLibrary({ ...indexOptions(config), embedder });
    if (setAside !== null) onRepaired(setAside);
    return openLibrary(options);
  }
}

/** Whether the library lacks something of the articles folder. */
export function needsIndexing(app: App, config: Config): boolean {
  return isStale({ ...indexOptions(config), embedder: app.embedder });
}

/** Brings the library up to date on this thread's time and waits until it is served. */
export async function bringUpToDate(
  app: App,
  options: Omit<IndexOptions, 'embedder'> & GoldenSettings,
  events?: IndexEvents,
): Promise<IndexResult> {
  const { embedder } = app;
  const golden = goldenExamination(options, embedder);
  const result = await indexLibrary({ ...options, ...golden, embedder }, events);
  await app.library.refresh();
  return result;
}

/** How the serving generation answers the golden questions; null without questions or generation. */
export async function examineGolden(app: App, config: Config): Promise<Examination | null> {
  const view = app.library.view();
  const { examine } = goldenExamination(indexOptions(config), app.embedder);
  return view === null || examine === undefined ? null : examine(view);
}

/** What `bringUpToDate` would do; nothing is changed that a reader could notice. */
export function previewIndexing(
  app: App,
  options: Omit<IndexOptions, 'embedder'>,
  events?: IndexEvents,
): Promise<IndexPreview> {
  return previewIndex({ ...options, embedder: app.embedder }, events);
}
