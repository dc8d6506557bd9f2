import { describe, expect, it } from 'vitest';
import { resolveFollowUp } from '../../src/answers/follow-up.ts';
import type { Turn } from '../../src/types.ts';

function turn(question: string, quote = '', resolved = question): Turn {
  return { question, resolved, titles: quote === '' ? [] : ['题'], quote };
}

describe('resolveFollowUp', () => {
  it.each<[string, Turn[], string]>([
    ['它的核心任务是什么?', [turn('“天琴一号”是什么时候发射的?')], '“天琴一号”的核心任务是什么?'],
    ['什么时候建成?', [turn('“天琴计划”是谁提出的?')], '“天琴计划”什么时候建成?'],
    ['该计划预计何时建成?', [turn('“天琴计划”是谁提出的?')], '“天琴计划”预计何时建成?'],
    [
      '他是哪个单位的?',
      [turn('“天琴计划”是谁提出的?', '由中国科学院院士罗俊于2014年3月提出。')],
      '罗俊是哪个单位的?',
    ],
    ['他提出了什么?', [turn('谁是罗俊?', '首席科学家罗俊说。')], '罗俊提出了什么?'],
    [
      '他是什么时候提出这项计划的?',
      [turn('“天琴计划”是谁提出的?', '由院士罗俊提出。')],
      '罗俊是什么时候提出“天琴计划”的?',
    ],
    [
      '包含几大任务?',
      [turn('广州促进汽车产业发展的意见是哪天通过的?')],
      '广州促进汽车产业发展的意见包含几大任务?',
    ],
    ['什么时候投产?', [turn('望屿岛的制茶厂预算是多少?')], '望屿岛的制茶厂什么时候投产?'],
    ['它為什麼停業?', [turn('大和戲院建於哪一年?')], '大和戲院為什麼停業?'],
    [
      '該條例規定怎麼投放垃圾?',
      [turn('《深圳市生活垃圾分類管理條例》什麼時候施行?')],
      '《深圳市生活垃圾分類管理條例》規定怎麼投放垃圾?',
    ],
    ['那干茶呢?', [turn('望屿岛第一批绿茶收了多少鲜叶?')], '望屿岛第一批绿茶收了多少干茶?'],
    ['那儿童证呢?', [turn('成人证一次可以借几册?')], '儿童证一次可以借几册?'],
    ['那地点呢?', [turn('汽车前沿峰会是哪天举行的?')], '汽车前沿峰会的地点在哪里?'],
    [
      '他今年幾歲?',
      [turn('誰把放映機借給戲院?', '退休放映師蔡金水把自己收藏的放映機借給戲院。')],
      '蔡金水今年幾歲?',
    ],
    [
      'How long does it take?',
      [turn('When did the night ferry to Saltmarsh Island sail again?')],
      'How long does the night ferry to Saltmarsh Island take?',
    ],
    [
      'What did she say?',
      [turn('Who is the mayor of Harrow Bay?', 'Mayor Denise Okafor said the money came.')],
      'What did Denise Okafor say?',
    ],
    ['那里的茶是谁种的?', [turn('江畔镇有多大?')], '江畔镇的茶是谁种的?'],
    ['那儿住了多少人?', [turn('江畔镇有多大?')], '江畔镇住了多少人?'],
    ['那邊週末幾點關門?', [turn('江畔圖書館什麼時候開放?')], '江畔圖書館週末幾點關門?'],
    ['这里藏书多少?', [turn('江畔图书馆什么时候开放?')], '江畔图书馆藏书多少?'],
    [
      'Who lives there?',
      [turn('When did the night ferry to Saltmarsh Island sail again?')],
      'Who lives in the night ferry to Saltmarsh Island?',
    ],
    ['Is there a café?', [turn('Where is Harrow Bay?')], 'Is there a café?'],
    ['那深圳呢?', [turn('广州有几大汽车产业园区?')], '深圳有几大汽车产业园区?'],
    ['那重量呢?', [turn('天琴一号的核心任务是什么?')], '天琴一号的重量是多少?'],
    ['为什么?', [turn('生活垃圾分类条例什么时候实施?')], '生活垃圾分类条例为什么实施?'],
    ['广州有几大汽车产业园区?', [turn('“天琴计划”是谁提出的?')], '广州有几大汽车产业园区?'],
    ['什么时候建成?', [], '什么时候建成?'],
    [
      'When was it proposed?',
      [turn('Who leads the Tianqin Plan?')],
      'When was the Tianqin Plan proposed?',
    ],
    [
      'And why?',
      [turn('When was the Tianqin Plan proposed?')],
      'And why was the Tianqin Plan proposed?',
    ],
    [
      'What about Shenzhen?',
      [turn('How many parks does Guangzhou have?')],
      'How many parks does Shenzhen have?',
    ],
  ])('%s → %s', (question, turns, resolved) => {
    expect(resolveFollowUp(question, turns)).toBe(resolved);
  });

  it('does not grow from turn to turn', () => {
    const turns: Turn[] = [turn('谁是江涛?', '广州市工业和信息化局局长江涛在会上表示。')];
    for (const question of ['他在会上说了什么?', '他是哪个部门的?', '他是什么时候上任的?']) {
      const resolved = resolveFollowUp(question, turns);
      expect(resolved).toBe(question.replace('他', '江涛'));
      turns.push(turn(question, '江涛在会上指出。', resolved));
    }
  });
});
