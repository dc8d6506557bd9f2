import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/text/language.ts';
import { contentOf } from '../../src/text/question-words.ts';

describe('contentOf', () => {
  it.each([
    ['座谈会是哪一天召开的？', '座谈会是 召开的?'],
    ['長三角要如何統一醫療保險?', '长三角要 统一医疗保险?'],
    ['指挥中心汇集了多少项业务数据', '指挥中心汇集了 项业务数据'],
    ['任何人几乎都能学几何吗', '任何人几乎都能学几何'],
    ['哪吒是谁的儿子', '哪咤是 的儿子'],
    ['Who wrote Hamlet?', 'wrote hamlet?'],
    ['什么?', '?'],
  ])('of %s is %s', (question, content) => {
    expect(contentOf(question)).toBe(content);
  });
});

describe('languageOf', () => {
  it.each([
    ['座谈会是哪天召开的', 'zh-Hans'],
    ['長三角要如何統一醫療保險', 'zh-Hant'],
    ['Who wrote Hamlet?', 'en'],
    ['Who is 江涛 of Guangzhou?', 'en'],
    ['iPhone 6s多少钱', 'zh-Hans'],
    ['天安', 'zh-Hans'],
    ['123', 'zh-Hans'],
  ] as const)('of %s is %s', (question, language) => {
    expect(languageOf(question)).toBe(language);
  });

  it('takes the usual language where the question shows none', () => {
    expect(languageOf('天安', 'zh-Hant')).toBe('zh-Hant');
    expect(languageOf('天安', 'en')).toBe('zh-Hans');
    expect(languageOf('42', 'en')).toBe('en');
  });
});
