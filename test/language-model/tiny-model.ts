import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onnxFile } from './onnx.ts';
import type { OnnxNode } from './onnx.ts';

const SPECIAL = ['<unk>', '<end>', '<reply>'];
const [UNKNOWN, END, REPLY] = [0, 1, 2];

const chatTemplate =
  '{% for message in messages %}{{ message.content }} {% endfor %}{% if add_generation_prompt %}<reply>{% endif %}';

export interface TinyModel {
  /** Everything it can say, token by token. */
  readonly pieces: readonly string[];
  /**
   * `scores[from][to]`: how likely `to` follows `from`; rows and columns are the special tokens, then
   * the pieces.
   */
  readonly scores: readonly (readonly number[])[];
  readonly chatTemplate?: string | null;
}

/** A model that says the pieces one after the other and ends, whatever it is told. */
export function reciting(pieces: readonly string[]): TinyModel {
  const size = SPECIAL.length + pieces.length;
  const next = (from: number): number => {
    if (from === REPLY) return pieces.length > 0 ? SPECIAL.length : END;
    if (from < SPECIAL.length) return END;
    return from + 1 < size ? from + 1 : END;
  };
  const scores = Array.from({ length: size }, (_, from) =>
    Array.from({ length: size }, (_, to) => (to === next(from) ? 1 : 0)),
  );
  return { pieces, scores };
}

/** A model with random weights: what it says is nonsense, and the same each time. */
export function rambling(pieces: readonly string[], seed = 7): TinyModel {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const size = SPECIAL.length + pieces.length;
  const scores = Array.from({ length: size }, () =>
    Array.from({ length: size }, (_, to) => (to <= REPLY ? -1 : random())),
  );
  return { pieces, scores };
}

/**
 * Writes the folder of a causal language model as hubs have it: a network of one attention-less layer
 * with a key-value cache, in which the last token alone decides the next, and a tokenizer of whole words.
 */
export async function writeTinyModel(folder: string, model: TinyModel): Promise<void> {
  const tokens = [...SPECIAL, ...model.pieces];
  const size = tokens.length;
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const json = async (file: string, content: object): Promise<void> =>
    writeFile(join(folder, file), JSON.stringify(content));
  await json('config.json', {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_size: size,
    num_attention_heads: 1,
    num_key_value_heads: 1,
    num_hidden_layers: 1,
    vocab_size: size,
    max_position_embeddings: 8192,
    eos_token_id: END,
    pad_token_id: END,
  });
  await json('generation_config.json', { eos_token_id: END, pad_token_id: END });
  const template = model.chatTemplate === undefined ? chatTemplate : model.chatTemplate;
  await json('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizerFast',
    unk_token: SPECIAL[UNKNOWN],
    eos_token: SPECIAL[END],
    pad_token: SPECIAL[END],
    ...(template === null ? {} : { chat_template: template }),
  });
  await json('tokenizer.json', tokenizerOf(tokens));
  await writeFile(join(folder, 'onnx', 'model.onnx'), networkOf(model, size));
}

function tokenizerOf(tokens: readonly string[]): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      unk_token: SPECIAL[UNKNOWN],
    },
  };
}

function networkOf({ scores }: TinyModel, size: number): Uint8Array {
  const identity = Float32Array.from({ length: size * size }, (_, at) =>
    Math.floor(at / size) === at % size ? 1 : 0,
  );
  const cache = (part: 'key' | 'value'): OnnxNode => ({
    op: 'Concat',
    inputs: [`past_key_values.0.${part}`, 'heads'],
    output: `present.0.${part}`,
    attributes: { axis: 2 },
  });
  const past = ['batch', 1, 'past', size];
  return onnxFile({
    nodes: [
      { op: 'Gather', inputs: ['embedding', 'input_ids'], output: 'hidden' },
      { op: 'MatMul', inputs: ['hidden', 'scores'], output: 'logits' },
      { op: 'Unsqueeze', inputs: ['hidden', 'second'], output: 'heads' },
      cache('key'),
      cache('value'),
    ],
    weights: [
      { name: 'embedding', shape: [size, size], data: identity },
      { name: 'scores', shape: [size, size], data: Float32Array.from(scores.flat()) },
      { name: 'second', shape: [1], data: BigInt64Array.from([1n]) },
    ],
    inputs: [
      { name: 'input_ids', type: 'int64', shape: ['batch', 'length'] },
      { name: 'past_key_values.0.key', type: 'float', shape: past },
      { name: 'past_key_values.0.value', type: 'float', shape: past },
    ],
    outputs: [
      { name: 'logits', type: 'float', shape: ['batch', 'length', size] },
      { name: 'present.0.key', type: 'float', shape: ['batch', 1, 'total', size] },
      { name: 'present.0.value', type: 'float', shape: ['batch', 1, 'total', size] },
    ],
  });
}
