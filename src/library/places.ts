import type { StoredArticle } from '../types.ts';
import { ContentWriter, digestOf } from './content.ts';
import type { FileContent } from './content.ts';
import type { Db } from './database.ts';
import { Records } from './records.ts';

/** A text at a path. */
export interface Place {
  readonly place: number;
  readonly file: number;
}

/** A place as a generation lists it. */
export interface ListedPlace extends Place {
  readonly path: string;
  /** Hash of the rules and the bytes. */
  readonly source: Buffer;
  /** Rules, size and times of the file when it was last seen; null when it must be read again to know it. */
  readonly stamp: string | null;
}

/** A file that was read. */
export interface ReadFile {
  readonly path: string;
  /** Hash of the rules and the bytes. */
  readonly source: Buffer;
  readonly stamp: string | null;
  /** What the content was made by; contents of different rules are never shared. */
  readonly rules: string;
  readonly content: FileContent;
  /** One an article, in order. */
  readonly articleIds: readonly string[];
}

/** Texts and the paths they lie at, for the one who writes the library. */
export class Places {
  readonly #content: ContentWriter;
  readonly #select;
  readonly #insert;
  readonly #setStamp;
  readonly #articles;
  readonly #records: Records;

  constructor(db: Db) {
    this.#content = new ContentWriter(db);
    this.#records = new Records(db, 0);
    this.#select = {
      place: db.prepare<[string, Buffer], Place>(
        'SELECT id AS place, file FROM place WHERE path = ? AND source = ?',
      ),
      file: db.prepare<[Buffer], number>('SELECT id FROM file WHERE digest = ?').pluck(),
      listed: db.prepare<[number], ListedPlace>(
        `SELECT place.id AS place, file, path, source, stamp FROM listing
        JOIN place ON place.id = listing.place WHERE generation = ? ORDER BY path`,
      ),
    };
    this.#insert = {
      place: db.prepare('INSERT INTO place (path, source, file, stamp) VALUES (?, ?, ?, ?)'),
      articleId: db.prepare('INSERT INTO article_id (place, ordinal, id) VALUES (?, ?, ?)'),
    };
    this.#setStamp = db.prepare('UPDATE place SET stamp = ? WHERE id = ? AND stamp IS NOT ?');
    this.#articles = db.prepare<[number], { article: number; id: string; title: string }>(
      `SELECT article.id AS article, article_id.id AS id, title FROM place
      JOIN article ON article.file = place.file
      JOIN article_id ON article_id.place = place.id AND article_id.ordinal = article.ordinal
      WHERE place.id = ? ORDER BY article.ordinal`,
    );
  }

  /** What a generation lists, by path. */
  listed(generation: number): ListedPlace[] {
    return this.#select.listed.all(generation);
  }

  /** The place where these bytes were read before. */
  find(path: string, source: Buffer): Place | null {
    return this.#select.place.get(path, source) ?? null;
  }

  /** Stores a file that was read; what is known already is not stored again. Needs a transaction. */
  add({ path, source, stamp, rules, content, articleIds }: ReadFile): Place {
    const digest = digestOf(rules, content);
    const file = this.#select.file.get(digest) ?? this.#content.add(digest, content);
    const place = Number(this.#insert.place.run(path, source, file, stamp).lastInsertRowid);
    articleIds.forEach((id, ordinal) => this.#insert.articleId.run(place, ordinal, id));
    return { place, file };
  }

  /** Notes how the file looked when it was seen last. */
  setStamp(place: number, stamp: string | null): void {
    this.#setStamp.run(stamp, place, stamp);
  }

  /** Ids and titles of the articles at a place, in order. */
  titles(place: number): Array<{ id: string; title: string }> {
    return this.#articles.all(place).map(({ id, title }) => ({ id, title }));
  }

  /** The articles at a place, in order. */
  articles(place: number): StoredArticle[] {
    return this.#articles
      .all(place)
      .map(({ article }) => this.#records.articleAt(article, place))
      .filter((article) => article !== null);
  }
}
