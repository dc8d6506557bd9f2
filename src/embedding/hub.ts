import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { YuanwenError } from '../errors.ts';
import { FileAbsent, HubBroken, downloadFile } from './hub-file.ts';
import { embeddingModel } from './model-folder.ts';
import type { WantedModel } from './model-folder.ts';

/** How far the download of one file is. */
export interface DownloadProgress {
  readonly model: string;
  readonly file: string;
  /** Bytes. */
  readonly loaded: number;
  /** Bytes; null where the hub does not say. */
  readonly total: number | null;
}

export interface HubOptions {
  /** Downloaded models are kept below. */
  readonly cacheDir: string;
  /** Address of the hub; defaults to the transformers package's `env.remoteHost`. */
  readonly hubHost?: string;
  /** Longest wait for the hub's next bytes, in milliseconds. */
  readonly hubTimeout?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Which model is meant; an embedding model when left out. */
  readonly wanted?: WantedModel;
}

const defaultTimeout = 30_000;

/**
 * The folder of a hub model, downloaded as far as it has not been. A file appears under its name
 * only when it is whole, and `complete.json` only when all files have; what a break leaves is
 * carried on by the next call.
 * @param id - `owner/name`
 * @throws {YuanwenError} `hub-unreachable`, `model-missing` or `model-unsupported`
 */
export async function downloadModel(id: string, options: HubOptions): Promise<string> {
  const folder = join(options.cacheDir, id);
  const complete = join(folder, 'complete.json');
  if (existsSync(complete)) return folder;
  const address = await addressOf(id, options.hubHost);
  const { wanted = embeddingModel } = options;
  const get = async (file: string) =>
    downloadFile({
      url: `${address}${file}`,
      path: join(folder, file),
      timeout: options.hubTimeout ?? defaultTimeout,
      onProgress: (loaded, total) => options.onProgress?.({ model: id, file, loaded, total }),
    });
  try {
    await mkdir(folder, { recursive: true });
    for (const file of wanted.requiredFiles) await get(file);
    for (const file of wanted.optionalFiles) await unlessAbsent(get(file));
    const network = await firstNetwork(id, wanted, get);
    await unlessAbsent(get(`${network}_data`));
    await writeFile(complete, `${JSON.stringify({ id, from: address, network })}\n`);
  } catch (error) {
    throw explained(error, id, address, wanted);
  }
  return folder;
}

async function addressOf(id: string, hubHost: string | undefined): Promise<string> {
  const { env } = await import('@xenova/transformers');
  const host = hubHost ?? env.remoteHost;
  const path = env.remotePathTemplate.replaceAll('{model}', id).replaceAll('{revision}', 'main');
  return new URL(path, host.endsWith('/') ? host : `${host}/`).href;
}

async function firstNetwork(
  id: string,
  { networks: files, kind, setting }: WantedModel,
  get: (file: string) => Promise<void>,
): Promise<string> {
  for (const file of files) {
    if (await unlessAbsent(get(file))) return file;
  }
  throw new YuanwenError(
    'model-unsupported',
    `The hub's ${kind} ${id} has no ONNX files (${files.slice(0, 2).join(' or ')}). Choose one that has, and correct ${setting}.`,
  );
}

async function unlessAbsent(download: Promise<void>): Promise<boolean> {
  try {
    await download;
    return true;
  } catch (error) {
    if (error instanceof FileAbsent) return false;
    throw error;
  }
}

function explained(error: unknown, id: string, address: string, wanted: WantedModel): unknown {
  const host = new URL(address).origin;
  const { kind, setting, instead } = wanted;
  if (error instanceof FileAbsent) {
    return new YuanwenError(
      'model-missing',
      `The model hub ${host} has no ${kind} ${id}, or does not show it to everyone (${error.message}). Correct ${setting}, or ${instead}.`,
      { cause: error },
    );
  }
  if (error instanceof HubBroken) {
    return new YuanwenError(
      'hub-unreachable',
      `The ${kind} ${id} could not be downloaded from ${host}: ${error.message}. What has arrived is kept: try again later, or ${instead}.`,
      { cause: error },
    );
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    return new YuanwenError(
      'model-not-saved',
      `The ${kind} ${id} could not be saved: ${error.message}. Make room or give write access, and try again.`,
      { cause: error },
    );
  }
  return error;
}
