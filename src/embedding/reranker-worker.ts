/** One thread with one loaded cross-encoder: a question and a passage in, a log-odds out. */
import { workerData } from 'node:worker_threads';
import { AutoModelForSequenceClassification, AutoTokenizer, Tensor } from '@xenova/transformers';
import { wellFormed } from './prepare.ts';
import type { Reranking, RerankingSettings } from './protocol.ts';
import { onlyFrom, serve } from './work-loop.ts';

const settings: RerankingSettings = workerData;

async function load() {
  const name = onlyFrom(settings.model);
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const network = await AutoModelForSequenceClassification.from_pretrained(name, {
    dtype: settings.dtype,
    device: 'cpu',
    use_external_data_format: settings.externalData,
    session_options: {
      intraOpNumThreads: settings.networkThreads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    },
  });
  return { tokenizer, network };
}

type Model = Awaited<ReturnType<typeof load>>;

/** The tokens of both texts. Of a pair that is too long the end of the passage is cut off, but not the mark that ends it. */
function inputsOf({ tokenizer }: Model, { question, passage }: Reranking): Record<string, Tensor> {
  const { maxTokens } = settings;
  const encoded: Record<string, number[]> = tokenizer(
    // A token is a character at least: the question leaves room for the passage.
    wellFormed(question.slice(0, maxTokens >> 1), maxTokens),
    { text_pair: wellFormed(passage, maxTokens), return_tensor: false },
  );
  return Object.fromEntries(
    Object.entries(encoded).map(([name, values]) => {
      const cut = [...values.slice(0, maxTokens - 1), ...values.slice(maxTokens - 1).slice(-1)];
      return [name, new Tensor('int64', BigInt64Array.from(cut, BigInt), [1, cut.length])];
    }),
  );
}

/** A network with one output gives the log-odds; of one with two, "no" and "yes", it is what "yes" is ahead. */
async function score(model: Model, pair: Reranking): Promise<Float32Array> {
  const { logits }: { logits?: Tensor } = await model.network(inputsOf(model, pair));
  const given = logits?.data;
  if (!(given instanceof Float32Array)) throw new TypeError('it gives no score for two texts');
  const [first = Number.NaN, second = 0] = given;
  if (given.length > 2) throw new TypeError(`it gives ${given.length} scores for two texts`);
  const logOdds = given.length === 2 ? second - first : first;
  if (!Number.isFinite(logOdds)) throw new TypeError('its score is not a number');
  return Float32Array.of(logOdds);
}

await serve({ load, work: score, probe: { question: '原文', passage: '原文' } });
