/** What a code unit of folded text is, as far as cutting it into tokens is concerned. */
export const OTHER = 0;
/** Chinese characters, also of Japanese and Korean. */
export const HAN = 1;
/** Scripts written without spaces, or with long inflected words: kana, Hangul, Thai, Lao, Khmer, Burmese. */
export const SYLLABLE = 2;
/** Letters of scripts that put spaces between words. */
export const LETTER = 3;
export const DIGIT = 4;

const han = /^[\p{Script=Han}]$/u;
const syllable =
  /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]$/u;
const letterOrNumber = /^[\p{L}\p{N}]$/u;
const UNKNOWN = 255;

const known = new Uint8Array(0x10000).fill(UNKNOWN);
known.fill(HAN, 0x4e00, 0xa000);
known.fill(HAN, 0xd800, 0xe000);

/**
 * The script of a UTF-16 code unit. Both halves of a surrogate pair count as Chinese: what folded
 * text has beyond U+FFFF are rare Chinese characters (and emoji, which do no harm as tokens).
 */
export function scriptOf(unit: number): number {
  const script = known[unit];
  if (script !== undefined && script !== UNKNOWN) return script;
  const worked = workOut(String.fromCharCode(unit));
  known[unit] = worked;
  return worked;
}

function workOut(character: string): number {
  if (/^\d$/.test(character)) return DIGIT;
  if (!letterOrNumber.test(character)) return OTHER;
  if (han.test(character)) return HAN;
  return syllable.test(character) ? SYLLABLE : LETTER;
}

/** Chinese characters and kana, between which a line break means nothing; also full-width punctuation. */
export function isIdeographic(unit: number): boolean {
  if (unit >= 0x3001 && unit <= 0x30ff) return true;
  return scriptOf(unit) === HAN;
}
