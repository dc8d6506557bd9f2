import type { Article, Paragraph, Span } from '../types.ts';
import { creditOf, signOffCredit } from './bylines.ts';
import type { Credit } from './bylines.ts';
import { dateIn, fullDateIn, monthDayIn } from './dates.ts';
import type { FrontMatter } from './front-matter.ts';
import { headParts } from './heads.ts';
import type { HeadParts } from './heads.ts';
import { joinPieces } from './joins.ts';
import { leadOf } from './leads.ts';
import { unique } from './names.ts';
import type { Shaped } from './shapes.ts';
import type { Section } from './starts.ts';

/** Something in a file that is no paragraph. */
export interface Aside {
  readonly role: 'title' | 'kicker' | 'deck' | 'subhead' | 'credit' | 'furniture' | 'front matter';
  readonly span: Span;
}

export interface Assembled {
  readonly article: Article;
  readonly asides: readonly Aside[];
  /** `MM-DD` of a dateline that says no year, while the article has no date. */
  readonly monthDay: string | null;
  /** The date of the page it stands on, which may give the year. */
  readonly issue: string | null;
}

/** Longest title made of an article's opening words, in UTF-16 units. */
const OPENING_WORDS = 30;

/**
 * One section → one article.
 * @param only - it is the only article of its file, so that the front matter speaks of it
 */
export function assembleArticle(section: Section, front: FrontMatter, only: boolean): Assembled {
  const subheadLengths = section.body
    .filter(({ shape }) => shape === 'heading')
    .map(({ text }) => text.length);
  const parts = headParts(section.head, subheadLengths);
  const { paragraphs, subheads, asides } = bodyOf([...parts.rest, ...section.body], parts.title);
  const own = only ? front : null;
  const credit = creditsOf(section, parts);
  const { date, monthDay } = dateOf(section);
  const runningDate = section.runningHead === null ? null : fullDateIn(section.runningHead);
  const shown = parts.title.map(({ text }) => oneLine(text)).join(' ');
  const title = own?.title ?? (shown === '' ? openingWords(paragraphs) : shown);
  const article: Article = {
    title,
    kicker: parts.kicker === null ? null : oneLine(parts.kicker.text),
    deck: parts.deck.length === 0 ? null : parts.deck.map(({ text }) => oneLine(text)).join(' '),
    source: own?.source ?? credit.source ?? front.source ?? paperOf(section.runningHead),
    authors: own !== null && own.authors.length > 0 ? own.authors : credit.authors,
    date: own?.date ?? date ?? (monthDay === null ? (front.date ?? runningDate) : null),
    url: own?.url ?? null,
    subheads,
    paragraphs,
  };
  return {
    article,
    asides: [...headAsides(parts), ...asides],
    monthDay: article.date === null ? monthDay : null,
    issue: front.date ?? runningDate,
  };
}

function bodyOf(
  blocks: readonly Shaped[],
  title: readonly Shaped[],
): { paragraphs: Paragraph[]; subheads: string[]; asides: Aside[] } {
  const paragraphs: Paragraph[] = [];
  const subheads: string[] = [];
  const asides: Aside[] = [];
  let subhead: string | null = null;
  for (const pieces of joinPieces(blocks)) {
    const [first] = pieces;
    if (first === undefined) continue;
    if (first.shape === 'heading') {
      subhead = oneLine(first.text);
      subheads.push(subhead);
      asides.push({ role: 'subhead', span: [first.start, first.end] });
    } else if (isParagraph(first)) {
      paragraphs.push(paragraphOf(pieces, paragraphs.length + 1, subhead));
    } else asides.push({ role: asideRole(first), span: [first.start, first.end] });
  }
  // A headline without a body is still text that somebody may ask about.
  if (paragraphs.length === 0)
    for (const [index, block] of title.entries())
      paragraphs.push(paragraphOf([block], index + 1, null));
  return { paragraphs, subheads, asides };
}

function isParagraph({ shape }: Shaped): boolean {
  return shape === 'body' || shape === 'rows' || shape === 'caption';
}

function asideRole({ shape }: Shaped): Aside['role'] {
  return shape === 'byline' || shape === 'sign-off' || shape === 'dateline'
    ? 'credit'
    : 'furniture';
}

function paragraphOf(pieces: readonly Shaped[], number: number, subhead: string | null): Paragraph {
  return {
    number,
    text: pieces.map(({ text }) => text).join(''),
    spans: pieces.map(({ start, end }): Span => [start, end]),
    subhead,
  };
}

function headAsides({ title, kicker, deck, asides }: HeadParts): Aside[] {
  const aside =
    (role: Aside['role']) =>
    ({ start, end }: Shaped): Aside => ({ role, span: [start, end] });
  return [
    ...title.map(aside('title')),
    ...(kicker === null ? [] : [kicker]).map(aside('kicker')),
    ...deck.map(aside('deck')),
    ...asides.map((block) => aside(asideRole(block))(block)),
  ];
}

/** What the lead, the bylines and the sign-offs say together. The lead knows the source best. */
function creditsOf({ body }: Section, parts: HeadParts): Credit {
  const opening = body.find(({ shape }) => shape === 'body');
  const lead = opening === undefined ? null : leadOf(opening.text);
  const bylines = [...parts.asides, ...body]
    .filter(({ shape }) => shape === 'byline' || shape === 'dateline' || shape === 'sign-off')
    .map(({ text, shape }) => (shape === 'sign-off' ? signOffCredit(text) : creditOf(text)));
  return {
    source:
      [lead, ...bylines].find((credit) => credit !== null && credit.source !== null)?.source ??
      null,
    authors: unique([...(lead?.authors ?? []), ...bylines.flatMap(({ authors }) => authors)]),
  };
}

/** The date of the lead's dateline or of a date line; what has no year comes back as month and day. */
function dateOf({ head, body }: Section): { date: string | null; monthDay: string | null } {
  const opening = body.find(({ shape }) => shape === 'body');
  const lead = opening === undefined ? null : leadOf(opening.text);
  const lines = [...head, ...body]
    .filter(({ shape }) => shape === 'dateline' || shape === 'byline')
    .map(({ text }) => text);
  const places = lead?.dateline === null || lead === null ? lines : [lead.dateline, ...lines];
  for (const place of places) {
    const date = dateIn(place);
    if (date !== null) return { date, monthDay: null };
  }
  return { date: null, monthDay: places.map(monthDayIn).find((found) => found !== null) ?? null };
}

/** The newspaper named in a running head: 羊城晚报 2020年8月23日 星期日 A2, The Millbrook Courier  March 12, 2019. */
function paperOf(runningHead: string | null): string | null {
  const chinese = /(?<!\p{Script=Han})(?<paper>\p{Script=Han}{2,8}[报報])(?!\p{Script=Han})/u;
  const western = /^(?<paper>\p{Lu}[\p{L}'’&-]*(?: \p{Lu}[\p{L}'’&-]*)+?)(?:\s{2,}|\s*[|·,])/u;
  const match = chinese.exec(runningHead ?? '') ?? western.exec(runningHead ?? '');
  return match?.groups?.['paper'] ?? null;
}

function openingWords(paragraphs: readonly Paragraph[]): string {
  const text = paragraphs[0]?.text ?? '';
  const opening = oneLine(text.slice(leadOf(text)?.length ?? 0)).replace(/^[\p{P}\s]+/u, '');
  const sentence = /^.+?(?=[。！？!?\n]|[.] |$)/u.exec(opening)?.[0] ?? oneLine(text);
  return sentence.length <= OPENING_WORDS
    ? sentence
    : `${sentence.slice(0, OPENING_WORDS).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** Line breaks and wide gaps become one space; nothing between Chinese characters of a broken line. */
function oneLine(text: string): string {
  return text
    .replaceAll(/(?<=\p{Script=Han})[ \t]*\r?\n[ \t]*(?=\p{Script=Han})/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
