/** The reply a person reads, in the language of the question. Words of our own stand only around a quote. */
import type { Citation, Language } from '../types.ts';
import { shownText } from './shown.ts';

/** Why there is no answer. */
export type Silence =
  | 'nothing-asked'
  | 'no-question'
  | 'too-long'
  | 'empty-library'
  | 'not-in-articles';

interface Phrases {
  readonly silence: Readonly<Record<Silence, string>>;
  readonly source: (citation: Citation) => string;
  readonly more: (count: number) => string;
  readonly nearest: string;
  readonly quoted: (quote: string) => string;
}

const PHRASES: Readonly<Record<Language, Phrases>> = {
  'zh-Hans': {
    silence: {
      'nothing-asked': '请输入一个问题，我会用文章里的原话回答。',
      'no-question': '你好！请就文章的内容提问，我会引用原文来回答，例如：“……是什么时候举行的？”',
      'too-long': '这个问题太长了，请缩短到几句话以内再问。',
      'empty-library': '文章库还是空的：请先放入文章并建立索引，然后再提问。',
      'not-in-articles': '文章里没有回答这个问题的内容。',
    },
    source: ({ article, paragraphNumber }) =>
      `——《${article.title}》第${paragraphNumber}段${details(article, '，', '（', '）')}`,
    more: (count) => `另有${count}处相关原文。`,
    nearest: '最接近的段落：',
    quoted: (quote) => `「${quote}」`,
  },
  'zh-Hant': {
    silence: {
      'nothing-asked': '請輸入一個問題，我會用文章裡的原話回答。',
      'no-question': '你好！請就文章的內容提問，我會引用原文來回答，例如：「……是什麼時候舉行的？」',
      'too-long': '這個問題太長了，請縮短到幾句話以內再問。',
      'empty-library': '文章庫還是空的：請先放入文章並建立索引，然後再提問。',
      'not-in-articles': '文章裡沒有回答這個問題的內容。',
    },
    source: ({ article, paragraphNumber }) =>
      `——《${article.title}》第${paragraphNumber}段${details(article, '，', '（', '）')}`,
    more: (count) => `另有${count}處相關原文。`,
    nearest: '最接近的段落：',
    quoted: (quote) => `「${quote}」`,
  },
  en: {
    silence: {
      'nothing-asked': 'Please type a question; I answer in the articles’ own words.',
      'no-question':
        'Hello! Ask me about the articles and I will answer with their own words, for example: “When was … held?”',
      'too-long': 'This question is too long. Please put it in a few sentences.',
      'empty-library': 'The library is still empty: add articles and index them, then ask again.',
      'not-in-articles': 'The articles do not answer this question.',
    },
    source: ({ article, paragraphNumber }) =>
      `— “${article.title}”, paragraph ${paragraphNumber}${details(article, ', ', ' (', ')')}`,
    more: (count) =>
      count === 1 ? 'One more passage bears on it.' : `${count} more passages bear on it.`,
    nearest: 'The closest passages:',
    quoted: (quote) => `“${quote}”`,
  },
};

/** The best quote with where it stands, and how many more there are. */
export function composeAnswer(citations: readonly Citation[], language: Language): string {
  const [best] = citations;
  if (best === undefined) return composeSilence('not-in-articles', [], language);
  const { more } = PHRASES[language];
  const lines = quotedWithSource(best, language);
  if (citations.length > 1) lines.push(more(citations.length - 1));
  return lines.join('\n');
}

/** A quote, and under it where it stands. */
export function quotedWithSource(citation: Citation, language: Language): string[] {
  const { quoted, source } = PHRASES[language];
  return [quoted(shownText(citation.quote)), source(citation)];
}

/** Says honestly that there is no answer and why, and names the closest passages. */
export function composeSilence(
  silence: Silence,
  nearest: readonly Citation[],
  language: Language,
): string {
  const phrases = PHRASES[language];
  const lines = [phrases.silence[silence]];
  if (nearest.length > 0) lines.push(phrases.nearest, ...nearest.map(phrases.source));
  return lines.join('\n');
}

function details(
  { source, date }: Citation['article'],
  between: string,
  open: string,
  close: string,
): string {
  const known = [source, date].filter((part) => part !== null);
  return known.length === 0 ? '' : `${open}${known.join(between)}${close}`;
}
