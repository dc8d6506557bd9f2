/** Fills in what a follow-up question leaves out, from the turns before it. Pure. */
import type { Turn } from '../types.ts';
import { understandQuestion } from './question.ts';
import type { Question } from './question.ts';
import { personOf, topicOf } from './topic.ts';
import type { Word } from './words.ts';

const THING =
  /它们?的?|牠|(?:这|那|這)(?:个|個|件|项|項|座|家|次|部|份)?(?:东西|事情|事)?(?=的|是|在|有|什|为|怎|何|会|能|要|$|[,，?？])|^其(?!他|它|中|余|实)/u;
const PERSON = /他(?!们|国|人|乡)|她(?!们)|此人|这个?人|那个?人|這個人/u;
const THIS_KIND =
  /(?:该|該|这[个项座家次部份篇种条]|那[个项座家次部份篇种条]|這[個項座家次部份篇種條]|此)(?<kind>\p{Script=Han}{1,6}?)(?=的|是|在|有|什|为|為|怎|何|会|會|能|要|由|预|預|将|將|哪|多|几|谁|誰|[,，?？]|$)/u;
const WHAT_ABOUT =
  /^(?:那么?|那麼|然后|那)?[,，\s]*(?<what>[^?？,，]{1,20}?)(?:呢|怎么样|怎麼樣)[?？\s]*$/u;
const BARE =
  /^[\s那]*(?:(?:是|又|还|都)?(?:为什么|為什麼|为何|怎么回事|怎么|如何|什么时候|什麼時候|何时|在哪里?|在哪儿|在哪裡|哪里|哪一?[天年个]|多少|几个?|谁|誰|多久|多长时间|有哪些|哪些|是什么))/u;

const ENGLISH_THING =
  /\b(?:it|this|that|they|them|these|those)\b(?!\s+(?:is|was|are|were)\s+(?:true|possible))/i;
const ENGLISH_OWNED = /\b(?:its|their)\b/i;
const ENGLISH_PERSON = /\b(?:he|she|him)\b/i;
const ENGLISH_HIS = /\b(?:his|her)\b/i;
const ENGLISH_WHAT_ABOUT = /^(?:and |but |so )?(?:what|how) about (?<what>[^?]{1,40})\??$/i;
const ENGLISH_BARE =
  /^(?:and |but |so )?(?:when|where|why|who|how|how many|how much|which ones?|since when|by whom)\s*(?:exactly)?\??$/i;

/**
 * The question with its pronoun replaced, its subject added, or the earlier question with 那…呢 put in.
 * A question that stands alone comes back as it is.
 * @param turns - oldest first; only the last one that was about something is used
 */
export function resolveFollowUp(question: string, turns: readonly Turn[]): string {
  const text = question.trim();
  const last = turns.findLast(({ resolved }) => topicOf(resolved) !== '');
  if (last === undefined || text === '') return question;
  const resolved = /\p{Script=Han}/u.test(text) ? chinese(text, last) : english(text, last);
  return resolved ?? question;
}

function chinese(text: string, last: Turn): string | null {
  const topic = topicOf(last.resolved);
  const about = WHAT_ABOUT.exec(text)?.groups?.['what'];
  if (about !== undefined && !BARE.test(text)) return whatAbout(about, last, topic);

  const kind = THIS_KIND.exec(text);
  if (kind !== null)
    return text.replace(THIS_KIND, () => ofKind(kind.groups?.['kind'] ?? '', last, topic));
  if (PERSON.test(text)) return text.replace(PERSON, () => personOf(last) ?? topic);
  if (THING.test(text))
    return text.replace(THING, (found) => topic + (found.endsWith('的') ? '的' : ''));
  return lacksSubject(text) ? withSubject(text, last, topic) : null;
}

/** 该计划 → the name that ends in 计划, of the last question or answer; else the topic. */
function ofKind(kind: string, last: Turn, topic: string): string {
  const bare = topic.replaceAll(/[《》“”「」『』"]/gu, '');
  if (bare.endsWith(kind)) return topic;
  const named = new RegExp(`《[^》]{1,40}${kind}》|[“「][^”」]{1,20}${kind}[”」]`, 'u');
  return named.exec(last.resolved)?.[0] ?? named.exec(last.quote)?.[0] ?? `${topic}${kind}`;
}

/** 那深圳呢: 深圳 takes the place of the word of its kind in the last question; 那重量呢 asks for another side of the topic. */
function whatAbout(what: string, last: Turn, topic: string): string {
  const before = understandQuestion(last.resolved);
  const { words } = understandQuestion(what);
  const tag = words.at(-1)?.tag ?? '';
  const same = /^(?:n[rstz]|t|m|j)/.test(tag)
    ? before.content.find((word) => word.tag.slice(0, 2) === tag.slice(0, 2))
    : undefined;
  if (same !== undefined) return replaced(before, same, what);
  if (before.focus !== null && before.raw.startsWith(`${topic}的`)) {
    return `${topic}的${what}${before.raw.slice(before.offsets[before.focus.end])}`;
  }
  return topic === '' || what.includes(topic) ? what : `${topic}的${what}`;
}

function withSubject(text: string, last: Turn, topic: string): string {
  const bare = text.replace(/^[\s那又还]+/u, '').replace(/[?？。\s]+$/u, '');
  const before = understandQuestion(last.resolved);
  const { slot, raw, offsets } = before;
  if (/^(?:为什么|為什麼|为何)(?:呢)?$/u.test(bare) && slot[1] > slot[0]) {
    return `${raw.slice(0, offsets[slot[0]])}为什么${raw.slice(offsets[slot[1]])}`;
  }
  return `${topic}${text.replace(/^那/u, '')}`;
}

/** Nothing is named before the question word, and no name anywhere: 什么时候建成, 由谁提出的, 建成后有什么用. */
function lacksSubject(text: string): boolean {
  const question = understandQuestion(text);
  if (question.asksFor === null) return false;
  const isName = ({ tag }: Word): boolean => /^(?:nr|ns|nt|nz|eng|x)/.test(tag);
  if (question.content.some(isName) || /[《“「]/u.test(text)) return false;
  const before = question.words.filter(({ end }) => end <= question.slot[0]);
  const namesSubject = before.some(
    ({ tag, weight }) => /^(?:n|vn|j|l|i|s)/.test(tag) && weight > 0,
  );
  if (namesSubject) return false;
  const after = question.content.filter(({ start }) => start >= question.slot[1]);
  const nouns = after.filter(({ tag }) => /^(?:n|j|l|i)/.test(tag));
  return before.length > 0 || nouns.length === 0 || BARE.test(text) ? nouns.length <= 1 : false;
}

function english(text: string, last: Turn): string | null {
  const topic = topicOf(last.resolved);
  const about = ENGLISH_WHAT_ABOUT.exec(text)?.groups?.['what'];
  if (about !== undefined)
    return last.resolved.includes(topic) ? last.resolved.replace(topic, about) : about;
  if (ENGLISH_BARE.test(text)) return `${text.replace(/[?\s]+$/, '')} ${bodyOf(last.resolved)}?`;
  if (ENGLISH_HIS.test(text)) return text.replace(ENGLISH_HIS, `${personOf(last) ?? topic}'s`);
  if (ENGLISH_PERSON.test(text)) return text.replace(ENGLISH_PERSON, personOf(last) ?? topic);
  if (ENGLISH_OWNED.test(text)) return text.replace(ENGLISH_OWNED, `${topic}'s`);
  return ENGLISH_THING.test(text) ? text.replace(ENGLISH_THING, topic) : null;
}

/** An English question without its question word and mark. */
function bodyOf(question: string): string {
  return question
    .replace(/^\s*(?:when|where|why|who|what|which|how(?: many| much)?)\s+/i, '')
    .replace(/[?\s]+$/, '');
}

function replaced(question: Question, word: Word, by: string): string {
  const { raw, offsets } = question;
  return raw.slice(0, offsets[word.start]) + by + raw.slice(offsets[word.end]);
}
