import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scanFolder } from '../../src/indexing/scan.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuanwen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(file: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), 'text');
}

function paths(): string[] {
  return scanFolder(folder).files.map(({ path }) => path);
}

test('finds text and Markdown files of all subfolders, in order, and leaves the rest alone', () => {
  [
    'b.txt',
    'a.TXT',
    '新闻/2020/page.md',
    'notes.markdown',
    'photo.jpg',
    '.hidden.txt',
    '.git/x.txt',
  ].forEach(put);
  expect(paths()).toEqual(['a.TXT', 'b.txt', 'notes.markdown', '新闻/2020/page.md']);
});

test('follows links, each folder once, also when they lead in a circle', () => {
  put('real/page.txt');
  symlinkSync(folder, join(folder, 'real', 'up'));
  symlinkSync(join(folder, 'real'), join(folder, 'another'));
  symlinkSync(join(folder, 'real', 'page.txt'), join(folder, 'linked.txt'));
  expect(paths()).toEqual(['linked.txt', 'real/page.txt']);
});

test('names what it can not get at', () => {
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.txt'));
  symlinkSync('round.txt', join(folder, 'round.txt'));
  const gbk = Buffer.concat([
    Buffer.from(`${folder}/`),
    Buffer.from([0xd0, 0xc2, 0xce, 0xc5]),
    Buffer.from('.txt'),
  ]);
  writeFileSync(gbk, 'text');
  const { files, unreadable } = scanFolder(folder);
  expect(files).toEqual([]);
  expect(unreadable.map(({ reason }) => reason).sort()).toEqual([
    'it is no longer there',
    'its link leads in a circle',
    'its name is not valid UTF-8; rename it',
  ]);
});

test('does not trust the times of a file that changed a moment ago', () => {
  put('fresh.txt');
  expect(scanFolder(folder).files[0]?.stamp).toBeNull();
});

test('says so when the folder is missing or is a file', () => {
  put('page.txt');
  expect(() => scanFolder(join(folder, 'nowhere'))).toThrow(/nowhere is not there/);
  expect(() => scanFolder(join(folder, 'page.txt'))).toThrow(/page.txt is not there/);
});
