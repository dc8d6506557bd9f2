import type { KeptCitation } from '../library/chats/shelf.ts';
import type { Library, LibraryView } from '../ports.ts';
import type { Paragraph, StoredArticle } from '../types.ts';

/** What the library says today of something that was cited earlier. */
export type Present =
  | { readonly kind: 'same' }
  /** `text` is what the paragraph says now. */
  | { readonly kind: 'changed'; readonly text: string }
  | { readonly kind: 'paragraph-gone' }
  | { readonly kind: 'article-gone' };

/** Below this likeness (share of common character pairs) it is another paragraph, not a changed one. */
const SAME_PARAGRAPH = 0.4;

export function presentOf(citation: KeptCitation, library: Library): Present {
  const view = library.view();
  const article = view === null ? null : presentArticle(citation, view);
  if (article === null) return { kind: 'article-gone' };
  const cited = citedText(citation);
  if (article.paragraphs.some(({ text }) => text === cited)) return { kind: 'same' };
  const closest = closestParagraph(article, citation.paragraphNumber, cited);
  return closest === null ? { kind: 'paragraph-gone' } : { kind: 'changed', text: closest.text };
}

/** Ids change when a file is renamed; the headline stays. */
function presentArticle({ article }: KeptCitation, view: LibraryView): StoredArticle | null {
  const sameTitle = view
    .articles({ titleContains: article.title, limit: 20 })
    .find(({ title }) => title === article.title);
  return view.article(article.id) ?? sameTitle ?? null;
}

function citedText({ article, paragraphNumber }: KeptCitation): string {
  return article.paragraphs.find(({ number }) => number === paragraphNumber)?.text ?? '';
}

function closestParagraph(
  article: StoredArticle,
  paragraphNumber: number,
  cited: string,
): Paragraph | null {
  const pairs = pairsOf(cited);
  const likeness = (paragraph: Paragraph): number => {
    const others = pairsOf(paragraph.text);
    let common = 0;
    for (const pair of pairs) if (others.has(pair)) common += 1;
    // Of two equally like paragraphs, the one in the same place.
    const bonus = paragraph.number === paragraphNumber ? 0.01 : 0;
    return (2 * common) / (pairs.size + others.size || 1) + bonus;
  };
  const rated = article.paragraphs.map((paragraph) => ({ paragraph, like: likeness(paragraph) }));
  const best = rated.sort((a, b) => b.like - a.like)[0];
  return best !== undefined && best.like >= SAME_PARAGRAPH ? best.paragraph : null;
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}
