import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from '../../src/commands/ask.ts';
import { index } from '../../src/commands/index.ts';
import { folderWith } from '../support/folders.ts';
import { jsonLines, run } from '../support/surroundings.ts';

const BRIDGE =
  '青石桥重新开放\n\n青石桥经过八个月的维修，5月3日重新开放。桥长46米，工程花了320万元。\n';
const LIBRARY = '江畔图书馆延长开放\n\n江畔图书馆从6月起每天开放到晚上十点。馆内有座位800个。\n';

function folders(files: Record<string, string>) {
  const articles = folderWith(files);
  const data = folderWith();
  return { articles, data, flags: ['--articles', articles, '--data', data] };
}

describe('npm run index', () => {
  it('prints the JSON of the contract, and nothing else, on stdout', async () => {
    const { flags } = folders({
      'bridge.txt': BRIDGE,
      'empty.txt': '',
      'deep/library.txt': LIBRARY,
    });
    const { code, stdout } = await run(index, [...flags, '--json']);
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toEqual([
      {
        generation: 1,
        articles: 2,
        passages: 2,
        added: 2,
        changed: 0,
        removed: 0,
        unreadable: [{ file: 'empty.txt', reason: 'it is empty' }],
        embedded: 2,
        seconds: expect.any(Number),
      },
    ]);
  });

  it('says with --dry-run what would change, and changes nothing', async () => {
    const { articles, flags } = folders({ 'bridge.txt': BRIDGE, 'library.txt': LIBRARY });
    await run(index, flags);
    writeFileSync(join(articles, 'bridge.txt'), BRIDGE.replace('320万元', '330万元'));
    const { stdout } = await run(index, [...flags, '--dry-run']);
    expect(stdout).toContain('Changed: 1\n  青石桥重新开放 (bridge.txt)');
    expect(stdout).toContain('Passages to embed: 1');
    const after = await run(ask, ['青石桥工程花了多少钱？', '--data', flags[3] ?? '']);
    expect(after.stdout).toContain('320万元');
  });

  it('goes back with --rollback', async () => {
    const { articles, data, flags } = folders({ 'bridge.txt': BRIDGE, 'library.txt': LIBRARY });
    await run(index, flags);
    writeFileSync(join(articles, 'bridge.txt'), BRIDGE.replace('320万元', '330万元'));
    await run(index, flags);
    const { code, stdout } = await run(index, ['--rollback', '--data', data]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Generation 1 serves again')]);
    const after = await run(ask, ['青石桥工程花了多少钱？', '--data', data]);
    expect(after.stdout).toContain('320万元');
  });

  it('does not take a folder that lost its articles for a decision', async () => {
    const { articles, flags } = folders({ 'bridge.txt': BRIDGE, 'library.txt': LIBRARY });
    await run(index, flags);
    rmSync(join(articles, 'bridge.txt'));
    const refused = await run(index, flags);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('--allow-removals'),
    ]);
    const allowed = await run(index, [...flags, '--allow-removals', '--json']);
    expect(jsonLines(allowed.stdout)).toEqual([
      expect.objectContaining({ articles: 1, removed: 1 }),
    ]);
  });

  it('keeps the old state when the new one answers the golden questions worse', async () => {
    const { articles, data, flags } = folders({ 'bridge.txt': BRIDGE, 'library.txt': LIBRARY });
    const golden = { question: '青石桥的工程花了多少万元？', quote: '工程花了320万元' };
    writeFileSync(join(data, 'golden.jsonl'), `${JSON.stringify(golden)}\n`);
    await run(index, flags);
    writeFileSync(
      join(articles, 'bridge.txt'),
      '青石桥重新开放\n\n青石桥5月3日重新开放。桥长46米。\n',
    );
    const { code, stderr } = await run(index, flags);
    expect(code).toBe(1);
    expect(stderr).toContain('青石桥的工程花了多少万元？');
    const after = await run(ask, ['青石桥的工程花了多少万元？', '--data', data]);
    expect(after.stdout).toContain('320万元');
  });

  it('names a folder that is not there and what to do', async () => {
    const data = folderWith();
    const { code, stderr } = await run(index, ['--articles', '/nowhere/at/all', '--data', data]);
    expect(code).toBe(1);
    expect(stderr).toContain('/nowhere/at/all is not there. Create it');
  });

  it('ends with 2 and its usage when it is called wrongly', async () => {
    const { code, stdout, stderr } = await run(index, ['--quickly']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain("Unknown option '--quickly'");
    expect(stderr).toContain('npm run index -- --rollback');
  });
});
