import { Converter } from 'opencc-js/t2cn';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldWithOffsets } from '../../src/text/fold.ts';

const run = { seed: 20200823, numRuns: 500 };
const chinese = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom('，', '。', '“', '”', 'Ａ', 'a', '１', ' ', '\n', '\u3000', '『', '—'),
  ),
});

describe('fold', () => {
  it('makes width, case, script and punctuation variants equal', () => {
    expect(fold('ＡＰＰ　２０２０年')).toBe('app 2020年');
    expect(fold('長三角要如何統一醫療保險？')).toBe('长三角要如何统一医疗保险?');
    expect(fold('「無廢城市」──')).toBe('"无废城市"--');
    expect(fold('Café Zürich')).toBe('cafe zurich');
    expect(fold('ﬁne ㎏ ½')).toBe('fine kg 1⁄2');
  });

  it('joins decomposed letters, half-width kana and Hangul to one form', () => {
    expect(fold('e\u0301')).toBe(fold('é'));
    expect(fold('ｶﾞｷﾞ')).toBe('ガギ');
    expect(fold('\u1112\u1161\u11ab')).toBe('한');
  });

  it('drops what does not show', () => {
    expect(fold('\ufeff中\u200b国\u00ad')).toBe('中国');
  });

  it('closes a line broken beside a Chinese character, keeps one blank elsewhere', () => {
    expect(fold('长三\r\n角一体，\n化')).toBe('长三角一体,化');
    expect(fold('two\nwords  here')).toBe('two words here');
    expect(fold('inter-\nnational')).toBe('international');
    expect(fold('标题\n\n正文')).toBe('标题 正文');
  });

  it('agrees with OpenCC character by character', () => {
    const convert = Converter({ from: 't', to: 'cn' });
    for (let code = 0x4e00; code <= 0x9fa5; code++) {
      const character = String.fromCodePoint(code);
      expect(fold(character)).toBe(convert(convert(character)));
    }
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), chinese), (text) => {
        const once = fold(text);
        expect(fold(once)).toBe(once);
      }),
      run,
    );
  });

  it('is the same with and without offsets, and offsets lead back to the source', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), chinese), (source) => {
        const { text, offsets } = foldWithOffsets(source);
        expect(offsets).toHaveLength(text.length + 1);
        expect(offsets.at(-1)).toBe(source.length);
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
        const isHan = (unit: string): boolean => /\p{Script=Han}/u.test(unit);
        const there = text.split('').map((unit, i) => [unit, offsets[i]!] as const);
        for (const [unit, offset] of there.filter(([unit]) => isHan(unit))) {
          expect(fold(String.fromCodePoint(source.codePointAt(offset)!))).toBe(unit);
        }
      }),
      run,
    );
  });
});
