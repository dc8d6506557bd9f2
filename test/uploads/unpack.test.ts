import { assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { YuanwenError } from '../../src/errors.ts';
import { DEFAULT_LIMITS, unpack } from '../../src/uploads/unpack.ts';
import type { UnpackLimits } from '../../src/uploads/unpack.ts';
import { zipOf } from './zip.ts';
import type { EntrySpec } from './zip.ts';

const ARTICLE = '标题\n\n正文。\n';

async function pathsIn(...entries: EntrySpec[]): Promise<string[]> {
  return (await unpack(zipOf(entries))).files.map(({ path }) => path);
}

/** Why the only entry of an archive is left out. */
async function reasonFor(entry: EntrySpec, limits?: UnpackLimits): Promise<string | undefined> {
  const { files, refused } = await unpack(zipOf([entry]), limits);
  return files.length === 0 ? refused[0]?.reason : 'it was taken';
}

async function codeOf(bytes: Uint8Array, limits?: UnpackLimits): Promise<string> {
  try {
    await unpack(bytes, limits);
  } catch (error) {
    if (error instanceof YuanwenError) return error.code;
    throw error;
  }
  return 'it was unpacked';
}

describe('an ordinary archive', () => {
  it('gives its .txt and .md files with their folders, and names the others', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(ARTICLE), '二月/新闻.txt');
    zip.addBuffer(Buffer.from('# T\n'), 'b.md', { compress: false });
    zip.addEmptyDirectory('empty');
    zip.addBuffer(Buffer.from('x'), 'c.pdf');
    zip.end();
    const { files, refused } = await unpack(await buffer(zip.outputStream));
    expect(files.map(({ path }) => path)).toEqual(['二月/新闻.txt', 'b.md']);
    expect(Buffer.from(files[0]?.bytes ?? []).toString()).toBe(ARTICLE);
    expect(refused).toEqual([{ file: 'c.pdf', reason: 'it is neither .txt nor .md' }]);
  });

  it('may have names in GBK that do not say so, and a comment', async () => {
    const gbk = Buffer.from('0MLOxS/LxNTCLnR4dA==', 'base64');
    const { files } = await unpack(zipOf([{ name: gbk, data: ARTICLE }], { comment: '说明 PK' }));
    expect(files.map(({ path }) => path)).toEqual(['新闻/四月.txt']);
  });

  it('is not cluttered by what systems add', async () => {
    const bytes = zipOf([
      { name: '__MACOSX/._a.txt' },
      { name: 'Thumbs.db' },
      { name: '.DS_Store' },
      { name: 'a.txt', data: ARTICLE },
    ]);
    expect(await unpack(bytes)).toMatchObject({ files: [{ path: 'a.txt' }], refused: [] });
  });
});

describe('a hostile archive', () => {
  it.each([
    '../a.txt',
    '二月/../../a.txt',
    '/etc/a.txt',
    '\\\\server\\share\\a.txt',
    '..\\..\\a.txt',
    'C:\\Windows\\a.txt',
    'C:a.txt',
    `${'d/'.repeat(40)}a.txt`,
  ])('cannot write to %s', async (name) => {
    expect(await reasonFor({ name, data: ARTICLE })).toBe(
      'its path leads out of the folder or through too many folders',
    );
  });

  it.each([
    ['a\0.txt', 'a.txt'],
    ['.hidden.txt', 'hidden.txt'],
    ['...txt', 'article.txt'],
    ['CON.txt', '_CON.txt'],
    ['aux.md', '_aux.md'],
    ['a\u202Etxt.md', 'a txt.md'],
    ['line\nbreak.txt', 'line break.txt'],
    ['ab:c*d?.txt', 'ab c d.txt'],
    ['./x/./y.TXT', 'x/y.txt'],
    ['x\\y.txt', 'x/y.txt'],
  ])('has its name %j made %j', async (name, safe) => {
    const [path] = await pathsIn({ name, data: ARTICLE });
    expect(path).toBe(safe);
  });

  it('has over-long names cut by bytes, between characters', async () => {
    const [path = ''] = await pathsIn({ name: `${'原'.repeat(300)}𠮷.txt`, data: ARTICLE });
    expect(path).toMatch(/^原+\.txt$/u);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(255);
  });

  it('gives no links, no nested archives, nothing with a password, nothing unknown', async () => {
    expect(await reasonFor({ name: 'a.txt', data: '/etc/passwd', mode: 0o120777 })).toBe(
      'it is a link',
    );
    expect(await reasonFor({ name: 'a.zip', data: zipOf([{ name: 'a.txt' }]) })).toBe(
      'archives inside an archive are not unpacked',
    );
    expect(await reasonFor({ name: 'a.txt', data: ARTICLE, flags: 1 })).toBe(
      'it is protected by a password',
    );
    expect(await reasonFor({ name: 'a.txt', data: ARTICLE, method: 14 })).toBe(
      'it is packed in a way that few programs can read',
    );
  });

  it('is stopped where it unpacks to too much, however it says so', async () => {
    const limits = { maxFiles: 3, maxFileBytes: 1000, maxBytes: 1500 };
    const bomb = Buffer.alloc(50_000_000);
    expect(await reasonFor({ name: 'a.txt', data: bomb.subarray(0, 5000) }, limits)).toMatch(
      /^it is larger than/,
    );
    expect(await reasonFor({ name: 'a.txt', data: bomb, claimedSize: 10 }, limits)).toBe(
      'it is damaged',
    );
    const two = [1, 2].map((n) => ({ name: `${n}.txt`, data: bomb.subarray(0, 900) }));
    expect(await codeOf(zipOf(two), limits)).toBe('archive-too-large');
    const many = Array.from({ length: 4 }, (_, n) => ({ name: `${n}.jpg`, data: '' }));
    expect(await codeOf(zipOf(many), limits)).toBe('archive-too-large');
  });

  it('is not believed about its contents', async () => {
    expect(await reasonFor({ name: 'a.txt', data: ARTICLE, claimedCrc: 1 })).toBe('it is damaged');
    expect(await reasonFor({ name: 'a.txt', data: ARTICLE, method: 0, claimedCrc: 1 })).toBe(
      'it is damaged',
    );
    expect(await reasonFor({ name: 'a.txt', data: ARTICLE, claimedSize: 5000 })).toBe(
      'it is damaged',
    );
    expect(await codeOf(zipOf([{ name: 'a.txt', data: ARTICLE }], { claimedCount: 9 }))).toBe(
      'archive-unreadable',
    );
  });

  it('that is cut short, empty or no archive at all is refused with what to do', async () => {
    const good = zipOf([{ name: 'a.txt', data: ARTICLE }]);
    for (const bytes of [
      good.subarray(0, 40),
      good.subarray(10),
      Buffer.alloc(0),
      Buffer.from('not a zip'),
    ]) {
      expect(await codeOf(bytes)).toBe('archive-unreadable');
    }
    await expect(unpack(Buffer.from('not a zip'))).rejects.toThrow(
      'Pack the files again as an ordinary .zip',
    );
  });

  it('gives the same name twice without losing either', async () => {
    expect(await pathsIn({ name: 'a.txt', data: '一' }, { name: 'a.txt', data: '二' })).toEqual([
      'a.txt',
      'a.txt',
    ]);
  });

  it('with any bytes changed is unpacked or refused, and never leaves its folder', async () => {
    const good = zipOf([
      { name: 'a/b.txt', data: ARTICLE },
      { name: 'c.md', data: ARTICLE, method: 0 },
    ]);
    const survives = asyncProperty(
      uint8Array({ minLength: 1, maxLength: 6 }),
      integer({ min: 0, max: good.length - 7 }),
      async (junk, at) => {
        const bytes = Buffer.from(good);
        bytes.set(junk, at);
        try {
          const { files } = await unpack(bytes, DEFAULT_LIMITS);
          return files.every(
            ({ path }) => !path.startsWith('/') && !path.split('/').includes('..'),
          );
        } catch (error) {
          return error instanceof YuanwenError;
        }
      },
    );
    await expect(assert(survives, { seed: 20200823, numRuns: 400 })).resolves.toBeUndefined();
  });
});
