/** What an earlier question was about, so that a later one can leave it out. Pure. */
import type { Turn } from '../types.ts';
import { align } from './alignment.ts';
import { understandQuestion } from './question.ts';
import type { Question } from './question.ts';
import { analyse } from './words.ts';
import type { Word } from './words.ts';

/** Names in quotation marks or title marks are what a question is about. */
const MARKED = /《[^》]{1,40}》|[“「『"][^”」』"]{2,30}[”」』"]/u;
/** Time and circumstance before the subject. */
const CIRCUMSTANCE = /^(?:请问|請問|那么|那|在|根据|根據|据|關於|关于)+/u;
const LONGEST_TOPIC = 24;

/**
 * The thing that a question asks about: 天琴一号 of 天琴一号的核心任务是什么, 望屿岛的制茶厂 of
 * 望屿岛的制茶厂预算是多少. Given as it is written there; empty when there is none.
 */
export function topicOf(text: string): string {
  const marked = MARKED.exec(text)?.[0];
  if (marked !== undefined) return marked;
  return /\p{Script=Han}/u.test(text) ? chineseTopic(understandQuestion(text)) : englishTopic(text);
}

/** 罗俊 when 谁提出了天琴计划 was answered by 由院士罗俊提出; null when the answer names nobody. */
export function personOf({ resolved, quote }: Turn): string | null {
  const question = understandQuestion(resolved);
  const answer = analyse(quote);
  const { best } = align({ ...question, asksFor: 'person' }, answer);
  const isNamed = best !== null && best.fit === 1;
  const topic = topicOf(resolved);
  const topicIsPerson = analyse(topic).words.some(({ tag }) => tag.startsWith('nr'));
  if (topicIsPerson && question.asksFor !== 'person') return topic;
  if (isNamed) return written(answer, best.start, best.end);
  return question.asksFor === 'person' || topicIsPerson ? topic : null;
}

/** Words that end no noun phrase: verbs, adverbs, prepositions, numbers, times. */
const NOT_NOMINAL = /^(?:v$|vd|vi|vg|d|p|c|u|m|t|r|y|zg|f)/;

/** What stands before the question word, without verbs and adverbs at its end. */
function chineseTopic(question: Question): string {
  const { raw, offsets, slot, words } = question;
  const before = words.filter(({ end }) => end <= slot[0]);
  const last = before.findLast(({ tag, text }) => !NOT_NOMINAL.test(tag) || text.endsWith('号'));
  if (last === undefined) return firstNoun(question, slot[1]);
  const phrase = raw.slice(0, offsets[last.end]).replace(CIRCUMSTANCE, '').trim();
  const subject = withoutAttribute(phrase, last, question);
  const isPhrase =
    subject.length >= 2 && subject.length <= LONGEST_TOPIC && !/[,，。]/u.test(subject);
  return isPhrase ? subject : firstNoun(question, 0);
}

/** 天琴一号的核心任务 + 是什么: what is asked for is a side of the topic, and the topic is what it belongs to. */
function withoutAttribute(
  subject: string,
  last: Word,
  { raw, folded, offsets, slot }: Question,
): string {
  const copula = folded.slice(last.end, slot[0]) + folded.slice(slot[0], slot[0] + 2);
  const isAskedFor =
    /^\s*(?:是|为|达|约|有多)/.test(copula) && /^[的?。\s]*$/.test(folded.slice(slot[1]));
  const attribute = raw.slice(offsets[last.start], offsets[last.end]);
  // 岛 of 望屿岛有多大 belongs to the name.
  if (!isAskedFor || attribute.length < 2 || !subject.endsWith(attribute)) return subject;
  const owner = subject.slice(0, -attribute.length).replace(/(?<=.)的\p{Script=Han}{0,2}$/u, '');
  return owner.length >= 2 ? owner : subject;
}

/** The first run of nouns from a place on, for questions that begin with their question word. */
function firstNoun({ words, folded, ...question }: Question, from: number): string {
  const isNoun = ({ tag, weight }: Word): boolean =>
    /^(?:n|x|eng|vn|j|l|i|b|m)/.test(tag) && weight > 0;
  const first = words.findIndex((word) => word.start >= from && isNoun(word) && word.tag !== 'm');
  const start = words[first]?.start;
  if (start === undefined) return '';
  let end = words[first]?.end ?? start;
  for (const word of words.slice(first + 1)) {
    if (!isNoun(word) || folded.slice(end, word.start).trim() !== '') break;
    end = word.end;
  }
  return end - start <= LONGEST_TOPIC ? written(question, start, end) : '';
}

const ENGLISH_OPENING =
  /^(?:and |but |so )?(?:(?:in |on |at |by |for )?(?:when|where|why|who|whom|what|which|how(?: (?:many|much|long|far|old|big|tall))?)\b)?\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)?\s+/i;

/** The noun phrase after the question's opening: up to its last name, or the words after its article. */
function englishTopic(text: string): string {
  const body = text.replace(/[?.!\s]+$/, '');
  const thing = /^(?:which|what) ([a-z-]+) /i.exec(body)?.[1];
  if (thing !== undefined && !/^(?:is|are|was|were|do|does|did|has|have|can|will)$/i.test(thing))
    return `the ${thing}`;
  const rest = body
    .replace(/^who (?!is |was |are |were )[a-z]+ /i, '')
    .replace(ENGLISH_OPENING, '');
  const toName =
    /^(?:[a-z-]+ ){0,5}?[A-Z][\w-]*(?: (?:(?:of|the|and|for|in|to) )*[A-Z\d][\w-]*)*/.exec(
      rest,
    )?.[0];
  if (toName !== undefined) return toName;
  return /^(?:the|an?|its|their) (?:[\w-]+ ?){1,3}/i.exec(rest)?.[0].trim() ?? '';
}

/** Folded range → the words as they are written. */
function written(
  { raw, offsets }: Pick<Question, 'raw' | 'offsets'>,
  start: number,
  end: number,
): string {
  return raw.slice(offsets[start] ?? 0, offsets[end] ?? raw.length).trim();
}
