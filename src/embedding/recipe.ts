import { YuanwenError } from '../errors.ts';
import { knownModel } from './known-models.ts';
import type { ModelJson } from './model-folder.ts';

export type Pooling = 'cls' | 'mean' | 'last_token';

/** How a model wants to be used. Part of the fingerprint: other uses give other vectors. */
export interface Recipe {
  readonly pooling: Pooling;
  /** Put before a question. */
  readonly queryPrefix: string;
  /** Put before a passage. */
  readonly passagePrefix: string;
  /** What is longer is cut, special tokens included. */
  readonly maxTokens: number;
  /** Fold width, case and Traditional characters before tokenising: for models trained on folded text. */
  readonly fold: boolean;
}

/** Attention costs the square of the length, and no passage is longer: models that take more are held to this. */
const longestUseful = 1024;

/**
 * The recipe, field by field, from the model's own sentence-transformers files, else from the table
 * of well-known models, else sentence-transformers' defaults (mean pooling, no prefixes).
 * @param name - what the model is called, to find it in the table
 */
export function recipeOf(name: string, json: ModelJson): Recipe {
  refuseExtraLayers(name, json);
  const known = knownModel(name);
  const prompts = record(json.sentenceTransformers['prompts']);
  return {
    pooling: ownPooling(name, json) ?? known.pooling ?? 'mean',
    queryPrefix: firstText(prompts, ['query', 'retrieval.query']) ?? known.queryPrefix ?? '',
    passagePrefix:
      firstText(prompts, ['passage', 'document', 'retrieval.passage']) ?? known.passagePrefix ?? '',
    maxTokens: tokenLimit(json, longestUseful),
    fold: record(json.sentenceTransformers['yuanwen'])['fold'] === true,
  };
}

/** Whether the model has vectors of words that stand alone. Not part of the recipe: its vectors stay the same. */
export function knowsWords(json: ModelJson): boolean {
  return record(json.sentenceTransformers['yuanwen'])['words'] === true;
}

/** How many tokens a model takes, at most `longest`. */
export function tokenLimit(json: ModelJson, longest: number): number {
  return Math.min(
    longest,
    firstCount(json.sentenceBert, ['max_seq_length']) ??
      firstCount(json.tokenizer, ['model_max_length']) ??
      firstCount(json.config, ['max_position_embeddings']) ??
      512,
  );
}

function ownPooling(name: string, json: ModelJson): Pooling | undefined {
  const asked = Object.keys(json.pooling).filter(
    (key) => key.startsWith('pooling_mode_') && json.pooling[key] === true,
  );
  if (asked.length === 0) return undefined;
  switch (asked.join()) {
    case 'pooling_mode_cls_token':
      return 'cls';
    case 'pooling_mode_mean_tokens':
      return 'mean';
    case 'pooling_mode_lasttoken':
      return 'last_token';
    default:
      throw new YuanwenError(
        'model-unsupported',
        `The embedding model ${name} pools its tokens by ${asked.join(' and ')}, which Yuanwen cannot do. Choose a model with cls, mean or last-token pooling.`,
      );
  }
}

/** Layers after the pooling (Dense) lie outside the ONNX file; leaving them out would give wrong vectors. */
function refuseExtraLayers(name: string, json: ModelJson): void {
  for (const module of json.modules) {
    const { type } = record(module);
    if (typeof type !== 'string' || /\b(Transformer|Pooling|Normalize)$/.test(type)) continue;
    throw new YuanwenError(
      'model-unsupported',
      `The embedding model ${name} has a layer that Yuanwen cannot compute (${type}). Choose another model.`,
    );
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function firstText(from: Record<string, unknown>, keys: readonly string[]): string | undefined {
  return keys.map((key) => from[key]).find((value): value is string => typeof value === 'string');
}

/** Tokenizers without a limit say 1e30. */
function firstCount(from: Record<string, unknown>, keys: readonly string[]): number | undefined {
  return keys
    .map((key) => from[key])
    .find((value): value is number => typeof value === 'number' && value > 0 && value < 1e9);
}
