import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexTokens } from '../../src/text/tokens.ts';

describe('indexTokens', () => {
  it('gives Chinese characters and pairs of neighbours', () => {
    expect(indexTokens('長三角')).toEqual(['长', '长三', '三', '三角', '角']);
  });

  it('does not pair across punctuation or other scripts', () => {
    expect(indexTokens('合肥，20日')).toEqual(['合', '合肥', '肥', '20', '日']);
  });

  it('keeps numbers whole', () => {
    expect(indexTokens('１,234.5元 增10.5% 3.5,6')).toEqual([
      '1234ˑ5',
      '元',
      '增',
      '10ˑ5',
      '10ˑ5ᵖ',
      '3ˑ5',
      '6',
    ]);
  });

  it('keeps names of letters and digits, and their parts', () => {
    expect(indexTokens('iPhone6s F-35')).toEqual(['iphone6s', 'iphone', '6', 'f', '35']);
  });

  it('takes plural and possessive endings off English words', () => {
    expect(indexTokens("Cities' cars and the city's boxes, bus")).toEqual([
      'city',
      'car',
      'and',
      'the',
      'city',
      'boxe',
      'bus',
    ]);
  });

  it('pairs kana and Hangul syllables', () => {
    expect(indexTokens('サッカー')).toEqual(['サッ', 'ッカ', 'カー']);
    expect(indexTokens('한국어 말')).toEqual(['한국', '국어', '말']);
  });

  it('gives tokens that FTS5 keeps as they are', () => {
    const db = new Database(':memory:');
    db.exec(`CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'unicode61');
             CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row');`);
    const vocabulary = db.prepare<[], string>('SELECT term FROM v').pluck();
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(letters, marks), maxLength: 30 }), (text) => {
        const tokens = indexTokens(text);
        db.exec('DELETE FROM t');
        db.prepare('INSERT INTO t VALUES (?)').run(tokens.join(' '));
        expect(new Set(vocabulary.all())).toEqual(new Set(tokens));
      }),
      { seed: 7, numRuns: 300 },
    );
    db.close();
  });
});

const letters = fc.oneof(
  fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x20000, max: 0x2a6d6 }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x3041, max: 0x30ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x20, max: 0x24f }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x391, max: 0x44f }).map((code) => String.fromCodePoint(code)),
);
const marks = fc.constantFrom('.', ',', '%', '１', '２', '％', '。', ' ', '\n', "'s");
