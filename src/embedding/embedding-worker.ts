/** One thread with one loaded model: texts in, unit vectors out. */
import { dirname, basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { LogLevel, env, pipeline } from '@xenova/transformers';
import type { Embedding, Numbered, Reply, ThreadSettings } from './protocol.ts';
import { prepared } from './prepare.ts';
import { unitVectors } from './unit-vectors.ts';

const settings: ThreadSettings = workerData;

async function load() {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.logLevel = LogLevel.ERROR;
  env.localModelPath = dirname(settings.model);
  const extractor = await pipeline('feature-extraction', basename(settings.model), {
    dtype: settings.dtype,
    device: 'cpu',
    use_external_data_format: settings.externalData,
    session_options: {
      intraOpNumThreads: settings.networkThreads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    },
  });
  extractor.tokenizer.config.model_max_length = settings.recipe.maxTokens;
  return extractor;
}

type Extractor = Awaited<ReturnType<typeof load>>;

async function embed(extractor: Extractor, { role, texts }: Embedding) {
  const { recipe } = settings;
  const inputs = texts.map((text) => prepared(text, role, recipe));
  const output = await extractor(inputs, { pooling: recipe.pooling, normalize: false });
  const { data } = output;
  if (!(data instanceof Float32Array)) throw new TypeError(`the network gives ${output.type}`);
  return unitVectors(data, data.length / texts.length);
}

function reply(message: Reply): void {
  parentPort?.postMessage(message, []);
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  const extractor = await load();
  const probe = await embed(extractor, { role: 'question', texts: ['原文'] });
  parentPort?.on('message', ({ id, ...work }: Numbered<Embedding>) => {
    embed(extractor, work).then(
      (numbers) => reply({ kind: 'numbers', id, numbers }),
      (error: unknown) => reply({ kind: 'failed', id, reason: told(error) }),
    );
  });
  reply({ kind: 'ready', dimensions: probe.length });
} catch (error) {
  reply({ kind: 'unusable', reason: told(error) });
}
