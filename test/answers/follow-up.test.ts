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
    ['那深圳呢?', [turn('广州有几大汽车产业园区?')], '深圳有几大汽车产业园区?'],
    ['那重量呢?', [turn('天琴一号的核心任务是什么?')], '天琴一号的重量是什么?'],
    ['为什么?', [turn('生活垃圾分类条例什么时候实施?')], '生活垃圾分类条例为什么实施?'],
    ['广州有几大汽车产业园区?', [turn('“天琴计划”是谁提出的?')], '广州有几大汽车产业园区?'],
    ['什么时候建成?', [], '什么时候建成?'],
    [
      'When was it proposed?',
      [turn('Who leads the Tianqin Plan?')],
      'When was Tianqin Plan proposed?',
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
