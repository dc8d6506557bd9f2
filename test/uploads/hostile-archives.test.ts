import { assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
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

describe('a hostile archive', () => {
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
    const bomb = Buffer.alloc(5_000_000);
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
