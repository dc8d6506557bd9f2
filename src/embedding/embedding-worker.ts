/** One thread with one loaded model: texts in, unit vectors out. */
import { workerData } from 'node:worker_threads';
import { pipeline } from '@xenova/transformers';
import type { Embedding, ThreadSettings } from './protocol.ts';
import { prepared } from './prepare.ts';
import { cutFaster } from './unigram.ts';
import { unitVectors } from './unit-vectors.ts';
import { onlyFrom, serve } from './work-loop.ts';

const settings: ThreadSettings = workerData;

async function load() {
  const extractor = await pipeline('feature-extraction', onlyFrom(settings.model), {
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
  cutFaster(extractor.tokenizer._tokenizer.model);
  return extractor;
}

type Extractor = Awaited<ReturnType<typeof load>>;

async function embed(extractor: Extractor, { role, texts }: Embedding): Promise<Float32Array> {
  const { recipe } = settings;
  const inputs = texts.map((text) => prepared(text, role, recipe));
  const output = await extractor(inputs, { pooling: recipe.pooling, normalize: false });
  const { data } = output;
  if (!(data instanceof Float32Array)) throw new TypeError(`the network gives ${output.type}`);
  return unitVectors(data, data.length / texts.length);
}

await serve({ load, work: embed, probe: { role: 'question', texts: ['原文'] } });
