import simplifiedPairs from 'opencc-js/dict/STCharacters';
import traditionalPairs from 'opencc-js/dict/TSCharacters';
import type { Language } from '../types.ts';

/** Characters that the other way of writing would replace by a different one. */
function onlyIn(pairs: string): Set<string> {
  const all = pairs.split('|').map((pair) => pair.split(' '));
  const changing = all.filter(([from = '', ...to]) => !to.includes(from));
  return new Set(changing.map(([from = '']) => from));
}

const simplifiedOnly = onlyIn(simplifiedPairs);
const traditionalOnly = onlyIn(traditionalPairs);

const hanCharacter = /\p{Script=Han}/gu;
const otherWord = /(?:(?!\p{Script=Han})\p{L})+/gu;

/**
 * The language in which a question wants its answer.
 * @param usual - taken when the question does not show it: no letters, or Chinese characters that
 *   Simplified and Traditional share.
 */
export function languageOf(question: string, usual: Language = 'zh-Hans'): Language {
  const characters = question.match(hanCharacter) ?? [];
  const words = question.match(otherWord) ?? [];
  if (characters.length < words.length) return 'en';
  if (characters.length === 0) return usual;
  const simplified = characters.filter((character) => simplifiedOnly.has(character)).length;
  const traditional = characters.filter((character) => traditionalOnly.has(character)).length;
  if (traditional !== simplified) return traditional > simplified ? 'zh-Hant' : 'zh-Hans';
  return usual === 'en' ? 'zh-Hans' : usual;
}

const HAN = /\p{Script=Han}/u;

/** One is in Chinese characters and the other is not: they have no words in common. */
export function areInOtherScripts(a: string, b: string): boolean {
  return HAN.test(a) !== HAN.test(b);
}
