import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/articles/decode.ts';
import { UnreadableFile } from '../../src/articles/unreadable.ts';
import { pageText } from './reading.ts';

const SIMPLIFIED =
  '江畔图书馆昨天开馆，藏书十二万册。馆长说，这是全市第三座夜间开放的图书馆。\r\n第二段。\n';
const TRADITIONAL =
  '大和戲院昨天重新開幕，九十年前的紅絨布幕再次升起。經理說，這是全市最老的電影院。\n';

/** Writes what `TextEncoder` cannot: the two-byte encodings of old Windows machines, by turning the decoder round. */
function encoderOf(encoding: 'gbk' | 'big5'): (text: string) => Uint8Array {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  return (text) =>
    Uint8Array.from(
      Array.from(text).flatMap(
        (character) => codes.get(character) ?? [character.charCodeAt(0) & 0x7f],
      ),
    );
}

function utf16(text: string, order: 'LE' | 'BE', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  return order === 'LE' ? bytes : bytes.swap16();
}

function reasonOf(bytes: Uint8Array, maxBytes?: number): string {
  try {
    decodeText(bytes, 'a.txt', maxBytes);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.reason;
    throw error;
  }
  return 'it was read';
}

describe('decoding', () => {
  it('reads UTF-8 with and without a mark, and leaves the mark out', () => {
    expect(decodeText(Buffer.from(SIMPLIFIED), 'a.txt')).toBe(SIMPLIFIED);
    expect(decodeText(Buffer.from(`\uFEFF${SIMPLIFIED}`), 'a.txt')).toBe(SIMPLIFIED);
  });

  it('reads UTF-16 of both orders, with and without a mark', () => {
    for (const text of [SIMPLIFIED, TRADITIONAL, 'Plain English text.\n']) {
      for (const order of ['LE', 'BE'] as const) {
        for (const mark of [true, false])
          expect(decodeText(utf16(text, order, mark), 'a.txt')).toBe(text);
      }
    }
  });

  it('tells GBK, Big5 and UTF-16 apart, in texts of any length', () => {
    const simplified = ['continuation.txt', 'poem.txt', 'letter.txt', 'mixed-starts.txt'].map(
      pageText,
    );
    const traditional = [pageText('traditional.txt'), TRADITIONAL];
    const encodings = [
      { texts: simplified, encode: encoderOf('gbk') },
      { texts: traditional, encode: encoderOf('big5') },
      {
        texts: [...simplified, ...traditional],
        encode: (text: string) => utf16(text, 'LE', false),
      },
    ];
    for (const { texts, encode } of encodings) {
      for (const page of texts) {
        for (const length of [30, 200, page.length]) {
          const text = page.slice(0, length);
          expect(decodeText(encode(text), 'a.txt')).toBe(text);
        }
      }
    }
  });

  it('reads Japanese and Korean in their old encodings', () => {
    const japanese = Buffer.from('iXeCzJHSjYeOuoLJj6yCs4LIkH2PkY66gqqKSorZgrWCvYFC', 'base64');
    const korean = Buffer.from(
      'udm05bChILi2wLu/oSDA28C6ILW1vK2w/MDMILmuwLsgv62++rTZLg==',
      'base64',
    );
    expect(decodeText(japanese, 'a.txt')).toBe('駅の待合室に小さな図書室が開館した。');
    expect(decodeText(korean, 'a.txt')).toBe('바닷가 마을에 작은 도서관이 문을 열었다.');
  });

  it('reads the curly quotes and accents of a western text', () => {
    const bytes = Buffer.from(
      'The caf\xe9 is \x93open\x94, she said \x96 at last. It opened on Monday in the old station.',
      'latin1',
    );
    expect(decodeText(bytes, 'a.txt')).toContain('The café is “open”, she said – at last.');
  });

  it('says what is wrong with a file that gives no text', () => {
    expect(reasonOf(new Uint8Array())).toBe('it is empty');
    expect(reasonOf(Buffer.from('\uFEFF \r\n\t'))).toBe('it is empty');
    expect(reasonOf(Buffer.from('%PDF-1.7\n\0\0\0\x01\x02\x03stream', 'latin1'))).toBe(
      'it is a binary file, not text',
    );
    expect(reasonOf(Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 251))).toBe(
      'it is a binary file, not text',
    );
    expect(reasonOf(Buffer.alloc(3 * 1024 * 1024, 65), 2 * 1024 * 1024)).toBe(
      'it is too large (3 MB; MAX_FILE_MB allows 2 MB)',
    );
    expect(
      reasonOf(Buffer.concat([Buffer.from(SIMPLIFIED.repeat(5)), Buffer.from([0xe6, 0xff])])),
    ).toBe('it starts as UTF-8 but is damaged further on; save it as UTF-8');
    expect(
      reasonOf(Buffer.concat([utf16(SIMPLIFIED, 'LE', true), Buffer.from([0x00, 0xd8, 0x41])])),
    ).toBe('it starts as UTF-16LE but is damaged further on; save it as UTF-8');
    expect(reasonOf(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))).toBe(
      'it is UTF-32; save it as UTF-8',
    );
  });

  it('names the file in the sentence a person sees', () => {
    expect(() => decodeText(new Uint8Array(), 'news/a.txt')).toThrow(
      'news/a.txt was left out: it is empty.',
    );
  });
});
