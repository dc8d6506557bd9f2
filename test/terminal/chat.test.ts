import { describe, expect, it } from 'vitest';
import { start } from '../../src/commands/start.ts';
import { folderWith } from '../support/folders.ts';
import { run } from '../support/surroundings.ts';

const TEXT =
  '青石桥重新开放\n\n青石桥经过八个月的维修，5月3日重新开放。桥长46米，工程花了320万元。\n';

async function chat(lines: readonly string[], environment: Record<string, string> = {}) {
  const flags = ['--articles', folderWith({ 'bridge.txt': TEXT }), '--data', folderWith()];
  return run(start, flags, { stdin: lines.map((line) => `${line}\n`).join(''), environment });
}

describe('the chat in the terminal', () => {
  it('answers each line of its input and ends with it', async () => {
    const { code, stdout } = await chat([
      '青石桥的工程花了多少万元？',
      '',
      'How long is the bridge?',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('桥长46米，工程花了320万元。');
    expect(stdout).toContain('bridge.txt · 第1段');
  });

  it('marks the quote in its paragraph when there are colours', async () => {
    const { stdout } = await chat(['青石桥的工程花了多少万元？'], { FORCE_COLOR: '1' });
    expect(stdout).toContain('重新开放。\u001B[7m桥长46米，工程花了320万元。\u001B[27m');
  });

  it('opens the article of a source', async () => {
    const { stdout } = await chat(['青石桥的工程花了多少万元？', '/open 1', '/open 9'], {
      LANG: 'zh_CN.UTF-8',
    });
    expect(stdout).toContain('1. 青石桥经过八个月的维修');
    expect(stdout).toContain('没有第“9”个出处');
  });

  it('speaks the language of the terminal and knows its commands', async () => {
    const { stdout, stderr } = await chat(
      ['/sources', '/dance', '/help', '/quit', '青石桥的工程花了多少万元？'],
      {
        LANG: 'zh_TW.UTF-8',
      },
    );
    expect(stderr).toContain('共 1 篇文章');
    expect(stdout).toContain('還沒有出處');
    expect(stdout).toContain('不認識 /dance');
    expect(stdout).not.toContain('320万元');
  });

  it('says so when there are no articles', async () => {
    const { code, stdout, stderr } = await run(
      start,
      ['--articles', folderWith(), '--data', folderWith()],
      { stdin: 'What is new?\n' },
    );
    expect(code).toBe(0);
    expect(stderr).toContain('There are no articles: put .txt or .md files into');
    expect(stdout).not.toBe('');
  });
});
