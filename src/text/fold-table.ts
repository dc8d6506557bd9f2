/**
 * What each character folds to, worked out once: width and compatibility forms (NFKC), lower case,
 * European letters without diacritics, Traditional → Simplified, one form for each kind of punctuation.
 */
import traditionalPairs from 'opencc-js/dict/TSCharacters';

/** In the table, instead of a folded code unit: look the character up in `foldedString`. */
export const SEVERAL = 0xffff;
/** White space: runs of it are folded together. */
export const SPACE = 0xfffe;
/** A mark that joins the character before it (diacritics, voiced kana, Hangul vowels and finals). */
export const JOINS = 0xfffd;

const simplified = new Map<string, string>(
  traditionalPairs.split('|').map((pair) => {
    const [traditional = '', usual = traditional] = pair.split(' ');
    return [traditional, usual];
  }),
);

const punctuation = new Map<string, string>();
for (const [to, all] of [
  ['"', '“”„‟«»「」『』〝〞〟﹁﹂﹃﹄'],
  ["'", '‘’‚‛′`´'],
  ['-', '‐‑‒–—―−─━'],
  ['·', '•‧∙・･⋅'],
  ['~', '〜∼'],
  ['<', '‹〈'],
  ['>', '›〉'],
  ['[', '【〔〖'],
  [']', '】〕〗'],
] as const) {
  for (const from of all) punctuation.set(from, to);
}

const ignorable = /^[\p{Cf}\u{fe00}-\u{fe0f}]+$/u;
const whiteSpace = /^\s$/u;
const joining = /^[\u0300-\u036f\u3099\u309a\uff9e\uff9f\u1161-\u11ff]$/u;
const european = /\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}/u;

function foldCharacter(character: string): string {
  if (ignorable.test(character)) return '';
  let folded = character.normalize('NFKC').toLowerCase();
  if (european.test(folded)) folded = withoutDiacritics(folded);
  let out = '';
  for (const part of folded) {
    const unified = punctuation.get(part) ?? part;
    const simple = simplified.get(unified) ?? unified;
    out += simplified.get(simple) ?? simple;
  }
  return out;
}

function withoutDiacritics(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ς', 'σ');
}

const several = new Map<number, string>();

/** What a character folds to where the table says `SEVERAL`; also for characters beyond U+FFFF. */
export function foldedString(codePoint: number): string {
  let folded = several.get(codePoint);
  if (folded === undefined) {
    folded = foldCharacter(String.fromCodePoint(codePoint));
    several.set(codePoint, folded);
  }
  return folded;
}

function isUnchanged(unit: number): boolean {
  // Hangul syllables, surrogates and private use; checking them one by one would cost the start.
  return unit >= 0xac00 && unit <= 0xf8ff;
}

function buildTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    table[unit] = isUnchanged(unit) ? unit : entry(unit);
  }
  return table;
}

function entry(unit: number): number {
  const character = String.fromCharCode(unit);
  const isHan = unit >= 0x4e00 && unit <= 0x9fff;
  if (isHan && !simplified.has(character)) return unit;
  if (unit >= SPACE - 1) return SEVERAL;
  if (whiteSpace.test(character)) return SPACE;
  if (joining.test(character)) return JOINS;
  const folded = foldCharacter(character);
  if (folded.length === 1 && folded !== ' ') return folded.charCodeAt(0);
  several.set(unit, folded);
  return SEVERAL;
}

/** Indexed by UTF-16 code unit: a folded code unit, or one of the constants above. */
export const foldTable = buildTable();
