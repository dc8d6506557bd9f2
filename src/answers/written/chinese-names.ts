import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { hasEnglishFormOf } from './exonyms.ts';
import { isReadIn } from './sounds.ts';

/** What jieba calls persons, places, organisations and other names. */
const nameTag = /^(?:nr|ns|nt|nz)/;
/** Words of no dictionary that jieba put together from the characters' habits: most are names. */
const unknownTag = 'x';

let jieba: Jieba | undefined;

/** The names in a folded Chinese sentence. */
export function chineseNamesOf(sentence: string): string[] {
  jieba ??= Jieba.withDict(dict);
  return jieba
    .tag(sentence, true)
    .filter(({ word, tag }) => /^[\p{Script=Han}·]{2,}$/u.test(word) && isNameTag(tag))
    .map(({ word }) => word);
}

function isNameTag(tag: string): boolean {
  return nameTag.test(tag) || tag === unknownTag;
}

/**
 * Whether the evidence has the name, also without 市 or 省 behind it, or in Latin letters that are its
 * reading, or in English by tradition.
 */
export function hasChineseName(name: string, text: string, words: ReadonlySet<string>): boolean {
  const short = name.length > 2 ? name.replace(/[市省县区州]$/, '') : name;
  if (text.includes(short)) return true;
  if (name === '中国' && /我国|国内|全国/.test(text)) return true;
  return hasEnglishFormOf(name, words) || isReadIn(name, text.replaceAll(/[^a-z]/g, ''));
}
