import { taggedWordsOf } from '../../text/words.ts';
import { hasEnglishFormOf } from './exonyms.ts';
import ordinaryChinese from './ordinary-chinese.json' with { type: 'json' };
import { isReadIn } from './sounds.ts';

/** Persons, places, organisations and other names, as jieba's dictionary has them. */
const nameTag = /^(?:nr|ns|nt|nz)/;
/** What that dictionary takes for names and another one for ordinary words: 城市, 文明. */
const ordinary = new Set(ordinaryChinese.words.split(' '));
/** A word of no dictionary; most are names, unless they hold what hardly any name does: 这是, 多人, 日晚. */
const unknownTag = 'x';
const inNoName =
  /[这那是有为会将还更很最不没未已曾被把从向与及或但如若因之其各每另某多少几两低较仅只才都也就又再时日月年秒点人个位们称说指要需让据按来去起到至内外前后们以]/u;

/** The names in a folded Chinese sentence. A surname that stands alone goes with the word behind it. */
export function chineseNamesOf(sentence: string): string[] {
  const words = taggedWordsOf(sentence);
  return words.flatMap(({ word, tag }, index) => {
    if (!isHan(word)) return [];
    if (word.length > 1) return isName(word, tag) ? [word] : [];
    const next = words[index + 1]?.word ?? '';
    return tag.startsWith('nr') && isHan(next) && next.length <= 2 ? [word + next] : [];
  });
}

function isName(word: string, tag: string): boolean {
  return tag === unknownTag ? !inNoName.test(word) : nameTag.test(tag) && !ordinary.has(word);
}

function isHan(word: string): boolean {
  return /^[\p{Script=Han}·]+$/u.test(word);
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
