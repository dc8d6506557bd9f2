/**
 * Dates in a question: 上周, 8月份, 2019年, 最新, last week. A question's dates prefer passages; they
 * never drop one, because many articles do not say when they were written.
 */
import { fold } from '../text/fold.ts';

/** Days that a question asks about. */
export interface DateWish {
  /** `YYYY-MM-DD`, both ends included; null when the question leaves the year open (8月份). */
  readonly range: readonly [from: string, to: string] | null;
  /** 1…12 when only a month is named. */
  readonly month: number | null;
  /** Counted from today (上周): then it is about when the article was published. */
  readonly relative: boolean;
  /** Asks for what is newest. */
  readonly latest: boolean;
}

const DAY = 86_400_000;

const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** What a question says about time; null when it says nothing. Days are those of UTC. */
export function datesOf(question: string, today: Date): DateWish | null {
  const text = fold(question);
  const relative = relativeRange(text, today);
  if (relative !== null) return { range: relative, month: null, relative: true, latest: false };
  const absolute = absoluteRange(text);
  if (absolute !== null) return { range: absolute, month: null, relative: false, latest: false };
  const month = monthOf(text);
  if (month !== null) return { range: null, month, relative: false, latest: false };
  if (/最新|最近|近日|近期|\b(?:latest|newest|most recent|recently)\b/.test(text)) {
    return { range: null, month: null, relative: true, latest: true };
  }
  return null;
}

type Range = readonly [from: string, to: string];

/** Each phrase with the first and last day it means. Weeks begin on Monday. */
const RELATIVE: ReadonlyArray<readonly [RegExp, (today: Calendar) => Range]> = [
  [/前天|day before yesterday/, (t) => t.days(-2, -2)],
  [/昨[天日晚]|\byesterday\b/, (t) => t.days(-1, -1)],
  [/今[天日晚早]|\btoday\b/, (t) => t.days(0, 0)],
  [/上个?(?:周|星期|礼拜)|\blast week\b/, (t) => t.days(-7 - t.weekday, -1 - t.weekday)],
  [/[本这]个?(?:周|星期|礼拜)|\bthis week\b/, (t) => t.days(-t.weekday, 6 - t.weekday)],
  [/上个?月|\blast month\b/, (t) => t.months(-1)],
  [/本月|这个月|\bthis month\b/, (t) => t.months(0)],
  [/前年/, (t) => t.years(-2)],
  [/去年|\blast year\b/, (t) => t.years(-1)],
  [/今年|\bthis year\b/, (t) => t.years(0)],
];

function relativeRange(text: string, today: Date): Range | null {
  const found = RELATIVE.find(([phrase]) => phrase.test(text));
  return found === undefined ? null : found[1](new Calendar(today));
}

function absoluteRange(text: string): Range | null {
  const match =
    /(?<!\d)((?:19|20)\d\d)(?:年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?|-(\d{1,2})-(\d{1,2}))/.exec(
      text,
    );
  const bare = /\b(?:in|of|since|during) ((?:19|20)\d\d)\b/.exec(text);
  if (match === null)
    return bare?.[1] === undefined ? null : [`${bare[1]}-01-01`, `${bare[1]}-12-31`];
  const [, year = '', month = match[4], day = match[5]] = match;
  if (month === undefined) return [`${year}-01-01`, `${year}-12-31`];
  const two = (part: string): string => part.padStart(2, '0');
  if (day === undefined) return [`${year}-${two(month)}-01`, `${year}-${two(month)}-31`];
  const date = `${year}-${two(month)}-${two(day)}`;
  return [date, date];
}

function monthOf(text: string): number | null {
  const digits = /(?<!\d)(1[0-2]|0?[1-9])月/.exec(text)?.[1];
  if (digits !== undefined) return Number(digits);
  const named = MONTHS.findIndex((name) => new RegExp(`\\b(?:in|of|since) ${name}\\b`).test(text));
  return named < 0 ? null : named + 1;
}

class Calendar {
  readonly #today: Date;

  constructor(today: Date) {
    this.#today = today;
  }

  /** 0 for Monday. */
  get weekday(): number {
    return (this.#today.getUTCDay() + 6) % 7;
  }

  days(from: number, to: number): Range {
    const day = (shift: number): string =>
      new Date(this.#today.getTime() + shift * DAY).toISOString().slice(0, 10);
    return [day(from), day(to)];
  }

  months(shift: number): Range {
    const first = Date.UTC(this.#today.getUTCFullYear(), this.#today.getUTCMonth() + shift, 1);
    const month = new Date(first).toISOString().slice(0, 7);
    return [`${month}-01`, `${month}-31`];
  }

  years(shift: number): Range {
    const year = this.#today.getUTCFullYear() + shift;
    return [`${year}-01-01`, `${year}-12-31`];
  }
}

/**
 * How well a passage fits the dates of a question: 1 it does, 0 it does not, 0.5 it does not say.
 * @param published - `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or null
 * @param text - folded
 */
export function dateFit(wish: DateWish, published: string | null, text: string): number {
  if (wish.latest) return 0.5;
  if (wish.month !== null) return monthFit(wish.month, published, text);
  if (wish.range === null) return 0.5;
  const [from, to] = wish.range;
  if (published !== null && overlaps(published, from, to)) return 1;
  if (!wish.relative && text.includes(`${from.slice(0, 4)}年`)) return 1;
  return published === null ? 0.5 : 0;
}

function overlaps(published: string, from: string, to: string): boolean {
  return from.slice(0, published.length) <= published && published <= to.slice(0, published.length);
}

function monthFit(month: number, published: string | null, text: string): number {
  if (new RegExp(`(?<!\\d)0?${month}月`).test(text)) return 1;
  if (published === null || published.length < 7) return 0.5;
  return Number(published.slice(5, 7)) === month ? 1 : 0;
}
