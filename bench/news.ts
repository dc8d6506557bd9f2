import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';

/** 63,668 news articles, beside the repository. */
export const NEWS = fileURLToPath(
  new URL('../../shared/training/crud_news_63k.jsonl.gz', import.meta.url),
);

/** Writes the first `count` news articles as files below `folder`, a title and a text each. Returns their bytes. */
export async function writeNews(folder: string, count: number): Promise<number> {
  if (!existsSync(NEWS))
    throw new Error(`${NEWS} is not there: it holds the articles to measure with`);
  const lines = createInterface({ input: createReadStream(NEWS).pipe(createGunzip()) });
  let written = 0;
  let bytes = 0;
  for await (const line of lines) {
    if (written === count) break;
    const { id, text }: { id: string; text: string } = JSON.parse(line);
    const title = /^[^。！？，,]{1,30}/u.exec(text)?.[0] ?? id;
    const content = Buffer.from(`${title}\n\n${text}\n`);
    const file = join(folder, String(Math.floor(written / 1000)), `${id}.txt`);
    if (written % 1000 === 0) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    written++;
    bytes += content.length;
  }
  return bytes;
}
