import type { Random } from './random.ts';
import { alternativesOf, fieldList, isObject, schema } from './server/schema.ts';
import type { Fields } from './server/schema.ts';

/** Texts that programs stumble over. */
const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\u202e反过来\u202c',
  '\u200b\u200b\u200d',
  '👨‍👩‍👧‍👦🏳️‍🌈',
  'Z̷̡̛̮͔̤a̶l̵g̷o̸',
  '<b>not bold</b> &lt; & "\'`',
  "'; DROP TABLE questions; --",
  '"天琴" OR NEAR(* ^ {col}: -',
  '/start__proto__',
  '/start constructor',
  '/ask@yuanwen_bot',
  '/ask',
  '@yuanwen_bot',
  '/articles 天琴',
  '/language xx',
  '/reindex full',
  '%s %d {0} ${x} $&',
  '𠮷𠮷𠮷野家𪚥',
  'ﬁ ㎏ ｆｕｌｌ ｗｉｄｔｈ　１２３',
  'إسرائيل وفلسطين 😀 שלום',
  '9'.repeat(400),
  '长'.repeat(4096),
  'a\n'.repeat(2000),
  '😀'.repeat(2048),
];

const plainTexts = [
  '天琴计划是什么?',
  'What is it?',
  '谢谢',
  '/start',
  '/help',
  'News',
  '广州',
  'ok',
];
const hugeNumbers = [0, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 52, 9_007_199_254_740_991];

/** How deep optional fields are filled in. */
const DEPTH = 3;

/**
 * A value of an API type: required fields always, optional ones sometimes.
 * @param name - the field the value is for
 */
export function valueOf(type: string, random: Random, name = '', depth = 0): unknown {
  const alternatives = alternativesOf(type);
  const leaves = alternatives.filter((each) => !each.startsWith('Array of ') && each.length > 0);
  const chosen = random.pick(
    depth > DEPTH && leaves.length > 0 ? leaves.slice(0, 1) : alternatives,
  );
  if (chosen.startsWith('Array of ')) {
    const element = chosen.slice('Array of '.length);
    const length = depth > DEPTH ? 1 : 1 + random.below(3);
    return Array.from({ length }, () => valueOf(element, random, name, depth + 1));
  }
  if (chosen.startsWith('"')) return JSON.parse(chosen);
  switch (chosen) {
    case 'Integer':
      return integerOf(name, random);
    case 'Float':
      return random.fraction() * 180 - 90;
    case 'Boolean':
      return random.chance(0.5);
    case 'String':
      return textOf(name, random);
    default:
      return objectOf(chosen, random, depth);
  }
}

function objectOf(type: string, random: Random, depth: number): Fields {
  const fields = schema.types[type];
  if (fields === undefined || typeof fields === 'string') return {};
  const likely = depth === 0 ? 0.5 : 0.3;
  const wanted = fieldList(fields).filter(
    (field) => field.required || (depth < DEPTH && random.chance(likely)),
  );
  return Object.fromEntries(
    wanted.map((field) => [field.name, valueOf(field.type, random, field.name, depth + 1)]),
  );
}

function integerOf(name: string, random: Random): number {
  if (/date|time/u.test(name)) return 1_790_000_000 + random.below(10_000_000);
  if (/^id$|_id$/u.test(name)) return 1_000_000 + random.below(1_000_000_000);
  return random.below(1000);
}

/** Fields with a fixed set of words, which the schema does not know. */
const words: Readonly<Record<string, readonly string[]>> = {
  type: ['private', 'group', 'supergroup', 'channel', 'bold', 'url', 'regular'],
  language_code: ['zh-hans', 'zh-hant', 'zh-TW', 'zh', 'en', 'en-GB', 'ru', 'xx', ''],
  chat_type: ['sender', 'private', 'group', 'supergroup', 'channel'],
};

function textOf(name: string, random: Random): string {
  const choices = words[name];
  if (choices !== undefined) return random.pick(choices);
  if (/^id$|_id$/u.test(name)) return String(1_000_000 + random.below(1_000_000_000));
  return random.chance(0.7) ? random.pick(plainTexts) : random.pick(oddTexts);
}

/** Fields that say where an update comes from: without them it would be another update. */
const kept = new Set([
  'id',
  'message_id',
  'message_thread_id',
  'chat',
  'from',
  'type',
  'is_topic_message',
  'is_bot',
]);

/**
 * Makes something of a value that Telegram's documentation does not promise: odd texts, huge numbers,
 * missing fields, fields that are new.
 */
export function distorted(value: unknown, random: Random, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => distorted(item, random));
  if (isObject(value)) {
    const entries = Object.entries(value)
      .filter(([key]) => kept.has(key) || !random.chance(0.1))
      .map(([key, item]) => [key, distorted(item, random, key)]);
    const isNew = random.chance(0.1);
    return Object.fromEntries(isNew ? [...entries, ['brand_new_field', { x: [1] }]] : entries);
  }
  if (kept.has(name) || !random.chance(0.15)) return value;
  if (typeof value === 'string') return random.pick(oddTexts);
  return typeof value === 'number' ? random.pick(hugeNumbers) : value;
}
