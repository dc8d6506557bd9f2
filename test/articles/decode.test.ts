import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/articles/decode.ts';
import { UnreadableFile } from '../../src/articles/unreadable.ts';

const SIMPLIFIED =
  '江畔图书馆昨天开馆，藏书十二万册。馆长说，这是全市第三座夜间开放的图书馆。\r\n第二段。\n';
const TRADITIONAL =
  '大和戲院昨天重新開幕，九十年前的紅絨布幕再次升起。經理說，這是全市最老的電影院。\n';

/**
 * The same texts in the encodings that `TextEncoder` cannot write, made with iconv.
 * GBK and Big5 are what old Windows machines in mainland China and in Taiwan save.
 */
const GBK =
  'va3Fz828yum53dfyzOy/qrndo6yy2Mrpyq62/s3ysuGho7nds6TLtaOs1eLKx8irytC12sj91/nSubzkv6q3xbXEzbzK6bndoaMNCrXatv62zqGjCg==';
const BIG5 =
  'pGqpTcC4sHysUaTRrau3c7Z9ufWhQaRFpFGmfqtlqrqs9bWzpay59aZBprikybBfoUO4Z7J6u6GhQbNvrE+l/qWrs8ym0aq6uXG8drB8oUMK';

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

  it('tells GBK from Big5', () => {
    expect(decodeText(Buffer.from(GBK, 'base64'), 'a.txt')).toBe(SIMPLIFIED);
    expect(decodeText(Buffer.from(BIG5, 'base64'), 'a.txt')).toBe(TRADITIONAL);
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
