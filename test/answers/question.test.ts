import { describe, expect, it } from 'vitest';
import type { AnswerType } from '../../src/answers/answer-types.ts';
import { candidatesOf } from '../../src/answers/evidence.ts';
import { understandQuestion } from '../../src/answers/question.ts';
import { analyse } from '../../src/answers/words.ts';

describe('understandQuestion', () => {
  it.each<[string, AnswerType | null]>([
    ['“天琴计划”预计什么时候建成?', 'date'],
    ['哪一年開幕?', 'date'],
    ['修复用了多长时间?', 'duration'],
    ['设立了多少项工作任务?', 'amount'],
    ['广州有几大汽车产业园区?', 'amount'],
    ['塔有多高?', 'amount'],
    ['谁提出了天琴计划?', 'person'],
    ['哪位科学家提出的?', 'person'],
    ['总部在哪里?', 'place'],
    ['哪家公司运营?', 'organisation'],
    ['为什么停业?', 'reason'],
    ['是什么原因导致亏损?', 'reason'],
    ['涵盖哪些领域?', 'list'],
    ['什么是无废城市?', 'definition'],
    ['开幕片叫什么?', 'title'],
    ['可以续借吗?', 'yes-no'],
    ['怎样办理读者证?', 'manner'],
    ['创设了什么制度?', 'thing'],
    ['黄金矩形', null],
    ['How many passengers were there?', 'amount'],
    ['Who is the mayor?', 'person'],
    ['When did it sail?', 'date'],
    ['Where does it leave from?', 'place'],
    ['Why did it close?', 'reason'],
  ])('%s asks for %s', (question, type) => {
    expect(understandQuestion(question).asksFor).toBe(type);
  });

  it('knows the unit, the dimension and the noun of an amount', () => {
    const weight = understandQuestion('天琴一号卫星的重量是多少公斤?');
    expect(weight).toMatchObject({ unit: '公斤', dimension: 'mass' });
    const tasks = understandQuestion('设立了多少项工作任务?');
    expect(tasks).toMatchObject({ unit: '项', dimension: null, focus: { text: '任务' } });
  });

  it('does not count question words as content', () => {
    const words = understandQuestion('请问比亚迪的总部在哪里?').content.map(({ text }) => text);
    expect(words).toEqual(['比亚迪', '总部']);
  });
});

describe('candidatesOf', () => {
  /** The best candidates' words. */
  function found(question: string, sentence: string): string[] {
    const analysed = analyse(sentence);
    const candidates = candidatesOf(understandQuestion(question), analysed);
    const best = Math.max(...candidates.map(({ fit }) => fit));
    return candidates
      .filter(({ fit }) => fit === best)
      .map(({ start, end }) => analysed.folded.slice(start, end));
  }

  it.each<[string, string, string[]]>([
    ['有多少个应用系统?', '涵盖了环卫、执法等19个应用系统。', ['19']],
    ['研制经费是多少亿元?', '轨道约10万公里高,投资3.5亿元。', ['3.5亿']],
    ['什么时候建成?', '该计划预计在2035年前后建成。', ['2035年前后']],
    ['面积有多大?', '馆舍共三层,建筑面积6200平方米。', ['6200']],
    ['历时多久?', '工程历时五年完工。', ['五年']],
    ['谁借的放映机?', '退休放映师蔡金水把放映机借给戏院。', ['蔡金水']],
    ['排第几?', '全国排名第三,增长5%。', ['第三']],
    ['是哪一天通车的?', '2019年动工,5月1日通车。', ['5月1日']],
  ])('%s finds its kind of answer in %s', (question, sentence, words) => {
    expect(found(question, sentence)).toEqual(words);
  });

  it('finds no amount where no number stands', () => {
    const sentence = analyse('深圳智慧城管系统助力破解城市管理难题。');
    expect(candidatesOf(understandQuestion('有多少个应用系统?'), sentence)).toEqual([]);
  });

  it('takes no span of time for a date', () => {
    const sentence = analyse('卫星发射半年后,技术验证全部通过。');
    expect(candidatesOf(understandQuestion('卫星是哪天发射的?'), sentence)).toEqual([]);
  });

  it('does not take what the question says for the answer', () => {
    const sentence = analyse('2019年深圳入选试点。');
    expect(candidatesOf(understandQuestion('深圳在2019年入选,哪年结束?'), sentence)).toEqual([]);
  });
});
