import type { Shaped } from './shapes.ts';

/** The blocks before an article's first paragraph, each in its part. */
export interface HeadParts {
  readonly title: readonly Shaped[];
  readonly kicker: Shaped | null;
  readonly deck: readonly Shaped[];
  /** Headings after the byline, and short lines that are no headline: they open the body. */
  readonly rest: readonly Shaped[];
  /** Bylines, datelines, banners, furniture. */
  readonly asides: readonly Shaped[];
}

const KICKER_END = /(?:强调|強調|指出|表示|要求|提出|宣布|会见|之际|时|上|中|后|以来|——|[:：])$/u;
const KICKER_LABEL =
  /^(?:短评|.{0,6}(?:时评|社论|社評|评论|快评|观察|聚焦|关注|追踪|报道|报导|调查|专访|访谈|快讯|来信|故事|连载|随笔|声音|解读|特稿|综述|述评|链接))$/u;
const DECK =
  /^(?:——?|―|▶|［)|^[\p{Script=Han}、]{2,12}(?:主持|出席|讲话|致辞|作出批示|参加|陪同)[\p{Script=Han}]{0,6}$/u;
const BANNER =
  /^(?:聚焦|关注|直击|走进|喜迎|记者走基层|特别报道|专题|专栏|在)[ \u3000]|思想指引下|(?:周年|周年特别报道|系列报道|系列報導|特别报道|专题报道|特刊|专版|专刊|进行时|在行动)$/u;

/** More headline lines than that are verse or a list. */
const MOST_TITLE_LINES = 4;

/**
 * @param subheads - lengths of the subheads further down: a last short line like them is one of them
 */
export function headParts(head: readonly Shaped[], subheads: readonly number[]): HeadParts {
  const first = head.findIndex(({ shape }) => shape === 'heading');
  const credit = head.findIndex(
    ({ shape }, index) =>
      index > first &&
      first >= 0 &&
      (shape === 'byline' || shape === 'dateline' || shape === 'sign-off'),
  );
  const end = credit === -1 ? head.length : credit;
  const headings = head.slice(0, end).filter(({ shape }) => shape === 'heading');
  const rest = head.slice(end).filter(({ shape }) => shape === 'heading');
  const others = head.filter(({ shape }) => shape !== 'heading');
  if (headings.length > MOST_TITLE_LINES + 2) {
    const lines = [...headings.slice(1), ...rest].map((block): Shaped => ({
      ...block,
      shape: 'rows',
    }));
    return { title: headings.slice(0, 1), kicker: null, deck: [], rest: lines, asides: others };
  }

  const banners = headings
    .filter(({ text }) => BANNER.test(text))
    .slice(0, Math.max(0, headings.length - 1));
  let lines: Shaped[] = headings.filter((block) => !banners.includes(block));
  const subhead =
    credit === -1 && lines.length >= 2 && isSubheadLike(lines, subheads) ? lines.at(-1) : undefined;
  if (subhead !== undefined) lines = lines.slice(0, -1);
  const kicker =
    lines.length >= 2 && lines[0] !== undefined && isKicker(lines[0].text, lines[1]?.text ?? '')
      ? lines[0]
      : null;
  if (kicker !== null) lines = lines.slice(1);
  const deckAt = lines.findIndex(
    (block, index) => index > 0 && isDeck(block.text, lines.slice(0, index)),
  );
  const deck = deckAt === -1 ? [] : lines.slice(deckAt);
  if (deckAt !== -1) lines = lines.slice(0, deckAt);
  return {
    title: lines,
    kicker,
    deck,
    rest: subhead === undefined ? rest : [subhead, ...rest],
    asides: [...others, ...banners].sort((a, b) => a.start - b.start),
  };
}

function isKicker(text: string, next: string): boolean {
  if (KICKER_END.test(text) || KICKER_LABEL.test(text) || isSlogan(text)) return true;
  // 街谈巷议 over a headline names the column.
  if (/^\p{Script=Han}{2,4}$/u.test(text) && next.length >= 7) return true;
  const capitals = /^[A-Z][A-Z\s&'’/-]{2,30}$/;
  return capitals.test(text) && !capitals.test(next);
}

/** 汽车强市 广州行动: nothing but short watchwords. */
function isSlogan(text: string): boolean {
  return /^\p{Script=Han}{1,4}(?:[ \u3000·]+\p{Script=Han}{1,4})+$/u.test(text);
}

function isDeck(text: string, title: readonly Shaped[]): boolean {
  if (DECK.test(text)) return true;
  const longest = Math.max(...title.map((block) => block.text.length));
  if (/^[\p{Script=Latin}\p{Sc}\d\p{P}\s]+$/u.test(text)) {
    return (
      isSentenceCase(text) &&
      (text.length > longest || title.every((line) => !isSentenceCase(line.text)))
    );
  }
  return /[，,；]/u.test(text) && text.length > longest * 1.3;
}

/** Written like a sentence, not Like a Headline. */
function isSentenceCase(text: string): boolean {
  const words = text.match(/(?<![\p{L}’'-])\p{L}[\p{L}’'-]{3,}/gu)?.slice(1) ?? [];
  return (
    words.length >= 2 && words.filter((word) => /^\p{Ll}/u.test(word)).length * 2 > words.length
  );
}

function isSubheadLike(lines: readonly Shaped[], subheads: readonly number[]): boolean {
  const last = lines.at(-1)?.text ?? '';
  if (/^(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）])/u.test(last))
    return true;
  const title = lines[0]?.text ?? '';
  return (
    last.length <= 14 &&
    title.length > last.length + 4 &&
    subheads.some((length) => Math.abs(length - last.length) <= 4)
  );
}
