import { taggedWordsOf } from '../../text/words.ts';
import { hasEnglishFormOf } from './exonyms.ts';
import { isReadIn } from './sounds.ts';

/** Persons, places, organisations, other names, and words of no dictionary (x), most of which are names. */
const nameTag = /^(?:nr|ns|nt|nz|x$)/;

/** The names in a folded Chinese sentence. */
export function chineseNamesOf(sentence: string): string[] {
  return taggedWordsOf(sentence)
    .filter(({ word, tag }) => nameTag.test(tag) && /^[\p{Script=Han}·]{2,}$/u.test(word))
    .map(({ word }) => word);
}

/**
 * Whether the evidence has the name, also without 市 or 省 behind it, or in Latin letters that are its
 * reading, or in English by tradition.
 * @param text - the folded evidence
 * @param words - its folded words in Latin letters
 */
export function hasChineseName(name: string, text: string, words: ReadonlySet<string>): boolean {
  const short = name.length > 2 ? name.replace(/[市省县区州]$/, '') : name;
  if (text.includes(short)) return true;
  if (name === '中国' && /我国|国内|全国/.test(text)) return true;
  return hasEnglishFormOf(name, words) || isReadIn(name, text.replaceAll(/[^a-z]/g, ''));
}
