/** Dates as articles give them → `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. Nothing is guessed: what is not a date gives null. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const YEAR = String.raw`(?<year>(?:1[89]|20)\d\d)`;
const MONTH_NAME = String.raw`(?<monthName>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?`;

const FULL_DATES = [
  new RegExp(
    String.raw`(?<!\d)${YEAR}\s*[-/.年년]\s*(?<month>\d{1,2})\s*[-/.月월]\s*(?<day>\d{1,2})(?!\d)`,
    'u',
  ),
  new RegExp(String.raw`(?<!\d)${YEAR}[_]?(?<month>\d\d)[_]?(?<day>\d\d)(?!\d)`, 'u'),
  new RegExp(String.raw`${MONTH_NAME}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+${YEAR}`, 'iu'),
  new RegExp(String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?\s+${MONTH_NAME},?\s+${YEAR}`, 'iu'),
];
const MONTH_DATES = [
  new RegExp(String.raw`(?<!\d)${YEAR}\s*[-/.年년]\s*(?<month>\d{1,2})(?!\d)`, 'u'),
  new RegExp(String.raw`${MONTH_NAME}\s+${YEAR}`, 'iu'),
];
const MONTH_DAYS = [
  /(?<!\d)(?<month>\d{1,2})\s*[月월]\s*(?<day>\d{1,2})\s*[日号號일]/u,
  new RegExp(String.raw`${MONTH_NAME}\s+(?<day>\d{1,2})(?!\d)`, 'iu'),
];

/** The first date of a text that says its year, as exactly as it says it. */
export function dateIn(text: string): string | null {
  const full = fullDateIn(text);
  if (full !== null) return full;
  for (const pattern of MONTH_DATES) {
    const { year, month } = partsOf(pattern.exec(text));
    if (year !== null && month !== null) return `${year}-${pad(month)}`;
  }
  return /^\s*(?<year>(?:1[89]|20)\d\d)\s*年?\s*$/u.exec(text)?.groups?.['year'] ?? null;
}

/** The first date of a text that has year, month and day. */
export function fullDateIn(text: string): string | null {
  for (const pattern of FULL_DATES) {
    const { year, month, day } = partsOf(pattern.exec(text));
    if (year !== null && month !== null && day !== null) return `${year}-${pad(month)}-${pad(day)}`;
  }
  return null;
}

/** Month and day of a dateline that leaves out the year, `08-21`; null for a day alone. */
export function monthDayIn(text: string): string | null {
  for (const pattern of MONTH_DAYS) {
    const { month, day } = partsOf(pattern.exec(text));
    if (month !== null && day !== null) return `${pad(month)}-${pad(day)}`;
  }
  return null;
}

/**
 * A dateline's day in the year of the paper that prints it. A paper of January may print a
 * dateline of December: that one belongs to the year before.
 * @param monthDay - `MM-DD`
 * @param issue - a date that begins with the year, `2020-08-23` or `2020`
 */
export function completeDate(monthDay: string, issue: string): string {
  const year = Number(issue.slice(0, 4));
  const lastYears = issue.length >= 7 && issue.slice(5, 7) <= '02' && monthDay.slice(0, 2) >= '11';
  return `${lastYears ? year - 1 : year}-${monthDay}`;
}

function partsOf(match: RegExpExecArray | null): {
  year: number | null;
  month: number | null;
  day: number | null;
} {
  const { year, month, monthName, day } = match?.groups ?? {};
  const monthNumber =
    monthName === undefined
      ? inRange(month, 12)
      : MONTHS.indexOf(monthName.slice(0, 3).toLowerCase()) + 1;
  return { year: inRange(year, 2099), month: monthNumber, day: inRange(day, 31) };
}

function inRange(digits: string | undefined, most: number): number | null {
  const value = Number(digits);
  return digits !== undefined && value >= 1 && value <= most ? value : null;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
