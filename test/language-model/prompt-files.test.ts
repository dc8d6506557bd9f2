import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filled, parsePrompt } from '../../src/answers/written/prompt.ts';
import { readPrompts } from '../../src/language-model/prompt-files.ts';

const good = await readFile(new URL('../../prompts/answer.en.md', import.meta.url), 'utf8');
const told = (text: string) => {
  try {
    parsePrompt(text, 'prompts/answer.en.md');
  } catch (error) {
    return String(error);
  }
  return 'nothing is wrong';
};

describe('a prompt', () => {
  it('has instructions and a message with variables', () => {
    const { name, language, version, message } = parsePrompt(good, 'prompts/answer.en.md');
    expect([name, language, version]).toEqual(['answer', 'en', 1]);
    expect(message).toContain('<question>{{question}}</question>');
  });

  it('may come with a byte-order mark and Windows line ends', () => {
    const windows = `\uFEFF${good.replaceAll('\n', '\r\n')}`;
    expect(parsePrompt(windows, 'a.md')).toEqual(parsePrompt(good, 'a.md'));
  });

  it('takes data once: what looks like a variable in it stays', () => {
    const data = { passages: 'a {{question}} b', question: 'why $& $1?' };
    expect(filled('{{passages}} / {{ question }}', data)).toBe('a {{question}} b / why $& $1?');
  });

  it.each([
    ['no front matter', good.slice(4), 'line 1: a prompt begins with front matter'],
    ['YAML that is none', good.replace('version: 1', 'version: [1'), 'line 5: no YAML'],
    ['an unknown task', good.replace('name: answer', 'name: poem'), 'line 2: name:'],
    ['an unknown language', good.replace('language: en', 'language: fr'), 'line 3: language:'],
    ['no version', good.replace('version: 1\n', ''), 'version:'],
    ['an unknown setting', good.replace('version: 1', 'version: 1\nmood: good'), 'line 5: mood:'],
    [
      'an unknown variable',
      good.replace('[passages', '[poems, passages'),
      'line 5: there is no variable "poems"',
    ],
    [
      'an undeclared variable',
      good.replace(', language]', ']'),
      'line 11: {{language}} is not among',
    ],
    [
      'a misspelt variable',
      good.replace('{{question}}', '{{qestion}}'),
      'line 30: {{qestion}} is not among',
    ],
    ['no message', good.replace('# Message', '## Message'), 'the heading "# Message" is missing'],
    [
      'a message without the question',
      good.replace('{{question}}', ''),
      'line 24: the message must hold {{question}}',
    ],
  ])('with %s is refused by file and line', (_, text, fault) => {
    expect(told(text)).toContain('prompts/answer.en.md, line ');
    expect(told(text)).toContain(fault);
  });
});

describe('the folder of prompts', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prompts-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it('is shipped with a prompt for each task', async () => {
    const names = (await readPrompts()).map(({ name, language }) => `${name}.${language}`);
    expect(names).toEqual([
      'answer.en',
      'answer.zh',
      'follow-up.en',
      'follow-up.zh',
      'search-words.en',
      'translation.en',
    ]);
  });

  it('names all faults at once', async () => {
    await writeFile(join(folder, 'answer.en.md'), good.replace('version: 1', 'version: one'));
    await writeFile(join(folder, 'b.md'), 'hello');
    await expect(readPrompts(folder)).rejects.toThrow(
      /answer\.en\.md, line 4: version: .*\n.*b\.md, line 1: /,
    );
  });

  it('names the task without a prompt, and the folder that is not there', async () => {
    await writeFile(join(folder, 'answer.en.md'), good);
    await rm(join(folder, 'b.md'));
    await expect(readPrompts(folder)).rejects.toThrow('has no prompt named "follow-up"');
    await expect(readPrompts(join(folder, 'none'))).rejects.toThrow("can't be read");
  });
});
