import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { YuanwenError } from '../errors.ts';

/** The JSON files of a model that say how it is used; empty where a file is absent. */
export interface ModelJson {
  readonly config: Record<string, unknown>;
  readonly tokenizer: Record<string, unknown>;
  readonly modules: readonly unknown[];
  readonly pooling: Record<string, unknown>;
  readonly sentenceTransformers: Record<string, unknown>;
  readonly sentenceBert: Record<string, unknown>;
}

/** The transformers package's name for a precision, which names the file. */
export type Dtype = 'q8' | 'int8' | 'uint8' | 'fp32' | 'fp16' | 'q4';

/** The network of a model. */
export interface Network {
  /** Below the model's folder, with `/`. */
  readonly file: string;
  readonly dtype: Dtype;
}

/** A model on disk. */
export interface ModelFolder {
  /** How it was asked for: for messages, and to look it up among the known ones. */
  readonly name: string;
  readonly path: string;
  readonly network: Network;
  /** Whether the weights lie beside the network in `<file>_data`. */
  readonly externalData: boolean;
  readonly json: ModelJson;
}

/** Without these the transformers package loads nothing. */
export const requiredFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;

/** Sentence-transformers files that say how the model is used. */
export const optionalFiles = [
  'modules.json',
  '1_Pooling/config.json',
  'config_sentence_transformers.json',
  'sentence_bert_config.json',
] as const;

/** In order of preference: on a CPU 8 bits are smallest and fastest, and cost little quality. */
export const networks: readonly Network[] = [
  { file: 'onnx/model_quantized.onnx', dtype: 'q8' },
  { file: 'onnx/model_int8.onnx', dtype: 'int8' },
  { file: 'onnx/model_uint8.onnx', dtype: 'uint8' },
  { file: 'onnx/model.onnx', dtype: 'fp32' },
  { file: 'onnx/model_fp16.onnx', dtype: 'fp16' },
  { file: 'onnx/model_q4.onnx', dtype: 'q4' },
];

/** @throws {YuanwenError} `model-damaged`, naming the file and what to do */
export async function readModelFolder(name: string, path: string): Promise<ModelFolder> {
  for (const file of requiredFiles) {
    if (!(await exists(join(path, file)))) throw damaged(name, `${join(path, file)} is missing`);
  }
  const json = async (file: string) => readJson(name, join(path, file));
  const modules = await json('modules.json');
  return {
    name,
    path,
    ...(await findNetwork(name, path)),
    json: {
      config: record(await json('config.json')),
      tokenizer: record(await json('tokenizer_config.json')),
      modules: Array.isArray(modules) ? modules : [],
      pooling: record(await json('1_Pooling/config.json')),
      sentenceTransformers: record(await json('config_sentence_transformers.json')),
      sentenceBert: record(await json('sentence_bert_config.json')),
    },
  };
}

/** The error for a model that is there but cannot be used. */
export function damaged(name: string, reason: string, cause?: unknown): YuanwenError {
  return new YuanwenError(
    'model-damaged',
    `The embedding model ${name} is damaged: ${reason}. Restore its files, or correct EMBEDDING_MODEL.`,
    { cause },
  );
}

async function findNetwork(
  name: string,
  path: string,
): Promise<{ network: Network; externalData: boolean }> {
  for (const network of networks) {
    const file = join(path, network.file);
    if (await exists(file)) return { network, externalData: await exists(`${file}_data`) };
  }
  throw damaged(name, `there is no ${join(path, 'onnx/model_quantized.onnx')} or onnx/model.onnx`);
}

async function readJson(name: string, file: string): Promise<unknown> {
  if (!(await exists(file))) return {};
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw damaged(name, `${file} is not readable JSON`, cause);
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
