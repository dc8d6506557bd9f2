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
const optionalFiles = [
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

/** What a kind of model consists of, and how messages speak of it. */
export interface WantedModel {
  /** `embedding model` */
  readonly kind: string;
  /** The variable that names it. */
  readonly setting: string;
  /** What to do without it: `leave EMBEDDING_MODEL empty for the shipped model`. */
  readonly instead: string;
  readonly requiredFiles: readonly string[];
  readonly optionalFiles: readonly string[];
  /** ONNX files in order of preference; the first that exists is taken. */
  readonly networks: readonly string[];
}

export const embeddingModel: WantedModel = {
  kind: 'embedding model',
  setting: 'EMBEDDING_MODEL',
  instead: 'leave EMBEDDING_MODEL empty for the shipped model',
  requiredFiles,
  optionalFiles,
  networks: networks.map(({ file }) => file),
};

/** @throws {YuanwenError} `model-damaged`, naming the file and what to do */
export async function readModelFolder(
  name: string,
  path: string,
  wanted: WantedModel = embeddingModel,
): Promise<ModelFolder> {
  const fault: Fault = (reason, cause) => damaged(name, reason, wanted, cause);
  for (const file of requiredFiles) {
    if (!(await exists(join(path, file)))) throw fault(`${join(path, file)} is missing`);
  }
  const json = async (file: string) => readJson(join(path, file), fault);
  const modules = await json('modules.json');
  return {
    name,
    path,
    ...(await findNetwork(path, fault)),
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
export function damaged(
  name: string,
  reason: string,
  { kind, setting }: WantedModel = embeddingModel,
  cause?: unknown,
): YuanwenError {
  return new YuanwenError(
    'model-damaged',
    `The ${kind} ${name} is damaged: ${reason}. Restore its files, or correct ${setting}.`,
    { cause },
  );
}

type Fault = (reason: string, cause?: unknown) => YuanwenError;

async function findNetwork(
  path: string,
  fault: Fault,
): Promise<{ network: Network; externalData: boolean }> {
  for (const network of networks) {
    const file = join(path, network.file);
    if (await exists(file)) return { network, externalData: await exists(`${file}_data`) };
  }
  throw fault(`there is no ${join(path, 'onnx/model_quantized.onnx')} or onnx/model.onnx`);
}

async function readJson(file: string, fault: Fault): Promise<unknown> {
  if (!(await exists(file))) return {};
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw fault(`${file} is not readable JSON`, cause);
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
