import { describe, expect, it } from 'vitest';
import { faultIn } from '../../../src/answers/written/proof.ts';
import type { Evidence } from '../../../src/answers/written/proof.ts';

const chinese: Evidence = {
  quotes: [
    '2019年12月20日，我国成功发射“天琴一号”技术试验卫星，研制历时三年，投入1.5亿元，占全部经费的百分之三十。',
  ],
  surroundings: ['天琴计划进展顺利', '中山大学罗俊院士介绍了天琴计划的最新进展。'],
  dates: ['2020-08-23'],
  question: '天琴一号是什么时候发射的？',
  language: 'zh-Hans',
};
const across: Evidence = {
  ...chinese,
  question: 'When was TianQin-1 launched, and what does Luo Jun of NASA say?',
  language: 'en',
};
const english: Evidence = {
  quotes: ['The first train left Kunming on December 3, 2021 with 482 passengers.'],
  surroundings: ['Railway to Laos opens'],
  dates: ['2021-12-04'],
  question: 'When did the first train leave?',
  language: 'en',
};
const reason = (sentence: string, evidence: Evidence) =>
  faultIn(sentence, evidence)?.reason ?? null;

describe('a written sentence is proven', () => {
  it.each([
    '天琴一号于2019年12月20日发射。',
    '“天琴一号”卫星在二〇一九年十二月二十日成功发射。',
    '研制用了3年，投入一亿五千万元。',
    '投入的1.5亿元占全部经费的30%。',
    '罗俊院士所说的天琴一号技术试验卫星在12月20日发射。',
    '天琴一號於2019年12月20日發射。',
  ])('by Chinese quotes in Chinese: %s', (sentence) => {
    expect(faultIn(sentence, chinese)).toBeNull();
  });

  it.each([
    'TianQin-1 was launched on December 20, 2019.',
    'The satellite “天琴一号” took three years and 150 million yuan.',
    'China invested 30 percent of the funds.',
    'Luo Jun of Zhongshan University speaks of progress.',
    'Jun Luo says so.',
  ])('by Chinese quotes in English: %s', (sentence) => {
    expect(faultIn(sentence, across)).toBeNull();
  });

  it.each([
    'The first train left Kunming on 3 December 2021.',
    'It carried 482 passengers.',
    'Passengers numbered 482.',
  ])('by English quotes in English: %s', (sentence) => {
    expect(faultIn(sentence, english)).toBeNull();
  });
});

describe('a written sentence is dropped', () => {
  it.each([
    ['天琴一号于2019年12月21日发射。', 'date'],
    ['天琴一号于2018年12月20日发射。', 'date'],
    ['研制历时四年，投入1.5亿元。', 'number'],
    ['研制历时三年，投入1.5亿美元。', 'number'],
    ['投入占全部经费的百分之三十五。', 'number'],
    ['马斯克介绍，天琴一号技术试验卫星成功发射。', 'name'],
    ['天琴一号技术试验卫星由SpaceX成功发射。', 'name'],
    ['天琴一号“圆满完成全部任务”，研制历时三年。', 'quotation'],
    ['卫星研制历时三年，见《引力波探测》。', 'quotation'],
    ['天琴一号没有在2019年12月20日发射。', 'opposite'],
    ['我国未能成功发射“天琴一号”卫星。', 'opposite'],
    ['“天琴一号”技术试验卫星发射失败。', 'opposite'],
    ['昨天食堂供应红烧肉和米饭。', 'unrelated'],
    ['It was launched on December 20, 2019.', 'language'],
    ['卫星成功发射，详情见 https://example.com/a', 'link'],
    ['卫星成功发射，请加 @tianqin_bot', 'link'],
    ['卫星成功<b>发射</b>。', 'markup'],
    ['卫星成功发\uFFFD射。', 'markup'],
  ])('where Chinese quotes do not say so in Chinese: %s (%s)', (sentence, expected) => {
    expect(reason(sentence, chinese)).toBe(expected);
  });

  it.each([
    ['It was launched on December 21, 2019.', 'date'],
    ['It was launched in 2018.', 'number'],
    ['It took five years.', 'number'],
    ['Elon Musk launched it.', 'name'],
    ['Luo Wei leads it.', 'name'],
    ['It was launched from Hainan.', 'name'],
    ['It was not launched on December 20, 2019.', 'opposite'],
    ['The satellite 嫦娥 was launched.', 'name'],
    ['They called it "a giant leap".', 'quotation'],
    ['天琴一号于2019年12月20日发射。', 'language'],
  ])('where Chinese quotes do not say so in English: %s (%s)', (sentence, expected) => {
    expect(reason(sentence, across)).toBe(expected);
  });

  it('where it turns around what the quotes say', () => {
    const saying = (quote: string, question = '情况怎么样？'): Evidence => ({
      ...chinese,
      quotes: [quote],
      surroundings: [],
      question,
    });
    const growth = saying('茶叶产量比去年增长百分之十五。', '茶叶产量减少了多少？');
    expect(reason('茶叶产量比去年减少15%。', growth)).toBe('opposite');
    expect(reason('茶叶产量比去年增长15%。', growth)).toBeNull();
    const calm = saying('专家说，大桥没有倒塌，工程不会延期。');
    expect(reason('专家说，大桥倒塌。', calm)).toBe('opposite');
    expect(reason('专家说，工程会延期。', calm)).toBe('opposite');
    expect(reason('大桥没有倒塌。', calm)).toBeNull();
    expect(reason('不仅工程会延期，大桥也倒塌。', saying('工程延期，大桥倒塌。'))).toBeNull();
  });

  it.each([
    ['The first train left Vientiane on December 3, 2021.', 'name'],
    ['The first train carried 500 passengers.', 'number'],
    ['The first train never left Kunming.', 'opposite'],
    ['Bakeries sell bread every morning.', 'unrelated'],
  ])('where English quotes do not say so in English: %s (%s)', (sentence, expected) => {
    expect(reason(sentence, english)).toBe(expected);
  });
});
