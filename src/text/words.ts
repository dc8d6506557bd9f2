import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let jieba: Jieba | null = null;

/**
 * The words of folded text, Chinese by dictionary; no punctuation, no blanks. The dictionary is
 * loaded at the first call (about 0.15 s).
 */
export function wordsOf(folded: string): string[] {
  return segmenter()
    .cut(folded, true)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Folded text cut into pieces that make it up again, each with its part of speech in ICTCLAS letters. */
export function taggedWordsOf(
  folded: string,
): Array<{ readonly word: string; readonly tag: string }> {
  return segmenter().tag(folded, true);
}

function segmenter(): Jieba {
  jieba ??= Jieba.withDict(dict);
  return jieba;
}
