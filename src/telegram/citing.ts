import type { ChatStore } from '../library/chats/open-chats.ts';
import type { KeptArticle, KeptCitation } from '../library/chats/shelf.ts';
import type { Library } from '../ports.ts';
import type { Citation, Span, StoredArticle, StoredParagraph } from '../types.ts';

interface Keeper {
  readonly library: Library;
  readonly chats: ChatStore;
}

/** Keeps what is about to be cited, so that its button opens for ever. */
function keepCitation(citation: Citation, { library, chats }: Keeper): KeptCitation {
  const article = library.view()?.article(citation.article.id) ?? null;
  const kept =
    article !== null && stillSays(article, citation)
      ? keptArticle(article)
      : onlyParagraph(citation);
  return chats.citations.keep(kept, citation.paragraphNumber, marksOf(citation));
}

/** Keeps several; what is the same to the letter is cited once. */
export function keepCitations(citations: readonly Citation[], keeper: Keeper): KeptCitation[] {
  const kept = citations.map((citation) => keepCitation(citation, keeper));
  return [...new Map(kept.map((citation) => [citation.key, citation])).values()];
}

/** Keeps paragraphs that are shown as a whole. */
export function keepParagraphs(
  paragraphs: readonly StoredParagraph[],
  { library, chats }: Keeper,
): KeptCitation[] {
  const view = library.view();
  return paragraphs.flatMap(({ articleId, number }) => {
    const article = view?.article(articleId) ?? null;
    return article === null ? [] : [chats.citations.keep(keptArticle(article), number, [])];
  });
}

/** The library may have moved on to its next generation since the answer was made. */
function stillSays(article: StoredArticle, citation: Citation): boolean {
  return article.paragraphs.some(
    ({ number, text }) => number === citation.paragraphNumber && text === citation.paragraph,
  );
}

export function keptArticle(article: StoredArticle): KeptArticle {
  const { id, file, title, kicker, deck, source, authors, date, url } = article;
  const paragraphs = article.paragraphs.map(({ number, text, subhead }) => ({
    number,
    text,
    subhead,
  }));
  return { id, file, title, kicker, deck, source, authors, date, url, paragraphs };
}

function onlyParagraph({ article, paragraph, paragraphNumber }: Citation): KeptArticle {
  const { id, file, title, source, date, url = null } = article;
  const paragraphs = [{ number: paragraphNumber, text: paragraph, subhead: null }];
  return { id, file, title, kicker: null, deck: null, source, authors: [], date, url, paragraphs };
}

/** Where the quote stands in its paragraph's text. Both are given as spans into the file. */
export function marksOf({
  spans,
  paragraphSpans,
}: Pick<Citation, 'spans' | 'paragraphSpans'>): Span[] {
  const marks: Span[] = [];
  let before = 0;
  for (const [start, end] of paragraphSpans) {
    for (const [from, to] of spans) {
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      if (first < last) marks.push([before + first - start, before + last - start]);
    }
    before += end - start;
  }
  return merged(marks.sort(([a], [b]) => a - b));
}

/** A quote that runs over a column break is one mark in the paragraph. */
function merged(marks: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const mark of marks) {
    const last = whole.at(-1);
    if (last !== undefined && last[1] >= mark[0]) {
      whole[whole.length - 1] = [last[0], Math.max(last[1], mark[1])];
    } else whole.push(mark);
  }
  return whole;
}
