import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ask } from '../../src/commands/ask.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { index } from '../../src/commands/index.ts';
import { start } from '../../src/commands/start.ts';
import { folderWith } from '../support/folders.ts';
import { run } from '../support/surroundings.ts';

const QUESTION = '江畔图书馆的改建花了多少钱？';
const PAGE = 4096;

/** What SQLite leaves when only the way of its journal was set. */
function emptyDatabase(): Buffer {
  const file = join(mkdtempSync(join(tmpdir(), 'yuanwen-')), 'empty.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.close();
  const bytes = readFileSync(file);
  rmSync(dirname(file), { recursive: true });
  return bytes;
}

async function indexed(): Promise<string> {
  const data = folderWith();
  const sample = fileURLToPath(new URL('../../data/articles', import.meta.url));
  await run(index, ['--articles', sample, '--data', data]);
  return data;
}

/** Writes nonsense over pages of the library, counted from 0. */
function damage(data: string, from: number, count: number): void {
  const file = openSync(join(data, 'library.db'), 'r+');
  writeSync(file, Buffer.alloc(count * PAGE, 0xa5), 0, count * PAGE, from * PAGE);
  closeSync(file);
}

describe('a library whose maker was stopped before its first commit', () => {
  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a database without tables', emptyDatabase()],
  ])('is no library yet: %s', async (_, bytes) => {
    const data = folderWith();
    writeFileSync(join(data, 'library.db'), bytes);
    const { code, stdout } = await run(start, ['--data', data], { stdin: `${QUESTION}\n` });
    expect([code, stdout]).toEqual([0, expect.stringContaining('4300万元')]);
  });
});

describe('a damaged library', () => {
  it('is set aside and rebuilt by the next start, which says so and answers', async () => {
    const data = await indexed();
    damage(data, 0, 2);
    const { code, stdout, stderr } = await run(start, ['--data', data], { stdin: `${QUESTION}\n` });
    expect(code).toBe(0);
    expect(stdout).toContain('4300万元');
    expect(stderr).toMatch(/was damaged\. It was moved to .*library\.damaged-/);
    expect(readdirSync(data).filter((name) => /^library\.damaged-.*\.db$/.test(name))).toHaveLength(
      1,
    );
  });

  it('is found by the next indexing when only readers came upon the damage', async () => {
    const data = await indexed();
    const pages = readFileSync(join(data, 'library.db')).length / PAGE;
    damage(data, Math.floor(pages / 3), Math.floor(pages / 2));
    const first = await run(ask, [QUESTION, '--data', data]);
    expect(first.stderr).toContain('damaged');
    expect((await run(index, ['--data', data])).code).toBe(0);
    expect((await run(ask, [QUESTION, '--data', data])).stdout).toContain('4300万元');
  });

  it('is told by doctor, which changes nothing', async () => {
    const data = await indexed();
    damage(data, 0, 2);
    const { code, stdout } = await run(doctor, ['--data', data]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ Library: .*damaged.*npm run index/);
    expect(readdirSync(data).some((name) => name.startsWith('library.damaged'))).toBe(false);
  });
});
