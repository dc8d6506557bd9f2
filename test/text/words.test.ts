import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taggedWordsOf } from '../../src/text/words.ts';

const jieba = Jieba.withDict(dict);
const run = { seed: 20200823, numRuns: 1000 };
const words = '没有 天琴一号 罗俊 提出 了 2019 年 云雀 广场 iphone6s app . ， 😀 é %'.split(' ');
const text = fc.array(fc.oneof(fc.constantFrom(...words, ' '), fc.string({ unit: 'binary' })));

describe('words', () => {
  it('have the parts of speech that jieba gives them', () => {
    fc.assert(
      fc.property(text, (parts) => {
        // Half a surrogate pair does not reach jieba as it is.
        const folded = parts.join('').replaceAll(/\p{Surrogate}/gu, '');
        expect(taggedWordsOf(folded)).toEqual(jieba.tag(folded, true));
      }),
      run,
    );
  });
});
