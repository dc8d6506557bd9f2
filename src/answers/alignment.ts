/** Question and sentence laid side by side: which words are there, in which order, how close to what could be the answer. */
import { candidatesOf } from './evidence.ts';
import type { Candidate } from './evidence.ts';
import type { Question } from './question.ts';
import type { Analysed, Word } from './words.ts';

/** A question word found in a sentence. */
interface Occurrence {
  /** Index into the question's content words. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Word weight × how exactly it matches. */
  readonly gain: number;
}

export interface Alignment {
  /** How much of each content word of the question is in the sentence, 0…1. */
  readonly found: readonly number[];
  readonly candidates: readonly Candidate[];
  /** The candidate that the question's words stand closest to; null when there is none. */
  readonly best: Candidate | null;
  /** Weight of the question's words around the best candidate, fading with distance, as a share of all, × its fit. */
  readonly proximity: number;
  /** Best chain of question words in the question's own order, with the answer in place of the question word; share of a perfect one. */
  readonly chain: number;
}

/** Characters at which a word's support for a candidate has fallen to a third. */
const REACH = 16;
/** What a candidate in the place of the question word is worth, in word weights. */
const SLOT_WEIGHT = 0.6;
/** Cost of a character that stands between two words of a chain. */
const GAP_COST = 0.012;
const LONGEST_GAP_COST = 0.5;

export function align(question: Question, sentence: Analysed): Alignment {
  const occurrences = occurrencesOf(question.content, sentence.folded);
  const found = question.content.map((word, index) =>
    Math.max(
      0,
      ...occurrences.filter((at) => at.index === index).map((at) => at.gain / word.weight),
    ),
  );
  const candidates = candidatesOf(question, sentence);
  const total = weightOf(question.content);
  const near = candidates.map((candidate) => support(candidate, occurrences) * candidate.fit);
  const proximity = Math.max(0, ...near);
  const best = candidates[near.indexOf(proximity)] ?? null;
  return {
    found,
    candidates,
    best,
    proximity: total === 0 ? 0 : proximity / total,
    chain: chainShare(question, occurrences, candidates),
  };
}

function weightOf(words: readonly Word[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}

/** Where each word stands in a folded text; parts of words that are not there count for less. */
function occurrencesOf(content: readonly Word[], folded: string): Occurrence[] {
  return content.flatMap((word, index) => {
    const whole = placesOf(word.text, folded);
    if (whole.length > 0)
      return whole.map((start) => occurrence(index, word, start, word.text.length, 1));
    const part = longestPart(word.text, folded);
    if (part === '') return [];
    const exactness = 0.6 * (part.length / word.text.length);
    return placesOf(part, folded).map((start) =>
      occurrence(index, word, start, part.length, exactness),
    );
  });
}

function occurrence(
  index: number,
  word: Word,
  start: number,
  length: number,
  exactness: number,
): Occurrence {
  return { index, start, end: start + length, gain: word.weight * exactness };
}

function placesOf(needle: string, folded: string): number[] {
  const places: number[] = [];
  const isLatin = /^[a-z]/.test(needle);
  for (
    let at = folded.indexOf(needle);
    at >= 0 && places.length < 8;
    at = folded.indexOf(needle, at + 1)
  ) {
    if (isLatin && /[a-z]/.test(folded.charAt(at - 1))) continue;
    places.push(at);
  }
  return places;
}

/** The longest piece of a word that the text has: two characters of three, one of two, a stem of a Latin word. */
function longestPart(word: string, folded: string): string {
  if (/^[\d.]+$/.test(word)) return '';
  const isLatin = /^[a-z]/.test(word);
  const shortest = isLatin ? Math.max(4, Math.ceil(word.length * 0.7)) : Math.ceil(word.length / 2);
  for (let length = word.length - 1; length >= shortest; length -= 1) {
    const last = isLatin ? 0 : word.length - length;
    for (let from = 0; from <= last; from += 1) {
      const part = word.slice(from, from + length);
      if (folded.includes(part)) return part;
    }
  }
  return '';
}

/** Weight of the question's words around a candidate, each counted once, fading with distance. */
function support(candidate: Candidate, occurrences: readonly Occurrence[]): number {
  const closest = new Map<number, number>();
  for (const { index, start, end, gain } of occurrences) {
    const distance = Math.max(0, start - candidate.end, candidate.start - end);
    const worth = gain * Math.exp(-distance / REACH);
    closest.set(index, Math.max(worth, closest.get(index) ?? 0));
  }
  let sum = 0;
  for (const worth of closest.values()) sum += worth;
  return sum;
}

interface Link {
  readonly order: number;
  readonly start: number;
  readonly end: number;
  readonly gain: number;
}

function chainShare(
  question: Question,
  occurrences: readonly Occurrence[],
  candidates: readonly Candidate[],
): number {
  const { content, slot } = question;
  const links: Link[] = occurrences.map((at) => ({ ...at, order: content[at.index]?.start ?? 0 }));
  const hasSlot = slot[1] > slot[0];
  if (hasSlot) {
    for (const { start, end, fit } of candidates)
      links.push({ order: slot[0], start, end, gain: fit * SLOT_WEIGHT });
  }
  const total = weightOf(content) + (hasSlot ? SLOT_WEIGHT : 0);
  return total === 0 ? 0 : Math.min(1, bestChain(links) / total);
}

/** Links in ascending place and order with the greatest gain, less what stands between them. */
function bestChain(unsorted: readonly Link[]): number {
  const links = [...unsorted].sort((a, b) => a.start - b.start);
  const best: number[] = [];
  links.forEach((link, index) => {
    let reach = link.gain;
    for (let before = 0; before < index; before += 1) {
      const previous = links[before];
      if (previous === undefined || previous.order >= link.order || previous.end > link.start)
        continue;
      const gap = Math.min(LONGEST_GAP_COST, GAP_COST * (link.start - previous.end));
      reach = Math.max(reach, (best[before] ?? 0) - gap + link.gain);
    }
    best.push(reach);
  });
  return Math.max(0, ...best);
}
