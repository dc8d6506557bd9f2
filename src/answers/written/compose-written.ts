import type { Answer, Citation, Language, Translation, Written } from '../../types.ts';
import { quotedWithSource } from '../compose.ts';
import { citedArticle } from '../quote.ts';
import type { Quote } from '../quote.ts';
import { writtenText } from './written-text.ts';
import type { ProvenReply } from './prove-reply.ts';

export interface Writing {
  readonly model: string;
  readonly reply: ProvenReply;
  /** Of a paragraph, 0…1. */
  readonly scoreOf: (quote: Quote) => number;
}

/**
 * The quoting answer with what a language model wrote in its place: its citations are the quotes that
 * the sentences stand on.
 */
export function composeWritten(quoting: Answer, { model, reply, scoreOf }: Writing): Answer {
  const citations = reply.quotes.map((quote, index) =>
    citationOf(quote, index + 1, scoreOf(quote)),
  );
  const written: Written = {
    model,
    sentences: reply.kept,
    dropped: reply.dropped.length,
    translations: [],
  };
  return withText({ ...quoting, answered: true, citations, nearest: [], written });
}

/** The answer with translations of its citations. */
export function withTranslations(answer: Answer, translations: readonly Translation[]): Answer {
  const { written } = answer;
  return written === undefined
    ? answer
    : withText({ ...answer, written: { ...written, translations } });
}

function withText(answer: Answer): Answer {
  const { written, citations, language } = answer;
  if (written === undefined) return answer;
  const cited = citations.map((citation) => {
    const [quoted = '', source = ''] = quotedWithSource(citation, language);
    const translation = written.translations.find(({ n }) => n === citation.n);
    const lines = [`[${citation.n}] ${quoted}`, source];
    if (translation !== undefined) lines.push(labelled(translation, written.model, language));
    return lines.join('\n');
  });
  const text = `${writtenText(written.sentences, language)}\n${writtenBy[language](written.model)}`;
  return { ...answer, answer: [text, ...cited].join('\n\n') };
}

const writtenBy: Readonly<Record<Language, (model: string) => string>> = {
  'zh-Hans': (model) => `（由 ${model} 撰写；下面是文章原文）`,
  'zh-Hant': (model) => `（由 ${model} 撰寫；下面是文章原文）`,
  en: (model) => `(Written by ${model}; below are the articles’ own words.)`,
};

const labels: Readonly<Record<Language, (model: string, text: string) => string>> = {
  'zh-Hans': (model, text) => `（${model} 的译文，非原文：${text}）`,
  'zh-Hant': (model, text) => `（${model} 的譯文，非原文：${text}）`,
  en: (model, text) => `(Translated by ${model}, not the article’s words: ${text})`,
};

function labelled({ text }: Translation, model: string, language: Language): string {
  return labels[language](model, text);
}

function citationOf(quote: Quote, n: number, score: number): Citation {
  const { paragraph } = quote;
  return {
    n,
    quote: quote.quote,
    spans: quote.spans,
    paragraph: paragraph.text,
    paragraphSpans: paragraph.spans,
    paragraphNumber: paragraph.number,
    article: citedArticle(paragraph),
    score,
  };
}
