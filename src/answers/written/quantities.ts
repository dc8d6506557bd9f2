import {
  CHINESE_DIGITS,
  CHINESE_UNITS,
  ENGLISH_MULTIPLIER,
  ENGLISH_WORD,
  englishValue,
  numeralValue,
} from './numerals.ts';
import { isCounted, unitBefore } from './units.ts';

/** A number with what it counts, as far as that is known: 三百公里 is `{ value: 300, unit: 'km' }`. */
export interface Quantity {
  readonly value: number;
  /** Null for counters (个, 家) and what no table knows; `ordinal` for 第三 and third, `nth` for 3rd. */
  readonly unit: string | null;
  /** As it stands in the text. */
  readonly text: string;
}

const figures = String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?`;
const chineseRun = `[${CHINESE_DIGITS}${CHINESE_UNITS}]+(?:点[${CHINESE_DIGITS}]+[${CHINESE_UNITS}]*)?`;
const mixedRun = `${figures}(?:[${CHINESE_UNITS}]+(?:${figures}[${CHINESE_UNITS}]+)*)?`;
const englishRun = `(?:${figures} ?)?(?:(?:${ENGLISH_WORD}|${ENGLISH_MULTIPLIER}s?)(?![a-z])(?:(?<=hundred|thousand|illion) and (?=${ENGLISH_WORD})|[ -])?)+`;
const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const dayNames = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');

/** Alternatives in the order in which they are tried; a figure within a name (5g, covid-19) is a name's part. */
const pattern = new RegExp(
  [
    String.raw`(?<name>[a-z]+-?\d[\w-]*|\d+[a-z]+(?<!st|nd|rd|th|km|kg|cm|mm|ha|am|pm|s)\b)`,
    `百分之(?<percent>${mixedRun}|${chineseRun})`,
    `(?<below>${mixedRun}|${chineseRun})分之(?<above>${mixedRun}|${chineseRun})`,
    String.raw`(?<figureOrdinal>\d+)(?:st|nd|rd|th)\b`,
    String.raw`\b(?<wordOrdinal>${ordinals.join('|')})\b(?!,)`,
    `(?<chineseOrdinal>[第首])(?<place>${mixedRun}|${chineseRun})?`,
    `(?:星期|周|礼拜)(?<weekday>[一二三四五六日天])(?!年|期)`,
    String.raw`\b(?<dayName>${dayNames.join('|')})s?\b`,
    `(?<tenths>[二三四五六七八九])成(?![立员本为功果都长分绩就交])`,
    String.raw`\b(?<english>${englishRun})`,
    `(?<mixed>${mixedRun})`,
    `(?<chinese>${chineseRun})`,
  ].join('|'),
  'g',
);

/** The numbers of a folded text in which dates have been blanked out. */
export function quantitiesOf(folded: string): Quantity[] {
  return [...folded.matchAll(pattern)].flatMap((match) => {
    const quantity = quantityOf(match, folded.slice(match.index + match[0].length));
    return quantity === null ? [] : [{ ...quantity, text: match[0].trim() }];
  });
}

function quantityOf(match: RegExpMatchArray, after: string): Omit<Quantity, 'text'> | null {
  const { groups = {} } = match;
  const is = (name: string) => groups[name] !== undefined;
  if (is('name')) return null;
  if (is('percent')) return counted(valueOf(groups['percent']), 'percent');
  if (is('above')) return counted(fraction(groups['above'], groups['below']), null);
  if (is('figureOrdinal')) return counted(Number(groups['figureOrdinal']), 'nth');
  if (is('wordOrdinal')) {
    return counted(ordinals.indexOf(groups['wordOrdinal'] ?? '') + 1, 'ordinal');
  }
  if (is('chineseOrdinal')) return chineseOrdinal(groups);
  if (is('weekday')) return counted('一二三四五六日'.indexOf(weekday(groups)) + 1, 'weekday');
  if (is('dayName')) return counted(dayNames.indexOf(groups['dayName'] ?? '') + 1, 'weekday');
  if (is('tenths')) return counted(10 * (valueOf(groups['tenths']) ?? Number.NaN), 'percent');
  if (is('english')) return english(groups['english'] ?? '', currency(match), after);
  if (is('mixed')) return counted(valueOf(groups['mixed']), currency(match) ?? unitBefore(after));
  return chinese(groups['chinese'] ?? '', after);
}

function counted(value: number | null, unit: string | null): Omit<Quantity, 'text'> | null {
  return value === null || Number.isNaN(value) ? null : { value, unit };
}

function valueOf(numeral: string | undefined): number | null {
  return numeral === undefined ? null : numeralValue(numeral.replaceAll(',', ''));
}

function fraction(above: string | undefined, below: string | undefined): number | null {
  const [numerator, denominator] = [valueOf(above), valueOf(below)];
  return numerator === null || !denominator ? null : numerator / denominator;
}

function chineseOrdinal(groups: Record<string, string>): Omit<Quantity, 'text'> | null {
  if (groups['chineseOrdinal'] === '首') return counted(1, 'ordinal');
  return counted(valueOf(groups['place']), 'ordinal');
}

function weekday(groups: Record<string, string>): string {
  return groups['weekday'] === '天' ? '日' : (groups['weekday'] ?? '');
}

/** `one` and `zero` alone are hardly numbers (one of them, zero-waste); they count only before a unit: one year. */
function english(text: string, money: string | null, after: string): Omit<Quantity, 'text'> | null {
  const numeral = text.trim();
  const unit = money ?? unitBefore(after.trimStart());
  return /^(?:one|zero)-?$/.test(numeral) && unit === null
    ? null
    : counted(englishValue(numeral), unit);
}

/** A single figure counts only before what it can count (三家, not 三农); 一 and 个 say no more than `a`. */
function chinese(numeral: string, after: string): Omit<Quantity, 'text'> | null {
  if (numeral.length === 1 && !isCounted(after)) return null;
  const unit = unitBefore(after);
  if (numeral === '一' && !/^(?:[年月天日人倍]|个月|小时|公里|%)/.test(after)) return null;
  return counted(valueOf(numeral), unit);
}

const currencies = new Map([
  ['$', 'dollar'],
  ['¥', 'yuan'],
  ['€', 'euro'],
]);

function currency(match: RegExpMatchArray): string | null {
  return currencies.get(match.input?.charAt((match.index ?? 0) - 1) ?? '') ?? null;
}
