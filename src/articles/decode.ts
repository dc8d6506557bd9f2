import { analyse } from 'chardet';
import { UnreadableFile } from './unreadable.ts';

/** Largest file that is read when the caller names no limit: a year of a newspaper's pages as text. */
const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/** What is tried, in order, on bytes that are not Unicode. The labels are those of `TextDecoder`. */
const LEGACY_ENCODINGS = ['gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252'] as const;
type LegacyEncoding = (typeof LEGACY_ENCODINGS)[number];

/** Names that chardet gives to the same encodings. */
const CHARDET_NAMES: Readonly<Record<LegacyEncoding, readonly string[]>> = {
  gb18030: ['GB18030', 'GBK', 'GB2312'],
  big5: ['Big5'],
  shift_jis: ['Shift_JIS'],
  'euc-kr': ['EUC-KR'],
  'windows-1252': ['windows-1252', 'ISO-8859-1'],
};

/** How much of the start of a file is looked at to tell encodings apart, in bytes. */
const SAMPLE_BYTES = 64 * 1024;

/** Share of expected characters below which a decoding is held to be wrong; real prose reaches 0.5 and more. */
const LEAST_PLAUSIBLE = 0.35;

/** The commonest characters of running Chinese, Simplified and Traditional. Mojibake is made of rare ones. */
const COMMON_HAN = new Set(
  '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市六九七八区会议员报记讯社京广州党委省县城路' +
    '這來國個說們為時後會著過學對裡麼樣現將實經頭動兩長無開還發種聲話見問機給業間點電門東關產萬區議員報記訊廣黨縣與從當氣總應該體變車書讓場處義資訊條係達線團選舉辦運價錢',
);

/**
 * Bytes of a file → its text, without a byte-order mark and with its line ends as they are.
 * Knows UTF-8, UTF-16 (with and without a mark), GB18030/GBK, Big5, Shift_JIS, EUC-KR and windows-1252.
 * @throws UnreadableFile naming the file and the reason
 */
export function decodeText(bytes: Uint8Array, file: string, maxBytes = DEFAULT_MAX_BYTES): string {
  if (bytes.length > maxBytes) {
    throw new UnreadableFile(
      file,
      `it is too large (${megabytes(bytes.length)} MB; MAX_FILE_MB allows ${megabytes(maxBytes)} MB)`,
    );
  }
  const text = decodeMarked(bytes, file) ?? decodeUnmarked(bytes, file);
  if (text.trim() === '') throw new UnreadableFile(file, 'it is empty');
  if (looksBinary(text)) throw new UnreadableFile(file, 'it is a binary file, not text');
  return text;
}

function megabytes(bytes: number): string {
  const size = bytes / 1024 / 1024;
  return size < 10 ? String(Math.round(size * 10) / 10) : String(Math.round(size));
}

/** Text of a file that opens with a byte-order mark, null for every other. */
function decodeMarked(bytes: Uint8Array, file: string): string | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) {
    throw new UnreadableFile(file, 'it is UTF-32; save it as UTF-8');
  }
  let encoding: string | null = null;
  if (first === 0xef && second === 0xbb && third === 0xbf) encoding = 'UTF-8';
  if (first === 0xff && second === 0xfe) encoding = 'UTF-16LE';
  if (first === 0xfe && second === 0xff) encoding = 'UTF-16BE';
  if (encoding === null) return null;
  const text = tryDecode(bytes, encoding);
  if (text === null) throw damaged(file, encoding);
  return text;
}

function decodeUnmarked(bytes: Uint8Array, file: string): string {
  if (!bytes.includes(0)) {
    const utf8 = tryDecode(bytes, 'utf-8');
    if (utf8 !== null) return utf8;
    if (mostlyUtf8(bytes)) throw damaged(file, 'UTF-8');
  }
  const text = decodeUtf16(bytes) ?? decodeLegacy(bytes);
  if (text !== null) return text;
  throw new UnreadableFile(
    file,
    bytes.includes(0)
      ? 'it is a binary file, not text'
      : 'its encoding could not be recognised; save it as UTF-8',
  );
}

function damaged(file: string, encoding: string): UnreadableFile {
  return new UnreadableFile(
    file,
    `it starts as ${encoding} but is damaged further on; save it as UTF-8`,
  );
}

/** What windows-1252 has where Latin-1 has control characters, 0x80 to 0x9F. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (encoding !== 'windows-1252') return text;
    // Node since 20.18.3 decodes windows-1252 as Latin-1 (nodejs/node#56542).
    return text.replaceAll(/[\u0080-\u009F]/g, (control) =>
      WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80),
    );
  } catch {
    return null;
  }
}

/** True for UTF-8 with a few broken bytes, which other decoders would turn into nonsense. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const sample = new TextDecoder('utf-8').decode(bytes.subarray(0, SAMPLE_BYTES));
  const broken = sample.split('\uFFFD').length - 1;
  const intact = sample.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0;
  return intact > 0 && broken * 10 <= intact;
}

/** UTF-16 without a mark: decodes without fault, has hardly any control characters, and reads plausibly. */
function decodeUtf16(bytes: Uint8Array): string | null {
  if (bytes.length % 2 !== 0) return null;
  const candidates = ['utf-16le', 'utf-16be']
    .map((encoding) => tryDecode(bytes, encoding))
    .filter((text) => text !== null)
    .filter((text) => !looksBinary(text))
    .map((text) => ({ text, score: plausibility(text, 'utf-16') }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score);
  return candidates[0]?.text ?? null;
}

/** The legacy decoding that reads most plausibly; chardet's verdict decides between near equals. */
function decodeLegacy(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const verdicts = analyse(sample);
  const candidates = LEGACY_ENCODINGS.flatMap((encoding) => {
    const text = tryDecode(bytes, encoding);
    if (text === null || looksBinary(text)) return [];
    const names = CHARDET_NAMES[encoding];
    const confidence = verdicts.find(({ name }) => names.includes(name))?.confidence ?? 0;
    const score = plausibility(text.slice(0, SAMPLE_BYTES), encoding);
    return [{ text, score, total: score + confidence / 1000 }];
  }).sort((a, b) => b.total - a.total);
  const best = candidates[0];
  return best !== undefined && best.score >= LEAST_PLAUSIBLE ? best.text : null;
}

/** Share, 0…1, of the characters that one expects in a text of that encoding. */
function plausibility(text: string, encoding: LegacyEncoding | 'utf-16'): number {
  let expected = 0;
  let counted = 0;
  for (const character of text) {
    const ascii = character <= '\u007F';
    if (ascii && encoding !== 'utf-16') continue;
    counted += 1;
    if (ascii || isExpected(character, encoding)) expected += 1;
  }
  if (counted === 0) return 0;
  // A western text has a few accents and curly quotes; one that is full of them is something else.
  if (encoding === 'windows-1252' && counted > text.length / 8) return 0;
  return expected / counted;
}

function isExpected(character: string, encoding: LegacyEncoding | 'utf-16'): boolean {
  if (encoding === 'windows-1252') return /[\p{Letter}“”‘’–—…€£©®°·]/u.test(character);
  if (COMMON_HAN.has(character) || /[、-】！-／：-？“”‘’…—·]/u.test(character)) return true;
  if (encoding === 'euc-kr') return /[가-힣]/u.test(character);
  if (encoding === 'shift_jis') return /[ぁ-んァ-ヶー]/u.test(character);
  return encoding === 'utf-16' && /[ぁ-んァ-ヶ가-힣]/u.test(character);
}

/** Control characters that text files have: tab, line ends, page break, escape. */
const LAYOUT_CONTROLS = new Set('\t\n\v\f\r\u001B\u0085');

/** True where a NUL stands, or other control characters are more than a stray one in two hundred. */
function looksBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  const controls = (text.match(/\p{Cc}/gu) ?? []).filter(
    (control) => !LAYOUT_CONTROLS.has(control),
  ).length;
  return controls * 200 > text.length;
}
