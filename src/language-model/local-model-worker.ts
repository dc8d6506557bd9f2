/** One thread with one loaded language model: instructions and a message in, text out, piece by piece. */
import { basename, dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import {
  InterruptableStoppingCriteria,
  LogLevel,
  TextStreamer,
  env,
  pipeline,
} from '@xenova/transformers';
import type { Message } from '@xenova/transformers';
import type { LocalModelSettings, Order, Report } from './local-protocol.ts';

const settings: LocalModelSettings = workerData;
const stopping = new InterruptableStoppingCriteria();
/** The order under way; one at a time. */
let current = 0;

async function load() {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.logLevel = LogLevel.ERROR;
  env.localModelPath = dirname(settings.folder);
  return pipeline('text-generation', basename(settings.folder), {
    dtype: settings.dtype,
    device: 'cpu',
    use_external_data_format: settings.externalData,
    session_options: { interOpNumThreads: 1, logSeverityLevel: 3 },
  });
}

type Generator = Awaited<ReturnType<typeof load>>;
type Writing = Extract<Order, { kind: 'write' }>;

/** The chat as the model's own template puts it; some templates know no system role, some models have none. */
function promptOf({ tokenizer }: Generator, { instructions, message }: Writing): string {
  const plain = `${instructions}\n\n${message}\n\n`;
  if (!tokenizer.chat_template) return plain;
  const ask = (...chat: Message[]): string => {
    const options = { tokenize: false, add_generation_prompt: true };
    const prompt = tokenizer.apply_chat_template(chat, options);
    if (typeof prompt !== 'string') throw new TypeError('the chat template gives no text');
    return prompt;
  };
  try {
    return ask({ role: 'system', content: instructions }, { role: 'user', content: message });
  } catch {
    return ask({ role: 'user', content: plain });
  }
}

async function write(generator: Generator, order: Writing): Promise<Report> {
  const { id, maxTokens } = order;
  const { tokenizer } = generator;
  const prompt = promptOf(generator, order);
  let text = '';
  let replyTokens = 0;
  const streamer = new TextStreamer(tokenizer, {
    skip_prompt: true,
    callback_function: (piece) => {
      text += piece;
      report({ kind: 'text', id, soFar: text });
    },
    token_callback_function: (tokens) => {
      replyTokens += tokens.length;
    },
  });
  current = id;
  stopping.reset();
  await generator(prompt, {
    max_new_tokens: maxTokens,
    do_sample: false,
    streamer,
    stopping_criteria: stopping,
    // The chat template has put them in already.
    add_special_tokens: !tokenizer.chat_template,
  });
  current = 0;
  const promptTokens = tokenizer.encode(prompt).length;
  return { kind: 'written', id, text, promptTokens, replyTokens };
}

/** Withdrawn before their turn came. */
const withdrawn = new Set<number>();

async function inTurn(before: Promise<void>, generator: Generator, order: Writing): Promise<void> {
  await before;
  const { id } = order;
  if (withdrawn.delete(id)) return;
  try {
    report(await write(generator, order));
  } catch (error) {
    report({ kind: 'failed', id, reason: told(error) });
  }
}

function report(message: Report): void {
  parentPort?.postMessage(message, []);
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  const generator = await load();
  let last = Promise.resolve();
  parentPort?.on('message', (order: Order) => {
    if (order.kind === 'write') last = inTurn(last, generator, order);
    else if (order.id === current) stopping.interrupt();
    else withdrawn.add(order.id);
  });
  report({ kind: 'ready' });
} catch (error) {
  report({ kind: 'unusable', reason: told(error) });
}
