/**
 * The words of the field, as plain data. Everything else in the project is said in these terms.
 * This file imports nothing; anything may import it.
 */

/** `[start, end)` in UTF-16 code units into a file's decoded text (byte-order mark left out, line ends kept). */
export type Span = readonly [start: number, end: number];

/** The unit of citation, as its author wrote it. */
export interface Paragraph {
  /** 1 for the article's first paragraph. */
  readonly number: number;
  /** The exact slices of `spans`, concatenated, nothing added. */
  readonly text: string;
  /** More than one where a column or page break had cut the paragraph. Ascending, never touching each other's text. */
  readonly spans: readonly Span[];
  /** The section heading the paragraph stands under. */
  readonly subhead: string | null;
}

/** What an article says about itself. */
export interface ArticleHead {
  readonly title: string;
  /** The line over the headline. */
  readonly kicker: string | null;
  /** The line under the headline. */
  readonly deck: string | null;
  /** The newspaper or agency: 羊城晚报, 新华社. */
  readonly source: string | null;
  readonly authors: readonly string[];
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; null when the text does not give it. Never invented. */
  readonly date: string | null;
  readonly url: string | null;
}

/** One headline's worth of text. */
export interface Article extends ArticleHead {
  readonly subheads: readonly string[];
  readonly paragraphs: readonly Paragraph[];
}

/**
 * The unit of embedding and search: a paragraph, or a window of a long one.
 * `start` and `end` are UTF-16 offsets into the paragraph's `text`.
 */
export interface Passage {
  readonly paragraphNumber: number;
  readonly start: number;
  readonly end: number;
  /** What is embedded: title and subhead for context, then the passage (with its neighbours where it is very short). */
  readonly input: string;
}

/** An article as the library holds it. */
export interface StoredArticle extends Article {
  /** Stable while file path and title stay. */
  readonly id: string;
  /** Path below the articles folder, with `/`. */
  readonly file: string;
  /** The stored text that `spans` point into. */
  readonly fileId: number;
}

/** A paragraph as a search result: enough to rank, quote and cite it without another look-up. */
export interface StoredParagraph extends Paragraph {
  readonly id: number;
  readonly fileId: number;
  readonly file: string;
  readonly articleId: string;
  readonly article: ArticleHead;
  /** How many paragraphs its article has. */
  readonly paragraphCount: number;
}

/** A passage as the library holds it. */
export interface StoredPassage {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly paragraph: StoredParagraph;
}

/** The article of a citation, in the words of the JSON contract. */
export interface CitedArticle {
  readonly id: string;
  readonly title: string;
  readonly source: string | null;
  readonly date: string | null;
  readonly file: string;
  /** The original's address, where the article gives one. */
  readonly url?: string;
}

/** A proven quote with the paragraph and the article it stands in. */
export interface Citation {
  /** 1 for the best. */
  readonly n: number;
  readonly quote: string;
  readonly spans: readonly Span[];
  readonly paragraph: string;
  readonly paragraphSpans: readonly Span[];
  readonly paragraphNumber: number;
  readonly article: CitedArticle;
  /** 0…1, comparable across questions. */
  readonly score: number;
}

/** Languages in which Yuanwen speaks. */
export type Language = 'zh-Hans' | 'zh-Hant' | 'en';

/** One question and what came of it, as far as a follow-up needs to know. */
export interface Turn {
  readonly question: string;
  /** The question as it was understood, with what it left out filled in. */
  readonly resolved: string;
  /** Titles of the cited articles, best first; empty for a refusal. */
  readonly titles: readonly string[];
  /** The best quote; empty for a refusal. */
  readonly quote: string;
}

export interface Timings {
  /** Waited for the question's vector; words are looked up meanwhile. */
  readonly embedMs: number;
  readonly searchMs: number;
  readonly totalMs: number;
}

/** A sentence of a language model, all of whose numbers, dates and names its citations prove. */
export interface WrittenSentence {
  readonly text: string;
  /** Numbers `n` of the answer's citations; at least one. */
  readonly citations: readonly number[];
}

/** What a language model wrote, where one is configured. */
export interface Written {
  /** As the operator named it. */
  readonly model: string;
  readonly sentences: readonly WrittenSentence[];
  /** How many sentences were left out because their quotes did not prove them. */
  readonly dropped: number;
  /** Of citations in another language than the answer's. Not proven: to be labelled as translations. */
  readonly translations: readonly Translation[];
}

/** What came of asking a language model, for log, metrics and evaluation. */
export interface WritingReport {
  /**
   * `written`: its answer was given. Else the quoting answer was: `declined` (it found no answer),
   * `unproven` (too little was left), `over-budget`, or `failed` (with the failure).
   */
  readonly outcome: 'written' | 'declined' | 'unproven' | 'over-budget' | 'failed';
  readonly kept: number;
  readonly dropped: readonly DroppedSentence[];
  readonly failure?: unknown;
  readonly promptTokens: number;
  readonly replyTokens: number;
  readonly ms: number;
}

/** A sentence of a language model that is not shown. */
export interface DroppedSentence {
  /** Stable and short: `number`, `name`, `no-quote`. */
  readonly reason: string;
  /** What was not proven, in the model's words. */
  readonly detail: string;
}

export interface Translation {
  /** The citation that it translates. */
  readonly n: number;
  readonly text: string;
}

export interface Answer {
  readonly question: string;
  /** The question as it was understood; equal to `question` when it stands alone. */
  readonly resolved: string;
  readonly language: Language;
  readonly answered: boolean;
  /** The text a reader sees. */
  readonly answer: string;
  /** Best first; empty when not answered. */
  readonly citations: readonly Citation[];
  /** Up to three closest passages when not answered, else empty. */
  readonly nearest: readonly Citation[];
  readonly timings: Timings;
  /** Left out where the answer is quotes alone. */
  readonly written?: Written;
}

/** Passage id with a score: higher is better. */
export interface Hit {
  readonly id: number;
  readonly score: number;
}
