/** Words with their parts of speech and how telling they are: what alignment and answer types look at. */
import { idf } from '@node-rs/jieba/dict.js';
import { foldWithOffsets } from '../text/fold.ts';
import { WordList } from '../text/word-list.ts';
import { piecesOf, tagOf } from '../text/words.ts';
import { SURNAMES } from './surnames.ts';
import { isOrdinaryWord } from '../text/english-words.ts';

export interface Word {
  readonly text: string;
  /** `[start, end)` in the folded text. */
  readonly start: number;
  readonly end: number;
  /** Part of speech in ICTCLAS letters, as jieba gives it: n, nr (person), ns (place), nt, v, m (number), q, t … */
  readonly tag: string;
  /** How telling the word is, 0…1: its inverse document frequency in general Chinese text; 0 for stop words. */
  readonly weight: number;
}

/** A text with its folded form and words. */
export interface Analysed {
  readonly raw: string;
  readonly folded: string;
  /** Folded index → raw index; one entry more than `folded` has units. */
  readonly offsets: readonly number[];
  readonly words: readonly Word[];
}

/** The weight of a word that the frequency list does not know: names and terms, mostly. */
const UNKNOWN_WEIGHT = 0.85;
/** The weight of an ordinary English word. */
const ENGLISH_WEIGHT = 0.5;
/** The rarest words of jieba's list have an idf of 13.9. */
const HIGHEST_IDF = 13.9;

const FUNCTION_TAGS = /^(?:uj|ul|ud|uv|uz|ug|u|p|c|r|y|e|o|k|d)$/;
const STOP_WORDS = new Set(
  (
    'a an the is are was were be been being am do does did done has have had of in on at to for from by with as ' +
    'and or not it its this that these those which what who whom whose when where why how many much long far old ' +
    'there their they he she his her him them you your i we our us can could will would shall should may might ' +
    'must about into than then so if but also any some such s t ' +
    '是 有 在 的 了 和 与 或 及 等 被 把 将 对 从 向 到 于 以 为 让 使 由 这 那 其 该 会 能 可 可以 要 应 应该 ' +
    '需要 就 也 都 还 又 很 最 更 请 请问 一个 一种 这个 那个 我 你 他 她 它 们 我们 你们 他们 进行 属于 成为 作为 ' +
    '什么 多少 哪些 哪 哪里 哪个 怎么 怎样 如何 为什么 谁 何 几 多久 何时 何地 吗 呢 吧 啊 之 所 个 种 时 时候 中 上 下 里 后 前'
  ).split(' '),
);

/** What jieba's guess at an unknown word often swallows from what follows: 罗俊于, 罗俊说. */
const SWALLOWED = /^(\p{Script=Han}{2,})([于说在称和等是为将对向把被与及曾用从让给带写任])$/u;

/** A word wherever it stands. */
type Known = Pick<Word, 'text' | 'tag' | 'weight'>;

/** What was worked out for the pieces met last; null for those without letters and digits. */
const remembered = new Map<string, Known | null>();
/** Some 10 MB. */
const MOST_REMEMBERED = 50_000;

/**
 * Folds a text; it is cut into words when somebody wants them, which takes most of the time. The
 * dictionaries are read at the first call (a tenth of a second).
 */
export function analyse(raw: string): Analysed {
  const { text: folded, offsets } = foldWithOffsets(raw);
  let words: Word[] | null = null;
  return {
    raw,
    folded,
    offsets,
    get words() {
      return (words ??= wordsOf(folded));
    },
  };
}

/** Reads the dictionaries, so that the first question does not wait for them. */
export function readDictionaries(): void {
  analyse('原文').words.forEach(({ text }) => idfOf(text));
}

function wordsOf(folded: string): Word[] {
  const words: Word[] = [];
  let start = 0;
  for (const piece of piecesOf(folded)) {
    const known = knownOf(piece);
    if (known !== null) {
      const { text, tag, weight } = known;
      words.push({ text, tag, weight, start, end: start + text.length });
    }
    start += piece.length;
  }
  return words;
}

function knownOf(piece: string): Known | null {
  let known = remembered.get(piece);
  if (known === undefined) {
    if (remembered.size === MOST_REMEMBERED) remembered.clear();
    known = workOut(piece);
    remembered.set(piece, known);
  }
  return known;
}

function workOut(piece: string): Known | null {
  const guess = tagOf(piece);
  const text = guess === 'x' ? (SWALLOWED.exec(piece)?.[1] ?? piece) : piece;
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const isName =
    guess === 'x' && /^\p{Script=Han}{2,3}$/u.test(text) && SURNAMES.includes(text.charAt(0));
  const tag = isName ? 'nr' : guess;
  return { text, tag, weight: weightOf(text, tag) };
}

function weightOf(word: string, tag: string): number {
  if (STOP_WORDS.has(word)) return 0;
  const known = idfOf(word);
  if (FUNCTION_TAGS.test(tag)) return known === undefined ? 0 : 0.3 * known;
  if (known !== undefined) return /^(?:nr|ns|nt|nz)/.test(tag) ? Math.max(known, 0.5) : known;
  if (/^[a-z]+$/.test(word) && isOrdinaryWord(word)) return ENGLISH_WEIGHT;
  const isShort = word.length === 1 && !/\d/.test(word);
  return isShort ? 0.3 : UNKNOWN_WEIGHT;
}

let frequencies: WordList | undefined;

function idfOf(word: string): number | undefined {
  frequencies ??= new WordList(idf);
  const known = frequencies.get(word);
  return known === undefined ? undefined : Math.min(1, Number(known) / HIGHEST_IDF);
}
