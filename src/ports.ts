/**
 * What the pure rooms (`search`, `answers`) ask of the outside. Adapters live in `library` and
 * `embedding`; only `compose` knows which adapter is behind which port.
 */
import type {
  Answer,
  Hit,
  Language,
  Span,
  StoredArticle,
  StoredPassage,
  Turn,
  WritingReport,
} from './types.ts';

/** Texts → vectors of one model. */
export interface Embedder {
  /** Identifies model, its files and the way it is used; vectors of different fingerprints are never mixed. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** Longest input worth giving, in UTF-16 code units: a safe estimate from the model's token limit. */
  readonly maxInputLength: number;
  /** Unit-length vector of a question. Never waits behind passages. */
  embedQuestion(text: string): Promise<Float32Array>;
  /** Unit-length vectors, one an input, in order. Runs off the calling thread. */
  embedPassages(texts: readonly string[]): Promise<Float32Array[]>;
  /**
   * Unit-length vectors of single words, in order, where words of one meaning lie near each other in
   * whatever language; never waits behind passages. Null for a model that reads words in their context.
   */
  readonly embedWords: ((words: readonly string[]) => Promise<Float32Array[]>) | null;
  close(): Promise<void>;
}

/** A second look at the best passages, by a model that reads question and passage together. */
export interface Reranker {
  /** As the operator named it. */
  readonly name: string;
  /**
   * How likely each passage answers the question, one a passage, in order: log-odds, which are to be
   * compared within one question only. Runs off the calling thread.
   * @throws YuanwenError with a code that begins with `reranker-`: it failed, or was too slow
   */
  scores(question: string, passages: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}

/** One whole generation of the library, as search and answers read it. All calls are synchronous and read-only. */
export interface LibraryView {
  readonly generation: number;
  readonly fingerprint: string;
  readonly articleCount: number;
  readonly passageCount: number;
  /** BM25 over the full-text index; a passage matches when it has any of the terms. Best first. */
  matchTerms(query: {
    readonly terms: readonly string[];
    /** Column weights: the passage's own words, and its title, subhead, kicker and deck. */
    readonly bodyWeight: number;
    readonly headWeight: number;
    readonly limit: number;
  }): Hit[];
  /** In how many passages each term occurs (either column); 0 for unknown terms. */
  documentFrequencies(terms: readonly string[]): Map<string, number>;
  /** Approximate nearest passages by cosine similarity. Best first. */
  nearest(vector: Float32Array, limit: number): Hit[];
  /** Exact cosine similarity of passages to a vector, for those that have one. */
  similarities(vector: Float32Array, passageIds: readonly number[]): Map<number, number>;
  /** In the order asked for; ids that are not in this generation are left out. */
  passages(ids: readonly number[]): StoredPassage[];
  article(id: string): StoredArticle | null;
  /** Articles in a stable order (newest date first, then file, then place in the file). */
  articles(options?: {
    readonly titleContains?: string;
    /** Only those of this file. */
    readonly file?: string;
    readonly offset?: number;
    readonly limit?: number;
  }): StoredArticle[];
  /** The exact slice of a file's stored text; null when the text or the range does not exist. */
  slice(fileId: number, span: Span): string | null;
}

/** Hands out the serving generation. Cheap to call for every question. */
export interface Library {
  /** Null when nothing has been indexed yet. */
  view(): LibraryView | null;
}

export interface AskOptions {
  /** Earlier turns of the same person in the same chat, oldest first. */
  readonly history?: readonly Turn[];
  /** At most this many citations. */
  readonly top?: number;
  /** The language of the reply when the question does not show one. */
  readonly language?: Language;
  /** Today, for 上周 and 最新; defaults to now. */
  readonly today?: Date;
  /** Who asks, for a language model's daily budget; left out: nobody is counted. */
  readonly person?: string;
  /**
   * Called with what may be shown while a language model still writes: the quoting answer at once, then
   * what is written and proven so far. Never called without a language model.
   */
  readonly onDraft?: (draft: Answer) => void;
  /** Told once what came of asking a language model; not called without one. */
  readonly onReport?: (report: WritingReport) => void;
  /** The person asks something new: a language model stops, and the quoting answer is returned. */
  readonly signal?: AbortSignal;
}

/** How much a language model may do for one person in a day. Kept across restarts. */
export interface Budget {
  /**
   * Takes one answer out of the person's budget.
   * @param day - `YYYY-MM-DD`
   * @returns false when nothing is left
   */
  take(person: string, day: string): boolean;
}

/** The one way to ask: terminal, Telegram and evaluation all go through it. */
export type Ask = (question: string, options?: AskOptions) => Promise<Answer>;

/** What a language model is asked for. */
export interface WritingRequest {
  /** What it is told to do: the prompt's instructions. */
  readonly instructions: string;
  /** What it is to work on: data, escaped. */
  readonly message: string;
  readonly maxTokens: number;
  /**
   * Called with all that has been written so far, whenever there is more. Begins again with less when a
   * reply broke off and is asked for once more.
   */
  readonly onText?: (soFar: string) => void;
  /** Stops the writing; the request then fails. */
  readonly signal?: AbortSignal;
}

export interface WrittenText {
  readonly text: string;
  /** Estimated where the model does not say. */
  readonly promptTokens: number;
  readonly replyTokens: number;
}

/** Instructions and data → text. Time limits and bounds are the adapter's. */
export interface LanguageModel {
  /** As the operator named it; stands beside what it wrote. */
  readonly name: string;
  /** @throws YuanwenError with a code that begins with `language-model-` */
  write(request: WritingRequest): Promise<WrittenText>;
  close(): Promise<void>;
}
