import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { articleId } from '../../src/articles/article-id.ts';
import { ArticleFolder } from '../../src/uploads/article-folder.ts';
import { isArticleFile, safeName, safePath } from '../../src/uploads/safe-path.ts';
import { DEFAULT_LIMITS, unpack } from '../../src/uploads/unpack.ts';

const TEXT = '江畔新桥通车\n\n　　本报讯 江畔新桥5月1日通车，全长320米。\n';

interface Packed {
  readonly name: string;
  readonly bytes?: Buffer;
  readonly mode?: number;
}

async function zip(...entries: readonly Packed[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const { name, bytes = Buffer.from(TEXT), mode = 0o100644 } of entries) {
    archive.addBuffer(bytes, name, { mode });
  }
  archive.end();
  return await buffer(archive.outputStream);
}

/** Writes another name of the same length over a name, in both directories of the archive. */
function renamed(archive: Buffer, from: string, to: Buffer): Buffer {
  const changed = Buffer.from(archive);
  for (let at = changed.indexOf(from); at >= 0; at = changed.indexOf(from, at + 1))
    to.copy(changed, at);
  return changed;
}

/** Clears the flag that says that names are UTF-8. */
function withoutUtf8Flag(archive: Buffer): Buffer {
  const changed = Buffer.from(archive);
  for (const [signature, offset] of [
    ['PK\u0003\u0004', 6],
    ['PK\u0001\u0002', 8],
  ] as const) {
    for (let at = changed.indexOf(signature); at >= 0; at = changed.indexOf(signature, at + 1)) {
      changed.writeUInt16LE(changed.readUInt16LE(at + offset) & ~0x800, at + offset);
    }
  }
  return changed;
}

describe('names', () => {
  test.each([
    ['新闻 5月.txt', '新闻 5月.txt'],
    ['../../etc/passwd.txt', 'etc passwd.txt'],
    ['.hidden.md', 'hidden.md'],
    ['a\u0000b\u202etxt.exe.TXT', 'a b txt.exe.txt'],
    ['CON.txt', '_CON.txt'],
    ['a:b|c?.md', 'a b c.md'],
    ['.txt', 'article.txt'],
    ['   ', 'article'],
  ])('%j is written as %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  test('any name is safe, and stays so', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('', '.txt', '.md'),
        (stem, end) => {
          const safe = safeName(stem + end);
          expect(safe).not.toBe('');
          expect(safe).not.toMatch(/[/\\\p{Cc}<>:"|?*]|^\.|[. ]$/u);
          expect(Buffer.byteLength(safe)).toBeLessThan(255);
          expect(safeName(safe)).toBe(safe);
          expect(end === '' || isArticleFile(safe)).toBe(true);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  test.each([
    '/etc/a.txt',
    '../a.txt',
    'a/../../b.txt',
    'C:\\a.txt',
    '\\\\host\\a.txt',
    '..\\a.txt',
    '',
    'a/'.repeat(20) + 'b.txt',
  ])('the path %j does not get in', (path) => expect(safePath(path)).toBeNull());

  test('ordinary paths keep their folders', () => {
    expect(safePath('2020/八月/./头版.txt')).toBe('2020/八月/头版.txt');
    expect(safePath('2020\\八月\\头版.txt')).toBe('2020/八月/头版.txt');
  });
});

describe('archives', () => {
  test('give their articles and say what was left out and why', async () => {
    const nested = await zip({ name: 'inner.txt' });
    const archive = await zip(
      { name: '一版.txt' },
      { name: 'sub/二版.md' },
      { name: 'photo.jpg' },
      { name: 'nested.zip', bytes: nested },
      { name: 'link.txt', mode: 0o120777 },
      { name: '__MACOSX/._一版.txt' },
      { name: '.DS_Store' },
    );
    const { files, refused } = await unpack(archive);
    expect(files.map(({ path }) => path)).toEqual(['一版.txt', 'sub/二版.md']);
    expect(Buffer.from(files[0]!.bytes).toString()).toBe(TEXT);
    expect(refused).toEqual([
      { file: 'photo.jpg', reason: 'it is neither .txt nor .md' },
      { file: 'nested.zip', reason: 'archives inside an archive are not unpacked' },
      { file: 'link.txt', reason: 'it is a link' },
    ]);
  });

  test('cannot write outside the folder', async () => {
    const archive = renamed(
      await zip({ name: 'aa/aa/a.txt' }),
      'aa/aa/a.txt',
      Buffer.from('../../a.txt'),
    );
    const climbing = renamed(
      await zip({ name: 'xx/etc/a.txt' }),
      'xx/etc/a.txt',
      Buffer.from('//etc//a.txt'),
    );
    for (const bytes of [archive, climbing]) {
      const { files, refused } = await unpack(bytes);
      expect(files).toEqual([]);
      expect(refused[0]?.reason).toBe('its path leads out of the folder');
    }
  });

  test('have Chinese names whatever made them', async () => {
    const gbk = Buffer.from([0xd0, 0xc2, 0xce, 0xc5, 0x2e, 0x74, 0x78, 0x74]); // 新闻.txt
    const archive = withoutUtf8Flag(renamed(await zip({ name: 'abcd.txt' }), 'abcd.txt', gbk));
    expect((await unpack(archive)).files.map(({ path }) => path)).toEqual(['新闻.txt']);
  });

  test('that unpack to too much, or hold too many files, are not taken', async () => {
    const bomb = await zip({ name: 'a.txt', bytes: Buffer.alloc(3_000_000, 'a') });
    expect(bomb.length).toBeLessThan(20_000);
    const limits = { ...DEFAULT_LIMITS, maxBytes: 1_000_000 };
    await expect(unpack(bomb, limits)).rejects.toThrow(/unpacks to more than 1 MB/);
    const single = await unpack(bomb, { ...DEFAULT_LIMITS, maxFileBytes: 1_000_000 });
    expect(single.refused[0]?.reason).toBe('it is larger than 1 MB');
    const many = await zip(...Array.from({ length: 12 }, (_, n) => ({ name: `${n}.txt` })));
    await expect(unpack(many, { ...DEFAULT_LIMITS, maxFiles: 10 })).rejects.toThrow(/more than 10/);
  });

  test('that lie about a size are noticed', async () => {
    const archive = await zip({ name: 'a.txt', bytes: Buffer.alloc(100_000, 'a') });
    const central = archive.indexOf('PK\u0001\u0002');
    archive.writeUInt32LE(10, central + 24);
    const { files, refused } = await unpack(archive);
    expect(files).toEqual([]);
    expect(refused).toEqual([{ file: 'a.txt', reason: 'it is damaged' }]);
  });

  test('that are none are refused in one sentence', async () => {
    for (const bytes of [
      Buffer.from('no archive'),
      Buffer.alloc(0),
      (await zip({ name: 'a.txt' })).subarray(0, 60),
    ]) {
      await expect(unpack(bytes)).rejects.toMatchObject({ code: 'archive-unreadable' });
    }
  });
});

describe('the articles folder', () => {
  let dir: string;
  let folder: ArticleFolder;
  const path = (name: string): string => join(dir, 'articles', name);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'yuanwen-uploads-'));
    mkdirSync(join(dir, 'articles'));
    folder = new ArticleFolder({
      articlesDir: join(dir, 'articles'),
      trashDir: join(dir, 'trash'),
      maxFileBytes: 1_000_000,
    });
  });

  afterEach(() => rmSync(dir, { recursive: true }));

  test('is looked into before anything is kept', async () => {
    expect(await folder.inspect('新.txt', Buffer.from(TEXT))).toEqual({
      titles: ['江畔新桥通车'],
      unreadable: [],
    });
    const archive = await zip({ name: 'a.txt' }, { name: 'b.txt', bytes: Buffer.alloc(0) });
    const found = await folder.inspect('all.zip', archive);
    expect(found.titles).toEqual(['江畔新桥通车']);
    expect(found.unreadable).toEqual([{ file: 'all/b.txt', reason: 'it is empty' }]);
    expect((await folder.inspect('a.pdf', Buffer.from(TEXT))).titles).toEqual([]);
    expect(readdirSync(join(dir, 'articles'))).toEqual([]);
  });

  test('takes files under safe names and overwrites nothing', async () => {
    writeFileSync(path('a.txt'), 'theirs');
    expect(await folder.add('../a.txt', Buffer.from(TEXT))).toEqual(['a-2.txt']);
    expect(await folder.add('a.txt', Buffer.from(TEXT))).toEqual(['a-2.txt']);
    expect(readFileSync(path('a.txt'), 'utf8')).toBe('theirs');
    expect(readFileSync(path('a-2.txt'), 'utf8')).toBe(TEXT);
    const archive = await zip({ name: 'x/1.txt' }, { name: '2.md' });
    expect(await folder.add('八月.zip', archive)).toEqual(['八月/x/1.txt', '八月/2.md']);
    expect(readdirSync(path('八月')).toSorted()).toEqual(['2.md', 'x']);
  });

  test('gives files to the trash and takes them back', async () => {
    await folder.add('a.txt', Buffer.from(TEXT));
    const trashed = await folder.remove('a.txt');
    expect(existsSync(path('a.txt'))).toBe(false);
    expect(readFileSync(join(dir, 'trash', trashed), 'utf8')).toBe(TEXT);
    writeFileSync(path('a.txt'), 'a newer one');
    expect(await folder.restore(trashed)).toBe('a-2.txt');
    expect(readFileSync(path('a-2.txt'), 'utf8')).toBe(TEXT);
    await expect(folder.restore(trashed)).rejects.toMatchObject({ code: 'article-file-missing' });
    await expect(folder.remove('a.md')).rejects.toMatchObject({ code: 'article-file-missing' });
  });

  test('gives up one article of a file, and takes the whole file back', async () => {
    const file = '天气.md';
    const whole = '# 今天\n\n今天晴。\n\n# 明天\n\n明天雨。\n';
    await folder.add(file, Buffer.from(whole));
    const trashed = await folder.removeArticle(file, articleId(file, '今天'));
    expect(readFileSync(path(file), 'utf8')).not.toContain('今天晴。');
    expect(readFileSync(path(file), 'utf8')).toContain('明天雨。');
    expect(await folder.restore(trashed)).toBe(file);
    expect(readFileSync(path(file), 'utf8')).toBe(whole);
    await expect(folder.removeArticle(file, 'no such id')).rejects.toMatchObject({
      code: 'article-not-separable',
    });
    await expect(folder.removeArticle('b.md', 'x')).rejects.toMatchObject({
      code: 'article-file-missing',
    });
  });

  test('is not left by any path', async () => {
    writeFileSync(join(dir, 'secret.txt'), 'secret');
    await expect(folder.remove('../secret.txt')).rejects.toMatchObject({ code: 'path-outside' });
    await expect(folder.removeArticle('../secret.txt', 'x')).rejects.toMatchObject({
      code: 'path-outside',
    });
    await expect(folder.restore('x/../../secret.txt')).rejects.toMatchObject({
      code: 'path-outside',
    });
  });
});
