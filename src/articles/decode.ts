import { analyse } from 'chardet';
import { UnreadableFile } from './unreadable.ts';

/** Largest file that is read when the caller names no limit: a year of a newspaper's pages as text. */
const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/**
 * What is tried on bytes that are neither marked nor UTF-8, by the labels of `TextDecoder`, and the
 * names that chardet gives to the same encodings.
 */
const CANDIDATES: readonly { readonly encoding: string; readonly chardet: readonly string[] }[] = [
  { encoding: 'gb18030', chardet: ['GB18030'] },
  { encoding: 'big5', chardet: ['Big5'] },
  { encoding: 'shift_jis', chardet: ['Shift_JIS'] },
  { encoding: 'euc-kr', chardet: ['EUC-KR'] },
  { encoding: 'windows-1252', chardet: ['windows-1252', 'ISO-8859-1'] },
  { encoding: 'utf-16le', chardet: [] },
  { encoding: 'utf-16be', chardet: [] },
];

/** How much of the start of a file is looked at to tell encodings apart, in bytes. */
const SAMPLE_BYTES = 64 * 1024;

/** Share of common characters below which a decoding is held to be wrong: prose has half, mojibake a twentieth. */
const LEAST_PLAUSIBLE = 0.2;

/** The commonest characters of running Chinese, Simplified and Traditional, and Korean. Mojibake is made of rare ones. */
const COMMON = new Set(
  '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市六九七八区会议员报记讯社京广州党委省县城路' +
    '這來國個說們為時後會著過學對裡麼樣現將實經頭動兩長無開還發種聲話見問機給業間點電門東關產萬區議員報記訊廣黨縣與從當氣總應該體變車書讓場處義資訊條係達線團選舉辦運價錢' +
    '이다는을의가에고하지로기한어사자시대나리도은인정해서라를일수있그들과스아부전보여구상제만주게장으동성원조문년관람들것안했습니까',
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
  const text = mostPlausible(bytes);
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

/** The decoding that reads most like writing; chardet's verdict decides between near equals. */
function mostPlausible(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const verdicts = analyse(sample);
  // Only UTF-16 has zeros in its text, and has them in every line end and space.
  const wide = bytes.includes(0);
  let best: { text: string | null; score: number } = { text: null, score: LEAST_PLAUSIBLE };
  for (const { encoding, chardet } of CANDIDATES) {
    if (wide && !encoding.startsWith('utf-16')) continue;
    const text = tryDecode(bytes, encoding);
    if (text === null || looksBinary(text)) continue;
    const confidence = verdicts.find(({ name }) => chardet.includes(name))?.confidence ?? 0;
    const western = encoding === 'windows-1252';
    const likeness = western ? westernPlausibility(text) : plausibility(text, wide);
    const score = likeness + confidence / 1000;
    if (score > best.score) best = { text, score };
  }
  return best.text;
}

/** Share, 0…1, of common characters among those that are not ASCII, or among all. */
function plausibility(text: string, countAscii: boolean): number {
  let common = 0;
  let counted = 0;
  for (const character of text.slice(0, SAMPLE_BYTES)) {
    const ascii = character <= '\u007F';
    if (ascii && !countAscii) continue;
    counted += 1;
    if (ascii || COMMON.has(character) || /[ぁ-んァ-ヶー、-】！-／：-？“”‘’…—·]/u.test(character))
      common += 1;
  }
  return counted === 0 ? 0 : common / counted;
}

/** A western text has a few accents and curly quotes; one that is full of them is something else. */
function westernPlausibility(text: string): number {
  const special = text.match(/\P{ASCII}/gu) ?? [];
  if (special.length > text.length / 5) return 0;
  const known = special.filter((character) => /[\p{Letter}“”‘’–—…€£©®°·]/u.test(character));
  return known.length / (special.length + 1);
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
