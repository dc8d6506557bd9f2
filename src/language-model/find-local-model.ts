import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { downloadModel } from '../embedding/hub.ts';
import type { HubOptions } from '../embedding/hub.ts';
import type { WantedModel } from '../embedding/model-folder.ts';
import { YuanwenError } from '../errors.ts';
import type { LocalModelSettings } from './local-protocol.ts';

/** In order of preference: on a CPU few bits are fastest, and a model of one size larger is worth more than the bits. */
const networks: ReadonlyArray<readonly [file: string, dtype: LocalModelSettings['dtype']]> = [
  ['onnx/model_q4.onnx', 'q4'],
  ['onnx/model_quantized.onnx', 'q8'],
  ['onnx/model_int8.onnx', 'int8'],
  ['onnx/model_uint8.onnx', 'uint8'],
  ['onnx/model_q4f16.onnx', 'q4f16'],
  ['onnx/model_fp16.onnx', 'fp16'],
  ['onnx/model.onnx', 'fp32'],
];

const wanted: WantedModel = {
  kind: 'language model',
  setting: 'LLM_MODEL',
  instead: 'leave LLM_MODEL empty to answer in quotes alone',
  requiredFiles: ['config.json', 'tokenizer.json', 'tokenizer_config.json'],
  optionalFiles: ['generation_config.json', 'chat_template.jinja'],
  networks: networks.map(([file]) => file),
};

/**
 * A text-generation model on disk: a folder, or a hub id (`onnx-community/…`), which is downloaded when
 * it has not been yet.
 * @throws YuanwenError when there is no such model, or it can't be downloaded
 */
export async function findLocalModel(
  name: string,
  options: Omit<HubOptions, 'wanted'>,
): Promise<LocalModelSettings> {
  const folder = (await exists(resolve(name))) ? resolve(name) : await downloaded(name, options);
  for (const [file, dtype] of networks) {
    const path = join(folder, file);
    if (await exists(path)) {
      return { folder, dtype, externalData: await exists(`${path}_data`) };
    }
  }
  throw new YuanwenError(
    'language-model-unusable',
    `The language model ${name} has no ONNX file (${networks.map(([file]) => file).join(', ')}). Choose one that has, and correct LLM_MODEL.`,
  );
}

async function downloaded(name: string, options: HubOptions): Promise<string> {
  if (/^\w[\w-]*\/\w[\w.-]*$/.test(name)) return downloadModel(name, { ...options, wanted });
  throw new YuanwenError(
    'language-model-unusable',
    `There is no language model ${name}: without LLM_BASE_URL, LLM_MODEL is a folder or a hub id such as onnx-community/Qwen2.5-0.5B-Instruct. Correct it, or set LLM_BASE_URL.`,
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
