import { fold } from './fold.ts';
import { DIGIT, HAN, LETTER, OTHER, scriptOf, SYLLABLE } from './scripts.ts';

/**
 * Stand-ins for `.` and `%` within a number, so that it stays one token: letters to SQLite's
 * unicode61 tokenizer, and used by no language in such a place.
 */
const POINT = 'ˑ';
const PERCENT = 'ᵖ';

/**
 * Tokens for the full-text index, of articles and questions alike: Chinese characters and pairs of
 * neighbouring ones, pairs of syllables (kana, Hangul), words of other scripts without plural and
 * possessive endings, whole numbers (`1,234.5` is `1234ˑ5`). Joined by blanks they pass through FTS5's
 * unicode61 unchanged.
 */
export function indexTokens(text: string): string[] {
  return foldedTokens(fold(text));
}

/** `indexTokens` of text that is already folded. */
export function foldedTokens(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length;) {
    const script = scriptOf(text.charCodeAt(at));
    if (script === OTHER) at++;
    else if (script === HAN || script === SYLLABLE) at = pushCharacters(text, at, tokens);
    else at = pushWord(text, at, tokens);
  }
  return tokens;
}

/** A run of characters that stand side by side: each one, and each pair. */
function pushCharacters(text: string, start: number, tokens: string[]): number {
  let previous = '';
  let at = start;
  while (at < text.length) {
    const script = scriptOf(text.charCodeAt(at));
    if (script !== HAN && script !== SYLLABLE) break;
    const end = at + (isHighSurrogate(text.charCodeAt(at)) ? 2 : 1);
    const character = text.slice(at, end);
    if (previous !== '') tokens.push(previous + character);
    if (script === HAN || isAlone(text, start, end)) tokens.push(character);
    previous = character;
    at = end;
  }
  return at;
}

function isAlone(text: string, start: number, end: number): boolean {
  if (end - start > 1) return false;
  const next = scriptOf(text.charCodeAt(end));
  return end >= text.length || (next !== HAN && next !== SYLLABLE);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

const number = /\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)*%?/y;

/** A run of letters and digits: a number, a word, or a name such as `iphone6s`. */
function pushWord(text: string, start: number, tokens: string[]): number {
  let end = start;
  let letters = 0;
  for (; end < text.length; end++) {
    const script = scriptOf(text.charCodeAt(end));
    if (script === LETTER) letters++;
    else if (script !== DIGIT) break;
  }
  if (letters > 0) return pushLetters(text, start, end, tokens);
  number.lastIndex = start;
  const matched = number.exec(text)?.[0] ?? text.slice(start, end);
  const value = matched.replaceAll(',', '').replace('%', '').replaceAll('.', POINT);
  tokens.push(value);
  if (matched.endsWith('%')) tokens.push(value + PERCENT);
  return start + matched.length;
}

const partsOfName = /\d+|\D{2,}/g;

function pushLetters(text: string, start: number, end: number, tokens: string[]): number {
  const word = text.slice(start, end);
  const parts = word.match(partsOfName) ?? [];
  if (parts.length > 1) tokens.push(word, ...parts);
  else tokens.push(stem(word));
  const isPossessive = text.startsWith("'s", end) && scriptOf(text.charCodeAt(end + 2)) !== LETTER;
  return isPossessive ? end + 2 : end;
}

/** Harman's S-stemmer: takes plural endings off English words, and nothing else. */
function stem(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (word.endsWith('ies')) return /[ae]ies$/.test(word) ? word : `${word.slice(0, -3)}y`;
  if (word.endsWith('es')) return /[aeo]es$/.test(word) ? word : word.slice(0, -1);
  return /[us]s$/.test(word) ? word : word.slice(0, -1);
}
