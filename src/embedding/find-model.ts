import { stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { YuanwenError } from '../errors.ts';
import { downloadModel } from './hub.ts';
import type { HubOptions } from './hub.ts';
import { embeddingModel, readModelFolder } from './model-folder.ts';
import type { ModelFolder } from './model-folder.ts';

export interface FindModelOptions extends HubOptions {
  /** Where models are looked for by their folder's name. */
  readonly modelsDir: string;
}

/**
 * The model on disk: a folder of `modelsDir`, a path, or a hub id, which is downloaded when it has
 * not been yet.
 * @throws {YuanwenError} when there is no such model, or it is damaged, or cannot be downloaded
 */
export async function findModel(name: string, options: FindModelOptions): Promise<ModelFolder> {
  const { wanted = embeddingModel } = options;
  for (const path of [join(options.modelsDir, name), resolve(name)]) {
    if (await isFolder(path)) return readModelFolder(name, path, wanted);
  }
  if (!isHubId(name)) {
    throw new YuanwenError(
      'model-missing',
      `There is no ${wanted.kind} at ${isAbsolute(name) || name.startsWith('.') ? name : join(options.modelsDir, name)}. Correct ${wanted.setting}, or ${wanted.instead}.`,
    );
  }
  return readModelFolder(name, await downloadModel(name, options), wanted);
}

/** `owner/name`, as the hub allows it; never a path out of the cache folder. */
function isHubId(name: string): boolean {
  return /^\w[\w-]*\/\w[\w.-]*$/.test(name);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
