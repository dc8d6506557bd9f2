import type { Language, WrittenSentence } from '../../types.ts';

/** What was written, each sentence with its citations' numbers: `It began in 2014.[1][2]`. */
export function writtenText(sentences: readonly WrittenSentence[], language: Language): string {
  return sentences
    .map(({ text, citations }) => text + citations.map((n) => `[${n}]`).join(''))
    .join(language === 'en' ? ' ' : '');
}
