/** Fills in what a follow-up question leaves out, from the turns before it. Pure. */
import type { Turn } from '../types.ts';
import { followUpInEnglish } from './follow-up-english.ts';
import { understandQuestion } from './question.ts';
import { personOf, topicOf } from './topic.ts';
import type { Word } from './words.ts';

const THING =
  /它们?|牠|(?:这|那|這)(?:个|個|件|项|項|座|家|次|部|份)?(?:东西|事情|事)?(?=的|是|在|有|什|为|怎|何|会|能|要|$|[,，?？])|^其(?!他|它|中|余|实)/u;
const PERSON = /他(?!们|国|人|乡)|她(?!们)|此人|这个?人|那个?人|這個人/u;
const PLACE = /[这那這](?:里|裡|裏|儿|兒|边|邊)/u;
const THIS_KIND =
  /(?:该|該|(?:这|這|那)[个個项項座家次部份篇种種条條])(?<kind>\p{Script=Han}{1,8})/u;
const WHAT_ABOUT =
  /^(?:那么?|那麼|然后|那)?[,，\s]*(?<what>[^?？,，]{1,20}?)(?:呢|怎么样|怎麼樣)[?？\s]*$/u;
const WHY = /^[\s那又还]*(?:为什么|為什麼|为何|為何)(?:呢)?[?？\s]*$/u;
/** Sides of a thing, and how one asks for them. */
const SIDES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(?:时间|時間|日期)$/u, '是什么时候'],
  [/^(?:地点|地點|位置|地址)$/u, '在哪里'],
  [/^(?:原因|理由)$/u, '是什么'],
  [
    /(?:价格|價格|票价|票價|费用|費用|预算|預算|经费|經費|成本|面积|面積|重量|高度|长度|長度|人口|数量|數量)$/u,
    '是多少',
  ],
  [
    /^(?:作者|设计师|設計師|负责人|負責人|导演|導演|校长|校長|馆长|館長|局长|局長|经理|經理)$/u,
    '是谁',
  ],
];

/**
 * The question with its pronoun replaced, its subject added, or the earlier question with 那…呢 put in.
 * A question that stands alone comes back as it is.
 * @param turns - oldest first; only the last one that was about something is used
 */
export function resolveFollowUp(question: string, turns: readonly Turn[]): string {
  const text = question.trim();
  const last = turns.findLast(({ resolved }) => topicOf(resolved) !== '');
  if (last === undefined || text === '') return question;
  const isChinese = /\p{Script=Han}/u.test(text);
  return (isChinese ? followUp(text, last) : followUpInEnglish(text, last)) ?? question;
}

function followUp(text: string, last: Turn): string | null {
  const topic = topicOf(last.resolved);
  const about = WHAT_ABOUT.exec(text)?.groups?.['what'];
  if (about !== undefined && understandQuestion(about).asksFor === null)
    return whatAbout(about, last, topic);
  if (WHY.test(text)) return askWhy(last.resolved);
  const replaced = text
    .replace(THIS_KIND, (found, kind: string) => thisKind(found, kind, last, topic))
    .replace(PLACE, () => topic)
    .replace(PERSON, () => personOf(last) ?? topic)
    .replace(THING, () => topic);
  if (replaced !== text) return replaced;
  return lacksSubject(text) ? `${topic}${text.replace(/^那/u, '')}` : null;
}

/** 该计划要 → the name that ends in 计划, of the last question or answer, and 要; else the topic before the words. */
function thisKind(found: string, after: string, last: Turn, topic: string): string {
  const bare = topic.replaceAll(/[《》“”「」『』"]/gu, '');
  for (let length = Math.min(after.length, 6); length > 0; length -= 1) {
    const kind = after.slice(0, length);
    const rest = after.slice(length);
    if (bare.endsWith(kind)) return topic + rest;
    const named = new RegExp(`《[^》]{1,40}${kind}》|[“「][^”」]{1,20}${kind}[”」]`, 'u');
    const name = named.exec(last.resolved)?.[0] ?? named.exec(last.quote)?.[0];
    if (name !== undefined) return name + rest;
  }
  return found.startsWith('该') || found.startsWith('該')
    ? `${topic}${after}`
    : `${topic}的${after}`;
}

/**
 * 那深圳呢: 深圳 takes the place of the word of its kind in the last question, or of what was counted
 * there; 那重量呢 asks for another side of the topic.
 */
function whatAbout(what: string, last: Turn, topic: string): string {
  const side = SIDES.find(([pattern]) => pattern.test(what));
  if (side !== undefined) return `${topic}的${what}${side[1]}?`;
  const before = understandQuestion(last.resolved);
  const { raw, offsets, slot, focus } = before;
  const put = (start: number, end: number): string =>
    raw.slice(0, offsets[start]) + what + raw.slice(offsets[end]);
  const tag = understandQuestion(what).words.at(-1)?.tag ?? '';
  const isLike = (word: Word): boolean =>
    /^(?:n[rstz]|t)/.test(tag) && word.tag.slice(0, 2) === tag.slice(0, 2);
  const same = before.content.find(isLike);
  if (same !== undefined) return put(same.start, same.end);
  if (focus !== null && focus.start >= slot[0] && !/[钱天年]$/u.test(focus.text))
    return put(focus.start, focus.end);
  if (topic !== '' && topic.endsWith(what.slice(-1)) && raw.includes(topic))
    return raw.replace(topic, what);
  return what.includes(topic) ? what : `${topic}的${what}${raw.slice(offsets[slot[0]])}`;
}

/** The last question with 为什么 in the place of its question word. */
function askWhy(resolved: string): string | null {
  const { slot, raw, offsets } = understandQuestion(resolved);
  if (slot[1] <= slot[0]) return null;
  return `${raw.slice(0, offsets[slot[0]])}为什么${raw.slice(offsets[slot[1]])}`;
}

/** Nothing is named before the question word, and no name anywhere: 什么时候建成, 由谁提出的, 建成后有什么用. */
function lacksSubject(text: string): boolean {
  const question = understandQuestion(text);
  if (question.asksFor === null || /[《“「]/u.test(text)) return false;
  const isName = ({ tag }: Word): boolean => /^(?:nr|ns|nt|nz|eng|x)/.test(tag);
  if (question.content.some(isName)) return false;
  const isNoun = ({ tag, text }: Word): boolean =>
    /^(?:n|j|l|i)/.test(tag) && !/^(?:历时|耗时|用途)$/.test(text);
  const before = question.content.filter(({ end }) => end <= question.slot[0]);
  const after = question.content.filter(({ start }) => start >= question.slot[1]);
  return !before.some(isNoun) && after.filter(isNoun).length <= 1;
}
