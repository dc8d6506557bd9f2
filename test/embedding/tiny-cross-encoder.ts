import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxFile } from '../language-model/onnx.ts';

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];

export interface TinyCrossEncoder {
  /** What each character, or word in Latin letters, adds to the score of a pair. All others add nothing. */
  readonly weights: Readonly<Record<string, number>>;
  /** What the mark at the end of each of the two texts adds. */
  readonly endWeight?: number;
  /** How many scores the network gives; of two the second is the one that counts. */
  readonly labels?: number;
  readonly maxTokens?: number;
  readonly file?: string;
}

/**
 * Writes the folder of a cross-encoder as hubs have it: BERT's tokenizer for pairs, and a network that
 * adds up weights of tokens.
 */
export function writeTinyCrossEncoder(folder: string, model: TinyCrossEncoder): void {
  const { weights, labels = 1, maxTokens = 512, file = 'onnx/model_quantized.onnx' } = model;
  const tokens = [...SPECIAL, ...Object.keys(weights)];
  const id = (token: string): number => tokens.indexOf(token);
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  json('config.json', {
    architectures: ['BertForSequenceClassification'],
    model_type: 'bert',
    vocab_size: tokens.length,
    max_position_embeddings: maxTokens,
    num_labels: labels,
  });
  json('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    model_max_length: maxTokens,
    unk_token: '[UNK]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
  });
  const special = (token: string, type: number) => ({ SpecialToken: { id: token, type_id: type } });
  const text = (name: string, type: number) => ({ Sequence: { id: name, type_id: type } });
  json('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content) => ({
      id: id(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]', 0), text('A', 0), special('[SEP]', 0)],
      pair: [
        special('[CLS]', 0),
        text('A', 0),
        special('[SEP]', 0),
        text('B', 1),
        special('[SEP]', 1),
      ],
      special_tokens: Object.fromEntries(
        SPECIAL.map((token) => [token, { id: token, ids: [id(token)], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(tokens.map((token) => [token, id(token)])),
    },
  });
  const weightOf = (token: string): number =>
    token === '[SEP]' ? (model.endWeight ?? 0) : (weights[token] ?? 0);
  writeFileSync(join(folder, file), networkOf(tokens.map(weightOf), labels));
}

function networkOf(weights: readonly number[], labels: number): Uint8Array {
  const counted = Math.min(labels, 2) - 1;
  const rows = weights.flatMap((weight) =>
    Array.from({ length: labels }, (_, label) => (label === counted ? weight : 0)),
  );
  return onnxFile({
    nodes: [
      { op: 'Gather', inputs: ['weights', 'input_ids'], output: 'each' },
      {
        op: 'ReduceSum',
        inputs: ['each', 'tokens'],
        output: 'logits',
        attributes: { keepdims: 0 },
      },
    ],
    weights: [
      { name: 'weights', shape: [weights.length, labels], data: Float32Array.from(rows) },
      { name: 'tokens', shape: [1], data: BigInt64Array.from([1n]) },
    ],
    inputs: [{ name: 'input_ids', type: 'int64', shape: ['batch', 'length'] }],
    outputs: [{ name: 'logits', type: 'float', shape: ['batch', labels] }],
  });
}
