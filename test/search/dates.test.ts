import { describe, expect, it } from 'vitest';
import { dateFit, datesOf } from '../../src/search/dates.ts';

// A Wednesday.
const today = new Date('2020-08-26T10:00:00Z');

describe('datesOf', () => {
  it.each([
    ['昨天有什么新闻', '2020-08-25', '2020-08-25'],
    ['上周发生了什么', '2020-08-17', '2020-08-23'],
    ['上個星期發生了什麼', '2020-08-17', '2020-08-23'],
    ['本周有什么活动', '2020-08-24', '2020-08-30'],
    ['上个月的气温', '2020-07-01', '2020-07-31'],
    ['去年的产量', '2019-01-01', '2019-12-31'],
    ['What happened last week?', '2020-08-17', '2020-08-23'],
    ['2019年的产量是多少', '2019-01-01', '2019-12-31'],
    ['2019年3月的产量', '2019-03-01', '2019-03-31'],
    ['２０１９年３月５日发生了什么', '2019-03-05', '2019-03-05'],
    ['How many were built in 2018?', '2018-01-01', '2018-12-31'],
  ])('of %s are %s to %s', (question, from, to) => {
    expect(datesOf(question, today)?.range).toEqual([from, to]);
  });

  it('take a month without a year as that month of any year', () => {
    expect(datesOf('8月份下了多少雨', today)).toMatchObject({ range: null, month: 8 });
    expect(datesOf('What happened in August?', today)).toMatchObject({ month: 8 });
  });

  it('know the wish for what is newest', () => {
    expect(datesOf('最新的政策是什么', today)?.latest).toBe(true);
  });

  it('are none where the question says nothing of time', () => {
    expect(datesOf('座谈会在哪里召开', today)).toBeNull();
    expect(datesOf('编号12019是什么', today)).toBeNull();
  });
});

describe('dateFit', () => {
  const fit = (question: string, published: string | null, text = ''): number =>
    dateFit(datesOf(question, today)!, published, text);

  it('prefers what was published then, and does not rule out what has no date', () => {
    expect(fit('上周发生了什么', '2020-08-20')).toBe(1);
    expect(fit('上周发生了什么', '2020-07-20')).toBe(0);
    expect(fit('上周发生了什么', null)).toBe(0.5);
  });

  it('takes a date that is known only to its month or year for as much as it says', () => {
    expect(fit('2020年8月23日发生了什么', '2020-08')).toBe(1);
    expect(fit('2019年发生了什么', '2020')).toBe(0);
  });

  it('counts a year or month that the text itself names', () => {
    expect(fit('2019年发生了什么', '2020-08-20', '在2019年,产量翻倍')).toBe(1);
    expect(fit('8月份下了多少雨', '2020-09-01', '8月3日大雨')).toBe(1);
    expect(fit('8月份下了多少雨', '2020-09-01', '18月')).toBe(0);
  });
});
