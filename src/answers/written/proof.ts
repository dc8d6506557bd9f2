import { fold } from '../../text/fold.ts';
import { contentOf } from '../../text/question-words.ts';
import { foldedTokens } from '../../text/tokens.ts';
import type { Language } from '../../types.ts';
import { chineseNamesOf, hasChineseName } from './chinese-names.ts';
import { isChineseText } from './script.ts';
import { datesOf, dateParts, isDateAmong } from './dates.ts';
import { hasLatinName, latinNamesOf, latinWordsOf } from './latin-names.ts';
import { oppositeIn } from './opposites.ts';
import { quantitiesOf } from './quantities.ts';
import type { Quantity } from './quantities.ts';

/** What a written sentence is held against. */
export interface Evidence {
  /** The quotes that it names, as they stand in the articles. */
  readonly quotes: readonly string[];
  /** What a reader sees around the quotes: paragraphs, titles, sources. They prove names, not numbers. */
  readonly surroundings: readonly string[];
  /** The articles' dates, as far as known: they prove the year of a date. */
  readonly dates: readonly string[];
  readonly question: string;
  /** The language of the reply. */
  readonly language: Language;
}

/** What a translation is held against. */
interface TranslatedQuote {
  readonly quote: string;
  /** They prove names. */
  readonly surroundings: readonly string[];
  /** Of the translation. */
  readonly language: Language;
}

export type FaultReason =
  | 'language'
  | 'link'
  | 'markup'
  | 'date'
  | 'number'
  | 'quotation'
  | 'name'
  | 'opposite'
  | 'unrelated';

/** Why a sentence is not shown. */
export interface Fault {
  readonly reason: FaultReason;
  /** The words that are not proven. */
  readonly detail: string;
}

/**
 * Where a sentence and its quotes are of one language: how many of its words, counted as the index
 * counts them, must be the quotes', and how many must stand in the quotes, around them or in the question.
 */
const LEAST_QUOTED = 0.3;
const LEAST_KNOWN = 0.5;

const link =
  /[a-z]+:\/\/\S*|www\.\S*|@\w{3,}|[\w-]+\.(?:com|cn|org|net|io|me|info|xyz|top|ru|app|dev|co)\b\S*/i;
const markup = /[<>{}`\\]|\]\(|\*\*|\bP\d+\.?S\d+\b|[\p{Cc}\p{Co}\p{Cs}\ufffd]/iu;

/**
 * What in a sentence of a language model its quotes don't prove; null when nothing was found.
 *
 * Numbers (by value and unit) and dates must stand in the quotes, in whatever language; names and what
 * stands in quotation marks must stand in the quotes, their paragraphs or titles. Where the sentence and
 * its quotes are of one language, most of its words must also be known. Across languages Chinese names
 * in Latin letters are compared by their sound, and what the question names is allowed: nothing else
 * could show that Hamlet is 哈姆雷特. A denial or an opposite (减少 for 增加) that the quotes don't have is
 * found by its words; whether the sentence else says the same as its quotes can't be told here: that is
 * why the quotes stand beside it.
 */
export function faultIn(sentence: string, evidence: Evidence): Fault | null {
  const isChinese = isChineseText(sentence);
  if (isChinese !== (evidence.language !== 'en')) return { reason: 'language', detail: sentence };
  const unsafe = unsafePart(sentence);
  if (unsafe !== null) return unsafe;

  const quotes = fold(evidence.quotes.join('\n'));
  const folded = fold(sentence);
  const isOneLanguage = isChinese === isChineseText(quotes);
  const proving = [...evidence.quotes, ...evidence.surroundings];
  const names = fold((isOneLanguage ? proving : [...proving, evidence.question]).join('\n'));
  return (
    unprovenNumber(folded, quotes, evidence.dates) ??
    unprovenQuotation(folded, names) ??
    unprovenName(sentence, isChinese, names) ??
    opposed(folded, quotes) ??
    (isOneLanguage
      ? unrelated(folded, quotes, fold([...proving, evidence.question].join('\n')))
      : null)
  );
}

/**
 * What in a translation of a quote is not the quote's: its numbers, dates, names and denials are checked,
 * its other words can't be.
 */
export function translationFault(
  text: string,
  { quote, surroundings, language }: TranslatedQuote,
): Fault | null {
  const isTranslated = isChineseText(text) === (language !== 'en');
  if (!isTranslated) return { reason: 'language', detail: text };
  return (
    unsafePart(text) ??
    unprovenNumber(fold(text), fold(quote), []) ??
    unprovenName(text, language !== 'en', fold([quote, ...surroundings].join('\n'))) ??
    opposed(fold(text), fold(quote))
  );
}

/** What in a rewritten question was not said before. */
export function questionFault(question: string, said: readonly string[]): Fault | null {
  const known = fold(said.join('\n'));
  return (
    unsafePart(question) ??
    unprovenNumber(fold(question), known, []) ??
    unprovenName(question, isChineseText(question), known)
  );
}

function unsafePart(sentence: string): Fault | null {
  const [address] = link.exec(sentence) ?? [];
  if (address !== undefined) return { reason: 'link', detail: address };
  const [mark] = markup.exec(sentence) ?? [];
  return mark === undefined ? null : { reason: 'markup', detail: mark };
}

function unprovenNumber(
  sentence: string,
  quotes: string,
  articleDates: readonly string[],
): Fault | null {
  const claims = datesOf(sentence);
  const given = datesOf(quotes);
  const published = datesOf(articleDates.join('\n')).dates;
  const years = published.map(({ year, text }) => (year === undefined ? { text } : { year, text }));
  const date = claims.dates.find((claim) => !isDateAmong(claim, [...given.dates, ...years]));
  if (date !== undefined) return { reason: 'date', detail: date.text };

  const numbers = [...quantitiesOf(given.rest), ...dateParts(given.dates)];
  const number = quantitiesOf(claims.rest).find((claim) => !isAmong(claim, numbers));
  return number === undefined ? null : { reason: 'number', detail: number.text };
}

function isAmong(claim: Quantity, numbers: readonly Quantity[]): boolean {
  return numbers.some(
    ({ value, unit }) =>
      value === claim.value &&
      (unit === null || claim.unit === null || isSameUnit(unit, claim.unit)),
  );
}

/** 3rd may be the third, or the third of a month. */
function isSameUnit(one: string, other: string): boolean {
  const units = new Set([one, other]);
  return units.size === 1 || (units.has('nth') && (units.has('day') || units.has('ordinal')));
}

function unprovenQuotation(sentence: string, names: string): Fault | null {
  const text = squeezed(names);
  for (const [, quoted, title] of sentence.matchAll(/"([^"]+)"|《([^》]+)》/g)) {
    const said = quoted ?? title ?? '';
    if (!text.includes(squeezed(said))) return { reason: 'quotation', detail: said };
  }
  return null;
}

/** Letters and figures only: a quotation may end with another mark than the text it is from. */
function squeezed(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function unprovenName(sentence: string, isChinese: boolean, names: string): Fault | null {
  const words = latinWordsOf(names);
  const latin = latinNamesOf(sentence, isChinese).find((name) => !hasLatinName(name, words, names));
  if (latin !== undefined) return { reason: 'name', detail: latin };
  const chinese = isChinese
    ? chineseNamesOf(fold(sentence)).find((name) => !hasChineseName(name, names, words))
    : fold(sentence)
        .match(/\p{Script=Han}+/gu)
        ?.find((name) => !names.includes(name));
  return chinese === undefined ? null : { reason: 'name', detail: chinese };
}

function opposed(sentence: string, quotes: string): Fault | null {
  const word = oppositeIn(sentence, quotes);
  return word === null ? null : { reason: 'opposite', detail: word };
}

/** Too few of the sentence's words, numbers aside, are its quotes', or stand anywhere around them. */
function unrelated(sentence: string, quotes: string, around: string): Fault | null {
  const { rest } = datesOf(sentence);
  const words = quantitiesOf(rest).reduce((text, number) => text.replace(number.text, ' '), rest);
  const own = foldedTokens(contentOf(words));
  const isSaid = (text: string, least: number) => {
    const said = new Set(foldedTokens(text));
    return own.filter((token) => said.has(token)).length >= own.length * least;
  };
  return isSaid(quotes, LEAST_QUOTED) && isSaid(around, LEAST_KNOWN)
    ? null
    : { reason: 'unrelated', detail: sentence };
}
