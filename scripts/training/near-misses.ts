/** Answerable questions → questions that the same articles do not answer, though they look as if they did. */
import { understandQuestion } from '../../src/answers/question.ts';
import { analyse } from '../../src/answers/words.ts';
import type { Word } from '../../src/answers/words.ts';

const NEGATIONS = ['不', '没有', '未'];

/** The question with a telling word replaced by another of its kind, mostly from the paragraph itself. */
export function swapped(
  question: string,
  paragraph: string,
  elsewhere: string,
  random: () => number,
): string | null {
  const { content, folded } = understandQuestion(question);
  const word = pick(
    content.filter(({ tag, weight }) => /^(?:n|v|m|t|eng)/.test(tag) && weight > 0.3),
    random,
  );
  if (word === undefined) return null;
  const source = random() < 0.7 ? paragraph : elsewhere;
  const isAlike = (other: Word): boolean =>
    other.tag.slice(0, 2) === word.tag.slice(0, 2) &&
    other.weight > 0.3 &&
    !folded.includes(other.text);
  const other = pick(analyse(source).words.filter(isAlike), random);
  return other === undefined
    ? null
    : folded.slice(0, word.start) + other.text + folded.slice(word.end);
}

/** The question with a 不 or 没有 before one of its verbs. */
export function negated(question: string, random: () => number): string | null {
  const { content, folded } = understandQuestion(question);
  const verb = pick(
    content.filter(({ tag, start }) => tag.startsWith('v') && start > 0),
    random,
  );
  const negation = pick(NEGATIONS, random);
  return verb === undefined || negation === undefined
    ? null
    : folded.slice(0, verb.start) + negation + folded.slice(verb.start);
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}
