import { articleId } from '../articles/article-id.ts';
import { readArticles } from '../articles/read.ts';
import type { ReadFile } from '../articles/read.ts';
import type { Article, Span } from '../types.ts';

type Aside = ReadFile['asides'][number];

const HEADS: ReadonlySet<Aside['role']> = new Set(['kicker', 'title', 'deck']);

/**
 * The text of a file without one of its articles. Page headers and the other articles stay to the
 * letter, and are read as before: that is tried before it is handed out.
 * @param id - as the library has it
 * @returns null when the article can't be taken out alone: it is the only one, or its text is woven
 *   into its neighbours'
 */
export function cutArticle(bytes: Uint8Array, file: string, id: string): string | null {
  const { text, articles, asides } = readArticles(bytes, file);
  const index = idsOf(file, articles).indexOf(id);
  const article = articles[index];
  if (article === undefined || articles.length === 1) return null;
  const spans = article.paragraphs.flatMap((paragraph) => paragraph.spans);
  const [start, end] = extentOf({ articles, asides }, index, text.length);
  const around = asides.filter(
    ({ role, span }) => role !== 'front matter' && span[0] >= start && span[1] <= end,
  );
  const own = around.filter(({ role }) => role !== 'furniture');
  const kept = articles.filter((_, other) => other !== index);
  // A page's header stays where it can; where it would be read as text of a neighbour, it goes too.
  for (const heads of [own, around]) {
    const rest = without(text, [...spans, ...heads.map(({ span }) => span)]);
    if (isSame(kept, readOrNothing(rest, file))) return rest;
  }
  return null;
}

function idsOf(file: string, articles: readonly Article[]): string[] {
  const seen = new Map<string, number>();
  return articles.map(({ title }) => {
    const ordinal = seen.get(title) ?? 0;
    seen.set(title, ordinal + 1);
    return articleId(file, title, ordinal);
  });
}

/** From the article's head to the head of the next. */
function extentOf(
  { articles, asides }: Pick<ReadFile, 'articles' | 'asides'>,
  index: number,
  length: number,
): Span {
  const last = (article: Article | undefined): number =>
    article?.paragraphs.at(-1)?.spans.at(-1)?.[1] ?? 0;
  const first = (article: Article | undefined): number =>
    article?.paragraphs[0]?.spans[0]?.[0] ?? length;
  const headBetween = (from: number, to: number): number =>
    asides.find(({ role, span }) => HEADS.has(role) && span[0] >= from && span[1] <= to)?.span[0] ??
    to;
  const article = articles[index];
  return [
    headBetween(last(articles[index - 1]), first(article)),
    headBetween(last(article), first(articles[index + 1])),
  ];
}

/** The text without the spans; of lines that had them, signs alone (`#`, `>`, `-`) are not left behind. */
function without(text: string, spans: readonly Span[]): string {
  const lines = [...text.matchAll(/.*(?:\r?\n|$)/g)].map((match) => {
    const from = match.index;
    const line = match[0];
    const gone = spans.filter(([start, end]) => start < from + line.length && end > from);
    if (gone.length === 0) return line;
    const rest = Array.from({ length: line.length }, (_, at) => from + at)
      .filter((at) => !gone.some(([start, end]) => at >= start && at < end))
      .map((at) => text.charAt(at))
      .join('');
    return /[\p{L}\p{N}]/u.test(rest) ? rest : '';
  });
  return lines.join('').replaceAll(/(?:[ \t\u3000]*\r?\n){3,}/g, '\n\n');
}

function readOrNothing(text: string, file: string): Article[] {
  try {
    return readArticles(Buffer.from(text), file).articles;
  } catch {
    return [];
  }
}

/** What a reader sees of them. */
function isSame(before: readonly Article[], after: readonly Article[]): boolean {
  const seen = (articles: readonly Article[]): string =>
    JSON.stringify(
      articles.map(({ paragraphs, ...head }) => [head, paragraphs.map(({ text }) => text)]),
    );
  return seen(before) === seen(after);
}
