import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datesOf, isDateAmong } from '../../../src/answers/written/dates.ts';
import { numeralValue } from '../../../src/answers/written/numerals.ts';
import { quantitiesOf } from '../../../src/answers/written/quantities.ts';
import { fold } from '../../../src/text/fold.ts';

const digits = Array.from('零一二三四五六七八九');

/** How a whole number below 10^16 is written in Chinese: the oracle for reading it. */
function written(value: number): string {
  if (value < 10) return digits[value]!;
  const [size, unit] = (
    [
      [1e8, '亿'],
      [1e4, '万'],
      [1e3, '千'],
      [1e2, '百'],
      [10, '十'],
    ] as const
  ).find(([size]) => value >= size)!;
  const rest = value % size;
  const gap = rest > 0 && rest < size / 10 ? '零' : '';
  return written(Math.floor(value / size)) + unit + gap + (rest > 0 ? written(rest) : '');
}

const values = (text: string) => quantitiesOf(datesOf(fold(text)).rest);
const only = (text: string) => values(text).map(({ value, unit }) => [value, unit]);

describe('numbers are read', () => {
  it('as they are written in Chinese, whatever their size', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999_999_999 }), (value) => {
        expect(numeralValue(written(value))).toBe(value);
      }),
      { seed: 7 },
    );
  });

  it('figure by figure, as years and telephone numbers are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 99_999_999 }), (value) => {
        const figures = Array.from(String(value), (figure) => digits[Number(figure)]).join('');
        expect(numeralValue(figures)).toBe(value);
        expect(numeralValue(figures.replaceAll('零', '〇'))).toBe(value);
      }),
      { seed: 7 },
    );
  });

  it('the same in figures, in Chinese, with 万 and 亿, and with thousands marked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1e12 }), (value) => {
        const plain = only(`共${value}米`);
        expect(plain).toEqual([[value, 'm']]);
        expect(only(`共${written(value)}米`)).toEqual(plain);
        expect(only(`共${value / 1e4}万米`)).toEqual(plain);
        expect(only(`共${value.toLocaleString('en-US')}米`)).toEqual(plain);
      }),
      { seed: 7 },
    );
  });

  it.each([
    ['三十', 30],
    ['二〇二〇', 2020],
    ['两千零二十', 2020],
    ['一百二', 120],
    ['三万五', 35_000],
    ['十五', 15],
    ['一百零五', 105],
    ['1.5亿', 150_000_000],
    ['3亿5千万', 350_000_000],
    ['10万亿', 1e13],
    ['三点五亿', 350_000_000],
    ['贰佰伍拾', 250],
  ])('%s is %d', (numeral, value) => {
    expect(numeralValue(numeral)).toBe(value);
  });

  it.each([
    ['占百分之三十五', [[35, 'percent']]],
    ['增长6.7%', [[6.7, 'percent']]],
    ['up 6.7 percent', [[6.7, 'percent']]],
    ['三成受访者', [[30, 'percent']]],
    ['第三届', [[3, 'ordinal']]],
    ['首次', [[1, 'ordinal']]],
    [
      'the 3rd and the third',
      [
        [3, 'nth'],
        [3, 'ordinal'],
      ],
    ],
    ['twenty-one people', [[21, 'person']]],
    ['three hundred and five tons', [[305, 'ton']]],
    ['1.5 billion yuan', [[1.5e9, 'yuan']]],
    ['$19 million', [[19e6, 'dollar']]],
    [
      'two and three',
      [
        [2, null],
        [3, null],
      ],
    ],
    ['两家公司', [[2, null]]],
    ['周五', [[5, 'weekday']]],
    ['on Friday', [[5, 'weekday']]],
    ['三分之二', [[2 / 3, null]]],
    ['三农、一体化、四川、十分、one of them, 5G, COVID-19', []],
  ])('in %s', (text, expected) => {
    expect(only(text)).toEqual(expected);
  });
});

describe('dates are read', () => {
  const parts = (text: string) =>
    datesOf(fold(text)).dates.map(({ year, month, day }) => [year, month, day]);

  it.each([
    '2020年8月20日',
    '二〇二〇年八月二十日',
    '2020-08-20',
    '2020/8/20',
    'August 20, 2020',
    '20 August 2020',
    'the 20th of August, 2020',
    'Aug. 20, 2020',
  ])('%s', (text) => {
    expect(parts(text)).toEqual([[2020, 8, 20]]);
  });

  it.each([
    [
      '8月20日至22日',
      [
        [undefined, 8, 20],
        [undefined, 8, 22],
      ],
    ],
    ['2020年8月份', [[2020, 8, undefined]]],
    ['in May', [[undefined, 5, undefined]]],
    ['3个月', []],
    ['it may take 3 years', []],
    ['2020-13-40', []],
  ])('in %s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it('and compared by what they say', () => {
    const among = (claim: string, given: string) =>
      isDateAmong(datesOf(fold(claim)).dates[0]!, datesOf(fold(given)).dates);
    expect(among('8月20日', '2020年8月20日')).toBe(true);
    expect(among('August 2020', '二〇二〇年八月二十日')).toBe(true);
    expect(among('2020年8月20日', '8月20日')).toBe(false);
    expect(among('2020年8月21日', '2020年8月20日')).toBe(false);
    expect(among('8月5日', '8月20日至9月5日')).toBe(false);
  });
});
