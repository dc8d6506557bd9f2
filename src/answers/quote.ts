/** Ranges of a paragraph → spans of its file, and the proof that they say what is quoted. */
import type { LibraryView } from '../ports.ts';
import type { CitedArticle, Span, StoredParagraph } from '../types.ts';

/** A citation before it has its number. */
export interface Quote {
  readonly quote: string;
  readonly spans: readonly Span[];
  readonly paragraph: StoredParagraph;
}

/**
 * The quote of `[start, end)` of a paragraph's text, without white space around it. A range that
 * crosses a column or page break has several spans.
 */
export function quoteOf(paragraph: StoredParagraph, [start, end]: Span): Quote {
  const { text } = paragraph;
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text.charAt(from))) from += 1;
  while (to > from && /\s/.test(text.charAt(to - 1))) to -= 1;
  return { quote: text.slice(from, to), spans: fileSpans(paragraph, from, to), paragraph };
}

function fileSpans({ spans }: StoredParagraph, from: number, to: number): Span[] {
  const found: Span[] = [];
  let before = 0;
  for (const [start, end] of spans) {
    const length = end - start;
    const first = Math.max(0, from - before);
    const last = Math.min(length, to - before);
    if (first < last) found.push([start + first, start + last]);
    before += length;
  }
  return found;
}

/**
 * Reads the spans of the quote and of its paragraph from the stored file and compares: true when both
 * stand there to the letter. To be called in the moment of answering; what fails is not sent.
 */
export function isProven(
  view: Pick<LibraryView, 'slice'>,
  { quote, spans, paragraph }: Quote,
): boolean {
  return (
    quote !== '' &&
    textAt(view, paragraph.fileId, spans) === quote &&
    textAt(view, paragraph.fileId, paragraph.spans) === paragraph.text
  );
}

function textAt(
  view: Pick<LibraryView, 'slice'>,
  fileId: number,
  spans: readonly Span[],
): string | null {
  let text = '';
  for (const span of spans) {
    const slice = view.slice(fileId, span);
    if (slice === null) return null;
    text += slice;
  }
  return text;
}

/** What a citation says about its article. */
export function citedArticle(paragraph: StoredParagraph): CitedArticle {
  const { title, source, date, url } = paragraph.article;
  const { articleId: id, file } = paragraph;
  return { id, title, source, date, file, ...(url === null ? {} : { url }) };
}
