/** What an earlier question was about, so that a later one can leave it out. Pure. */
import type { Turn } from '../types.ts';
import { candidatesOf } from './evidence.ts';
import { understandQuestion } from './question.ts';
import type { Question } from './question.ts';
import { analyse } from './words.ts';
import type { Word } from './words.ts';

/** Names in quotation marks or title marks are what a question is about. */
const MARKED = /《[^》]{1,40}》|[“「『"][^”」』"]{2,30}[”」』"]/u;
/** Words that may be part of a noun phrase: nouns, names, numbers within names, adjectives before nouns. */
const NOMINAL = /^(?:n|m|x|eng|vn|an|a|b|j|l|i|s|f|t|q|z|h|g)/;
const LONGEST_TOPIC = 24;

/**
 * The thing that a question asks about: 天琴一号 of 天琴一号的核心任务是什么. Given as it is written there;
 * empty when there is none.
 */
export function topicOf(text: string): string {
  const marked = MARKED.exec(text)?.[0];
  if (marked !== undefined) return marked;
  const question = understandQuestion(text);
  return /\p{Script=Han}/u.test(text) ? chineseTopic(question) : englishTopic(question);
}

/** 罗俊 when 谁提出了天琴计划 was answered by 由院士罗俊提出; null when the answer names nobody. */
export function personOf({ resolved, quote }: Turn): string | null {
  const question = understandQuestion(resolved);
  const asked = { ...question, asksFor: 'person' as const };
  const answer = analyse(quote);
  const person = candidatesOf(asked, answer).find(({ fit }) => fit === 1);
  const topic = topicOf(resolved);
  const topicIsPerson = analyse(topic).words.some(({ tag }) => tag.startsWith('nr'));
  if (question.asksFor !== 'person' && topicIsPerson) return topic;
  if (person === undefined) return topicIsPerson ? topic : null;
  return written(answer, person.start, person.end);
}

function chineseTopic(question: Question): string {
  const first = phrases(question).find((phrase) => phrase.some(({ weight }) => weight > 0));
  if (first === undefined) return '';
  const start = first[0]?.start ?? 0;
  const end = first.at(-1)?.end ?? 0;
  return end - start <= LONGEST_TOPIC ? written(question, start, end) : '';
}

/** Runs of nominal words that are not part of the question word; 的 within a run ends it. */
function phrases({ words, slot, folded }: Question): Word[][] {
  const runs: Word[][] = [];
  let run: Word[] = [];
  let end = -1;
  for (const word of words) {
    const isSlot = word.start < slot[1] && word.end > slot[0];
    const touches = /^[\s·]*$/.test(folded.slice(end, word.start)) && end >= 0;
    if (isSlot || !isNominal(word) || !touches) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    if (!isSlot && isNominal(word)) run.push(word);
    end = word.end;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function isNominal({ tag, weight, text }: Word): boolean {
  return (
    NOMINAL.test(tag) &&
    (weight > 0 || /^[\d一二三四五六七八九十]/.test(text)) &&
    !/^预计|^目前|^现在/.test(text)
  );
}

/** The longest run of capitalised words, with the small words in it; else the words after the last article. */
function englishTopic(question: Question): string {
  const body = question.raw.replace(/[?.!\s]+$/, '').replace(/^\s*[A-Z][a-z]+['’]?s?\s/, '');
  const names = body.match(/[A-Z][\w-]*(?:\s(?:(?:of|the|and|for|in)\s)*[A-Z\d][\w-]*)*/g) ?? [];
  const longest = names.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return longest;
  const described = /\b(?:the|a|an|its|their)\s+((?:[\w-]+\s?){1,4})$/i.exec(body)?.[1];
  return described?.trim() ?? '';
}

/** Folded range → the words as they are written. */
function written(
  { raw, offsets }: Pick<Question, 'raw' | 'offsets'>,
  start: number,
  end: number,
): string {
  return raw.slice(offsets[start] ?? 0, offsets[end] ?? raw.length).trim();
}
