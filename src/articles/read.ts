import type { Article } from '../types.ts';
import { assembleArticle } from './assemble.ts';
import type { Aside, Assembled } from './assemble.ts';
import { blocksOf } from './blocks.ts';
import { completeDate, fullDateIn } from './dates.ts';
import { decodeText } from './decode.ts';
import { readFrontMatter } from './front-matter.ts';
import { markdownSections } from './markdown.ts';
import { shapesOf } from './shapes.ts';
import { sectionsOf } from './starts.ts';
import { UnreadableFile } from './unreadable.ts';

export interface ReadFile {
  /** The decoded text that all spans point into. */
  readonly text: string;
  /** In the order of the file; at least one. */
  readonly articles: Article[];
  /** What stands in the file and in no paragraph: heads, subheads, bylines, page furniture. Ascending. */
  readonly asides: Aside[];
}

/**
 * Reads one file of the articles folder, `.txt` or `.md`.
 * @param file - its path below the folder: names it in errors, and may give the year of its datelines
 * @throws UnreadableFile
 */
export function readArticles(
  bytes: Uint8Array,
  file: string,
  limits: { readonly maxBytes?: number } = {},
): ReadFile {
  const text = decodeText(bytes, file, limits.maxBytes);
  const front = readFrontMatter(text);
  const from = front.span?.[1] ?? 0;
  const sections = /\.(?:md|markdown)$/i.test(file)
    ? markdownSections(text, from)
    : sectionsOf(shapesOf(blocksOf(text, [from, text.length])), front.title !== null);
  if (sections.length === 0)
    throw new UnreadableFile(file, 'it has no text below its front matter');

  const assembled = sections.map((section) =>
    assembleArticle(section, front, sections.length === 1),
  );
  const asides = assembled.flatMap((each) => each.asides);
  if (front.span !== null) asides.push({ role: 'front matter', span: front.span });
  return {
    text,
    articles: completeDates(assembled, file),
    asides: asides.sort((a, b) => a.span[0] - b.span[0]),
  };
}

/** Gives datelines without a year the year of their page, their file's name or, where they agree, their neighbours. */
function completeDates(assembled: readonly Assembled[], file: string): Article[] {
  const named = fullDateIn(file.slice(file.lastIndexOf('/') + 1));
  const years = new Set(assembled.flatMap(({ article }) => article.date?.slice(0, 4) ?? []));
  const [year] = years.size === 1 ? years : [];
  return assembled.map(({ article, monthDay, issue }) => {
    const date = issue ?? named ?? year;
    if (monthDay === null || date === undefined) return article;
    return { ...article, date: completeDate(monthDay, date) };
  });
}
