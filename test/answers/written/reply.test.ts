import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOfReply } from '../../../src/answers/written/reply.ts';

const whole = (reply: string) => sentencesOfReply(reply, true);
const [first, second, third] = [
  { passage: 1, sentence: 1 },
  { passage: 1, sentence: 2 },
  { passage: 2, sentence: 1 },
];

describe('the reply of a language model', () => {
  it('is one sentence a line, each with the numbers that support it', () => {
    expect(whole('天琴计划已启动。[P1.S1]\n首期投入三亿元。[P1.S2, P2.S1]')).toEqual([
      { text: '天琴计划已启动。', supports: [first] },
      { text: '首期投入三亿元。', supports: [second, third] },
    ]);
  });

  it.each([
    'It began.[P1.S1]',
    'It began. [P1.S1]',
    'It began [P1.S1].',
    '- It began. (P1 S1)',
    '1. It began. 【P1S1】',
    '* It began. ［Ｐ１．Ｓ１］',
    'It began. [p1-s1]',
  ])('is understood as small models write it: %s', (line) => {
    expect(whole(line)).toEqual([{ text: 'It began.', supports: [first] }]);
  });

  it('may have several sentences in a line, and ranges of sentences', () => {
    expect(whole('A one. [P1.S1][P1.S2] B two. [P1.S1-S2; P2.S1] C three.')).toEqual([
      { text: 'A one.', supports: [first, second] },
      { text: 'B two.', supports: [first, second, third] },
      { text: 'C three.', supports: [] },
    ]);
  });

  it.each([
    'It began. [P1]',
    'It began. [S1]',
    'It began.',
    'It began. [P one]',
    '[x] It began. [Px.Sy]',
  ])('supports nothing without both numbers: %s', (line) => {
    expect(whole(line).flatMap(({ supports }) => supports)).toEqual([]);
  });

  it('holds no thoughts, no fences, no refusal', () => {
    expect(whole('<think>P1 looks good [P1.S1]\nhm</think>\n```\nNONE\n```')).toEqual([]);
    expect(whole('<think>It began. [P1.S1]\n')).toEqual([]);
  });

  it('is read while it comes: what is unfinished waits, what is finished stays', () => {
    const reply = 'It began. [P1.S1]\r\n第二句。[P2.S1]\nNo support.\n';
    const finished = whole(reply);
    fc.assert(
      fc.property(fc.nat({ max: reply.length }), (length) => {
        const early = sentencesOfReply(reply.slice(0, length), false);
        expect(early).toEqual(finished.slice(0, early.length));
      }),
      { seed: 7 },
    );
  });

  it('can be anything at all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('[]()PS12.,- \n。【】<think>/')) }),
        (reply) => {
          for (const { text, supports } of whole(reply)) {
            expect(text.trim()).not.toBe('');
            for (const { passage, sentence } of supports) {
              expect(passage).toBeGreaterThan(0);
              expect(sentence).toBeGreaterThanOrEqual(0);
            }
          }
        },
      ),
      { seed: 7 },
    );
  });
});
