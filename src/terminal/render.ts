import { markedParagraph, shownText } from '../answers/shown.ts';
import type { Answer, Citation, CitedArticle, StoredArticle } from '../types.ts';
import type { Colours, TerminalWords } from './words.ts';

/** The answer, then where it stands: each source with its paragraph and the quote marked in it. */
export function renderAnswer(answer: Answer, words: TerminalWords, colours: Colours): string {
  const citations = answer.answered ? answer.citations : answer.nearest;
  const sources = renderSources(
    citations,
    words,
    colours,
    answer.answered ? words.sources : words.nearest,
  );
  // A refusal names the closest passages; here they follow in full.
  const [first = ''] = answer.answer.split('\n');
  const said = answer.answered || citations.length === 0 ? answer.answer : first;
  return [colours.bold(said), ...(citations.length > 0 ? [sources] : [])].join('\n\n');
}

export function renderSources(
  citations: readonly Citation[],
  words: TerminalWords,
  colours: Colours,
  heading: string = words.sources,
): string {
  const blocks = citations.map((citation) => {
    const number = colours.cyan(`[${citation.n}]`);
    const place = placeOf(citation.article, words.paragraph(citation.paragraphNumber));
    return `${number} ${colours.bold(citation.article.title)}\n    ${colours.dim(place)}\n    ${marked(citation, colours)}`;
  });
  return [colours.dim(`${heading} (${words.openHint})`), ...blocks].join('\n');
}

/**
 * The article of a citation from its beginning, the cited paragraph with its quote marked.
 * @param article - as the library has it now; null when it is gone, then the cited paragraph alone is shown
 */
export function renderArticle(
  citation: Citation,
  article: StoredArticle | null,
  words: TerminalWords,
  colours: Colours,
): string {
  if (article === null) {
    return `${words.gone}\n\n${renderSources([citation], words, colours)}`;
  }
  const lines = [
    ...(article.kicker === null ? [] : [colours.dim(article.kicker)]),
    colours.bold(article.title),
    ...(article.deck === null ? [] : [article.deck]),
    colours.dim(placeOf(citation.article, article.authors.join('、'))),
  ];
  let subhead: string | null = null;
  for (const paragraph of article.paragraphs) {
    if (paragraph.subhead !== null && paragraph.subhead !== subhead) {
      lines.push('', colours.bold(paragraph.subhead));
    }
    subhead = paragraph.subhead;
    const isCited = paragraph.text === citation.paragraph;
    const text = isCited ? marked(citation, colours) : shownText(paragraph.text);
    lines.push('', `${colours.dim(`${paragraph.number}.`)} ${text}`);
  }
  if (article.url !== null) lines.push('', article.url);
  return lines.join('\n');
}

function marked(citation: Citation, colours: Colours): string {
  return markedParagraph(citation)
    .map(({ text, isQuoted }) => (isQuoted ? colours.inverse(text) : text))
    .join('');
}

function placeOf(article: CitedArticle, last: string): string {
  return [article.source, article.date, article.file, last].filter(Boolean).join(' · ');
}
