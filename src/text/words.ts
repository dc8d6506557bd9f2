import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { WordList } from './word-list.ts';

let jieba: Jieba | null = null;

/**
 * The words of folded text, Chinese by dictionary; no punctuation, no blanks. The dictionary is
 * loaded at the first call (about 0.15 s).
 */
export function wordsOf(folded: string): string[] {
  return piecesOf(folded).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Folded text cut into pieces that make it up again, blanks and punctuation too. */
export function piecesOf(folded: string): string[] {
  return segmenter().cut(folded, true);
}

/** `piecesOf`, each with its part of speech. */
export function taggedWordsOf(
  folded: string,
): Array<{ readonly word: string; readonly tag: string }> {
  return piecesOf(folded).map((word) => ({ word, tag: tagOf(word) }));
}

let partsOfSpeech: WordList | null = null;

/**
 * A word's part of speech in ICTCLAS letters, as jieba gives it: `x` for a word of no dictionary. Looked
 * up here, because jieba hands over a word with its tag in three times the time it takes for a word.
 */
export function tagOf(word: string): string {
  partsOfSpeech ??= new WordList(dict);
  // 没有 145023 v: the word, how often it occurs, its part of speech.
  const known = partsOfSpeech.get(word)?.split(' ')[1];
  if (known !== undefined) return known;
  if (/^[^a-z\d]*$/i.test(word)) return 'x';
  return /[a-z]/i.test(word) ? 'eng' : 'm';
}

function segmenter(): Jieba {
  jieba ??= Jieba.withDict(dict);
  return jieba;
}
