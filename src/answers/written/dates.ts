import { CHINESE_DIGITS, numeralValue } from './numerals.ts';
import type { Quantity } from './quantities.ts';

/** A date as far as the text gives it. */
export interface PartialDate {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  /** As it stands in the text. */
  readonly text: string;
}

const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const monthName = `(?:${months.map((name) => (name.length > 4 ? `${name}|${name.slice(0, 3)}\\.?` : name)).join('|')}|sept\\.?)`;
const number = `(?:\\d{1,2}|[${CHINESE_DIGITS}十]{1,3})`;
const yearNumber = `(?:\\d{4}|[${CHINESE_DIGITS}]{4})`;
const dayNumber = '\\d{1,2}(?:st|nd|rd|th)?';

const patterns = [
  `(?<year>${yearNumber}) ?年 ?(?<month>${number}) ?月(?:份| ?(?<day>${number}) ?[日号])?`,
  `(?<month>${number}) ?月 ?(?<day>${number}) ?[日号]`,
  `(?<![个\\d${CHINESE_DIGITS}十])(?<month>${number}) ?月(?!球|亮|光|薪|均|租)`,
  `(?<!\\d)(?<year>(?:19|20)\\d\\d)[-/.](?<month>\\d{1,2})(?:[-/.](?<day>\\d{1,2}))?(?!\\d)`,
  `\\b(?<name>${monthName}) (?<day>${dayNumber})(?!\\d|,\\d| ?(?:people|percent|%))(?:,? (?<year>\\d{4})\\b)?`,
  `\\b(?<day>${dayNumber}) (?:of )?(?<name>${monthName})\\b(?:,? (?<year>\\d{4})\\b)?`,
  `\\b(?<name>${monthName}),? (?<year>\\d{4})\\b`,
  `(?<=\\b(?:in|of|since|by|until|before|after|from|to|last|next|this) )(?<name>${monthName})(?![a-z])`,
  `\\b(?<name>${months.filter((name) => !['may', 'march'].includes(name)).join('|')})\\b`,
].map((source) => new RegExp(source, 'g'));

/** A further day of the same month: the 22日 of 8月20日至22日. */
const furtherDay = new RegExp(`^(?:至|到|-|~|和|、|,| to | and )(?<day>${number}) ?[日号]`);

/**
 * The dates of a folded text that name at least a month, and the text with them blanked out, so
 * that their figures are not read as numbers again.
 */
export function datesOf(folded: string): { dates: PartialDate[]; rest: string } {
  const dates: PartialDate[] = [];
  let rest = folded;
  for (const pattern of patterns) {
    for (const match of rest.matchAll(pattern)) {
      const [text] = match;
      const date = dateOf(text, match.groups ?? {});
      if (date === null) continue;
      const end = match.index + text.length;
      dates.push(date, ...furtherDays(date, folded.slice(end)));
      rest = rest.slice(0, match.index) + ' '.repeat(text.length) + rest.slice(end);
    }
  }
  return { dates, rest };
}

function dateOf(text: string, groups: Record<string, string | undefined>): PartialDate | null {
  const month = groups['name'] === undefined ? valueOf(groups['month']) : monthOf(groups['name']);
  const year = valueOf(groups['year']);
  const day = valueOf(groups['day']);
  if (month === undefined || month < 1 || month > 12) return null;
  if (day !== undefined && (day < 1 || day > 31)) return null;
  return {
    month,
    ...(year === undefined ? {} : { year }),
    ...(day === undefined ? {} : { day }),
    text,
  };
}

function valueOf(numeral: string | undefined): number | undefined {
  return numeral === undefined
    ? undefined
    : (numeralValue(numeral.replace(/(?:st|nd|rd|th)$/, '')) ?? undefined);
}

function monthOf(name: string): number {
  return months.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1;
}

function furtherDays(date: PartialDate, after: string): PartialDate[] {
  const { day } = furtherDay.exec(after)?.groups ?? {};
  const value = valueOf(day);
  return date.day === undefined || value === undefined ? [] : [{ ...date, day: value }];
}

/** The parts of dates as numbers, which a sentence may name alone: 在20日, in 2020. */
export function dateParts(dates: readonly PartialDate[]): Quantity[] {
  return dates.flatMap(({ text, ...parts }) =>
    Object.entries(parts).map(([unit, value]) => ({ value, unit, text })),
  );
}

/** Whether one of the dates says all that `claim` says; its year may also stand elsewhere in them. */
export function isDateAmong(claim: PartialDate, dates: readonly PartialDate[]): boolean {
  const yearStands = claim.year === undefined || dates.some(({ year }) => year === claim.year);
  return (
    yearStands &&
    dates.some(
      (date) =>
        date.month === claim.month &&
        (claim.day === undefined || date.day === claim.day) &&
        (claim.year === undefined || date.year === undefined || date.year === claim.year),
    )
  );
}
