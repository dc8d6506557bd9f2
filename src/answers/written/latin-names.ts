import { fold } from '../../text/fold.ts';
import { isOrdinaryWord } from '../../text/english-words.ts';
import { hasChineseFormOf, isExonym } from './exonyms.ts';
import { isReadingOf } from './sounds.ts';

/** Capitalised words that are no names, beside the ordinary ones. */
const noNames = new Set(
  `i i'm i've i'll mr ms mrs dr rmb usd cny km kg ok january february march april may june july august
  september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday
  wednesday thursday friday saturday sunday`.split(/\s+/),
);

/** Words in Latin letters, with figures, hyphens, apostrophes and the points of U.S. within. */
const latinWord = /[\p{Script=Latin}\d](?:[\p{Script=Latin}\d]|['’.-](?=[\p{Script=Latin}\d]))*/gu;

/**
 * The names in Latin letters that a sentence says, folded; neighbouring words are one name. In English
 * these are words with a capital that are no ordinary words, acronyms, and words with figures in them
 * (5G). A name that is an ordinary word too (Apple) can't be told from a capital and is no name here.
 * In a Chinese sentence every word in Latin letters is one.
 */
export function latinNamesOf(sentence: string, isChinese: boolean): string[] {
  const names: string[] = [];
  let end = -1;
  for (const match of sentence.matchAll(latinWord)) {
    const word = folded(match[0]);
    const isNext = end >= 0 && /^[ ·]$/.test(sentence.slice(end, match.index));
    if (!isChinese && isExonym(`${names.at(-1) ?? ''} ${word}`) && isNext) {
      names.push(`${names.pop() ?? ''} ${word}`);
    } else if (isName(match[0], word, isChinese)) {
      names.push(isNext ? `${names.pop() ?? ''} ${word}` : word);
    } else {
      end = -1;
      continue;
    }
    end = match.index + match[0].length;
  }
  return names;
}

function folded(word: string): string {
  return fold(word).replaceAll('.', '').replace(/'s$/, '');
}

function isName(original: string, word: string, isChinese: boolean): boolean {
  if (!/[a-z]/.test(word) || noNames.has(word) || /^\d+(?:st|nd|rd|th|s|km|kg|m)$/.test(word)) {
    return false;
  }
  if (isChinese) return word.length > 1;
  const isAcronym = /^[\p{Lu}\d.-]{2,}$/u.test(original);
  const isCapitalised = /\p{Lu}/u.test(original);
  const hasFigure = /\d/.test(word);
  return isAcronym || hasFigure || (isCapitalised && !isOrdinaryWord(word));
}

/**
 * Whether the evidence has the name: the same words, or Chinese characters that are read like it, or
 * its Chinese form by tradition.
 * @param words - the folded words of the evidence in Latin letters
 * @param text - the folded evidence
 */
export function hasLatinName(name: string, words: ReadonlySet<string>, text: string): boolean {
  const parts = name.split(' ');
  if (parts.every((part) => words.has(part)) || hasChineseFormOf(name, text)) return true;
  const [first = '', ...others] = parts;
  const orders = [parts, [...others, first], [parts.at(-1) ?? '', ...parts.slice(0, -1)]];
  if (orders.some((order) => isReadingOf(letters(order.join('')), text, 1))) return true;
  return (
    parts.length > 1 &&
    parts.every(
      (part) =>
        words.has(part) || hasChineseFormOf(part, text) || isReadingOf(letters(part), text, 2),
    )
  );
}

function letters(name: string): string {
  return name.replaceAll(/[^a-z]/g, '');
}

/** The folded words of a folded text that are written in Latin letters. */
export function latinWordsOf(text: string): Set<string> {
  return new Set(
    (text.match(latinWord) ?? []).flatMap((word) => [folded(word), ...word.split('-')]),
  );
}
