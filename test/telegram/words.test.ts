import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@fluent/syntax';
import type { Entry } from '@fluent/syntax';
import { expect, test } from 'vitest';
import { LANGUAGES, languageOfTag, loadVocabulary } from '../../src/telegram/words.ts';

const ROOM = fileURLToPath(new URL('../../src/telegram/', import.meta.url));

/** Message ids with the variables that stand in them, of one language. */
function messagesOf(language: string): Map<string, string[]> {
  const folder = join(ROOM, 'locales', language);
  const entries = readdirSync(folder).flatMap(
    (file) => parse(readFileSync(join(folder, file), 'utf8'), {}).body,
  );
  const messages = new Map<string, string[]>();
  for (const entry of entries) {
    expect(entry).not.toMatchObject({ type: 'Junk' });
    if (entry.type !== 'Message') continue;
    const { id } = entry as Entry & { id: { name: string } };
    expect([...messages.keys()]).not.toContain(id.name);
    messages.set(id.name, variablesIn(entry));
  }
  return messages;
}

function variablesIn(entry: unknown): string[] {
  const names = [
    ...JSON.stringify(entry).matchAll(/"VariableReference","id":\{[^}]*"name":"(\w+)"/g),
  ];
  return [...new Set(names.map((match) => match[1] ?? ''))].toSorted();
}

const ids = [...messagesOf('en').keys()];
const source = readdirSync(ROOM, { encoding: 'utf8', recursive: true })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(ROOM, file), 'utf8'))
  .join('\n');

test.each(LANGUAGES)('%s has every message, with the same variables', (language) => {
  const english = messagesOf('en');
  const messages = messagesOf(language);
  expect([...messages.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  expect(Object.fromEntries(messages)).toEqual(Object.fromEntries(english));
});

test('every message that the code asks for is there', () => {
  const asked = [...source.matchAll(/\bwords\(\s*'([\w-]+)'/g)].map((match) => match[1] ?? '');
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
});

test('no message is there that nobody asks for', () => {
  expect(ids.filter((id) => !source.includes(`'${id}'`))).toEqual([]);
});

test('the code hands over the variables that a message has', () => {
  const english = messagesOf('en');
  const calls = source.matchAll(/\bwords\(\s*'([\w-]+)'(?:,\s*\{([^}]*)\})?/g);
  for (const [, id = '', given] of calls) {
    if (given === undefined || given.includes('...')) continue;
    const names = given.split(',').map((part) => part.split(':')[0]!.trim());
    expect([id, names.filter(Boolean).toSorted()]).toEqual([id, english.get(id)]);
  }
});

test('a message without its words is a fault of the program, not a silence', () => {
  const { en } = loadVocabulary();
  expect(() => en('no-such-message')).toThrow(/no-such-message/);
});

test('numbers and plurals read naturally', () => {
  const { en, 'zh-Hans': hans } = loadVocabulary();
  expect(en('file-holds', { name: 'a.zip', count: 1 })).toBe('“a.zip” holds one article:');
  expect(en('file-holds', { name: 'a.zip', count: 12 })).toBe('“a.zip” holds 12 articles:');
  expect(hans('file-holds', { name: 'a.zip', count: 12 })).toBe('“a.zip”里有 12 篇文章：');
});

test.each([
  ['zh-hans', 'zh-Hans'],
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-Hant-HK', 'zh-Hant'],
  ['zh_TW', 'zh-Hant'],
  ['en-GB', 'en'],
  ['de', 'en'],
  [undefined, 'zh-Hans'],
  ['', 'zh-Hans'],
])('a client in %s is spoken to in %s', (tag, language) => {
  expect(languageOfTag(tag)).toBe(language);
});
