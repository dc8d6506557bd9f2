import { fold } from '../../text/fold.ts';
import type { LibraryView } from '../../ports.ts';
import type { DroppedSentence, Language, StoredParagraph, WrittenSentence } from '../../types.ts';
import { isProven, quoteOf } from '../quote.ts';
import type { Quote } from '../quote.ts';
import type { NumberedPassage } from './passages.ts';
import { faultIn } from './proof.ts';
import type { FaultReason } from './proof.ts';
import type { ReplySentence, Support } from './reply.ts';

/** Why a sentence is not shown. */
type Reason = FaultReason | 'no-quote' | 'quote-gone' | 'repeated' | 'too-many';

export interface ProvenReply {
  /** Sentences with the numbers of their quotes. */
  readonly kept: readonly WrittenSentence[];
  /**
   * The first is number 1. One a paragraph, in the order in which sentences name them, from the first to
   * the last sentence that is named.
   */
  readonly quotes: readonly Quote[];
  readonly dropped: readonly DroppedSentence[];
}

/** What the reply was written from. */
export interface Ground {
  readonly view: LibraryView;
  readonly passages: readonly NumberedPassage[];
  readonly question: string;
  readonly language: Language;
}

/** A few sentences answer a question; what comes after them is not read. */
const MOST_SENTENCES = 6;

/** Parts the sentences of a reply that their quotes prove from those that are dropped. */
export function proveReply(sentences: readonly ReplySentence[], ground: Ground): ProvenReply {
  const kept: WrittenSentence[] = [];
  const dropped: DroppedSentence[] = [];
  const cited = new Cited(ground.passages);
  const seen = new Set<string>();
  for (const { text, supports } of sentences) {
    const named = supports.filter((support) => sentenceAt(ground.passages, support) !== null);
    const reason = kept.length < MOST_SENTENCES ? repeatedOrBare(text, named, seen) : 'too-many';
    const fault = reason === null ? faultOf(text, named, ground) : { reason, detail: text };
    seen.add(fold(text));
    if (fault !== null) dropped.push(fault);
    else kept.push({ text, citations: cited.add(named) });
  }
  const quotes = cited.quotes();
  const isWhole = quotes.every((quote) => isProven(ground.view, quote));
  return isWhole ? { kept, quotes, dropped } : { kept: [], quotes: [], dropped };
}

function repeatedOrBare(
  text: string,
  named: readonly Support[],
  seen: ReadonlySet<string>,
): Reason | null {
  if (seen.has(fold(text))) return 'repeated';
  return named.length === 0 ? 'no-quote' : null;
}

function faultOf(
  text: string,
  named: readonly Support[],
  { view, passages, question, language }: Ground,
): (DroppedSentence & { readonly reason: Reason }) | null {
  const quotes = named.flatMap((support) => sentenceAt(passages, support) ?? []);
  if (!quotes.every((quote) => isProven(view, quote)))
    return { reason: 'quote-gone', detail: text };
  return faultIn(text, {
    quotes: quotes.map(({ quote }) => quote),
    surroundings: quotes.flatMap(({ paragraph }) => surroundingsOf(paragraph)),
    dates: quotes.flatMap(({ paragraph }) => paragraph.article.date ?? []),
    question,
    language,
  });
}

/** The sentence of a passage as a quote; null where there is none of that number. */
function sentenceAt(passages: readonly NumberedPassage[], support: Support): Quote | null {
  const passage = passages[support.passage - 1];
  const range = passage?.sentences[support.sentence - 1];
  return passage === undefined || range === undefined ? null : quoteOf(passage.paragraph, range);
}

function surroundingsOf({ text, subhead, article }: StoredParagraph): string[] {
  const { title, kicker, deck, source, authors } = article;
  return [text, subhead, title, kicker, deck, source, ...authors].filter((part) => part !== null);
}

/** The paragraphs that were named, with the first and the last of their sentences that were. */
class Cited {
  readonly #passages: readonly NumberedPassage[];
  readonly #named: Array<{ readonly passage: number; first: number; last: number }> = [];

  constructor(passages: readonly NumberedPassage[]) {
    this.#passages = passages;
  }

  /** @returns the numbers of the supports' paragraphs, from 1 */
  add(supports: readonly Support[]): number[] {
    const numbers = supports.map(({ passage, sentence }) => {
      const at = this.#named.findIndex((named) => named.passage === passage);
      const known = this.#named[at];
      if (known === undefined)
        return this.#named.push({ passage, first: sentence, last: sentence });
      known.first = Math.min(known.first, sentence);
      known.last = Math.max(known.last, sentence);
      return at + 1;
    });
    return [...new Set(numbers)];
  }

  quotes(): Quote[] {
    return this.#named.flatMap(({ passage, first, last }) => {
      const shown = this.#passages[passage - 1];
      const [start, end] = [shown?.sentences[first - 1]?.[0], shown?.sentences[last - 1]?.[1]];
      return shown === undefined || start === undefined || end === undefined
        ? []
        : [quoteOf(shown.paragraph, [start, end])];
    });
  }
}
