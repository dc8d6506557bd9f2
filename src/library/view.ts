import type { LibraryView } from '../ports.ts';
import { fold } from '../text/fold.ts';
import type { Hit, Span, StoredArticle, StoredPassage } from '../types.ts';
import type { Db } from './database.ts';
import { reading } from './suspicion.ts';
import { Records } from './records.ts';
import type { Vectors } from './vectors.ts';
import { WordSearch } from './words/word-search.ts';
import type { TermQuery } from './words/word-search.ts';

/** A generation as its row says. */
export interface GenerationRow {
  readonly id: number;
  readonly model: number;
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly articles: number;
  readonly passages: number;
}

/** One generation, read through a connection that sees later ones too: everything is asked by its id. */
export class GenerationView implements LibraryView {
  readonly generation: number;
  readonly fingerprint: string;
  readonly articleCount: number;
  readonly passageCount: number;
  readonly #db: Db;
  readonly #records: Records;
  readonly #words: WordSearch;
  readonly #vectors: Vectors | null;
  /** One byte a passage id: 1 for those of this generation. */
  readonly #alive: Uint8Array;
  #order: ArticlePosition[] | null = null;

  /** @param vectors - null when the question's model is not the one this generation was made with */
  constructor(db: Db, row: GenerationRow, vectors: Vectors | null) {
    this.generation = row.id;
    this.fingerprint = row.fingerprint;
    this.articleCount = row.articles;
    this.passageCount = row.passages;
    this.#db = db;
    this.#vectors = vectors;
    this.#alive = alivePassages(db, row.id);
    this.#records = new Records(db, row.id);
    this.#words = new WordSearch(db, { isAlive: this.#alive, count: row.passages });
  }

  readonly #isAlive = (passage: number): boolean => this.#alive[passage] === 1;

  matchTerms(query: TermQuery): Hit[] {
    return this.#read(() => this.#words.match(query));
  }

  documentFrequencies(terms: readonly string[]): Map<string, number> {
    return this.#read(() => this.#words.frequencies(terms));
  }

  nearest(vector: Float32Array, limit: number): Hit[] {
    return this.#read(() => this.#vectors?.nearest(vector, limit, this.#isAlive) ?? []);
  }

  similarities(vector: Float32Array, passageIds: readonly number[]): Map<number, number> {
    return this.#read(() => this.#vectors?.similarities(vector, passageIds) ?? new Map());
  }

  passages(ids: readonly number[]): StoredPassage[] {
    return this.#read(() =>
      ids.map((id) => this.#records.passage(id)).filter((passage) => passage !== null),
    );
  }

  article(id: string): StoredArticle | null {
    return this.#read(() => this.#records.article(id));
  }

  articles({
    titleContains = '',
    file,
    offset = 0,
    limit = Infinity,
  }: Parameters<LibraryView['articles']>[0] = {}): StoredArticle[] {
    const wanted = fold(titleContains);
    return this.#read(() => {
      this.#order ??= articleOrder(this.#db, this.generation);
      return this.#order
        .filter((position) => file === undefined || position.file === file)
        .filter(({ title }) => wanted === '' || fold(title).includes(wanted))
        .slice(offset, offset + limit)
        .map(({ article, place }) => this.#records.articleAt(article, place))
        .filter((article) => article !== null);
    });
  }

  slice(fileId: number, span: Span): string | null {
    return this.#read(() => this.#records.slice(fileId, span));
  }

  /** Damage that shows while reading is told as a sentence. */
  #read<T>(action: () => T): T {
    return reading(this.#db.name, action);
  }
}

function alivePassages(db: Db, generation: number): Uint8Array {
  const highest = db.prepare<[], number | null>('SELECT max(id) FROM passage').pluck().get() ?? 0;
  const ranges = db
    .prepare<[number], [first: number, count: number]>(
      `SELECT first_passage, passage_count FROM listing
      JOIN place ON place.id = listing.place JOIN file ON file.id = place.file WHERE generation = ?`,
    )
    .raw();
  const alive = new Uint8Array(highest + 1);
  for (const [first, count] of ranges.iterate(generation)) alive.fill(1, first, first + count);
  return alive;
}

interface ArticlePosition {
  readonly article: number;
  readonly place: number;
  readonly title: string;
  readonly file: string;
}

/** Newest date first, undated last, then by file and place in the file. */
function articleOrder(db: Db, generation: number): ArticlePosition[] {
  return db
    .prepare<[number], ArticlePosition>(
      `SELECT article.id AS article, place.id AS place, path AS file, title FROM listing
      JOIN place ON place.id = listing.place JOIN article ON article.file = place.file
      WHERE generation = ? ORDER BY date DESC, path, ordinal`,
    )
    .all(generation);
}
