import { createHash } from 'node:crypto';
import type { Article, Passage } from '../types.ts';
import { chunkRemover, chunkWriter } from './chunks.ts';
import type { Db } from './database.ts';

/** An article with the passages that search will find it by. */
export interface ArticleWithPassages {
  readonly article: Article;
  readonly passages: readonly Passage[];
}

/** What was read from one file. */
export interface FileContent {
  readonly text: string;
  readonly articles: readonly ArticleWithPassages[];
}

/** Identity of a content: equal for two files exactly when everything stored about them is equal. */
export function digestOf(rules: string, content: FileContent): Buffer {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([rules, content.text, content.articles]));
  return hash.digest().subarray(0, 16);
}

/** Hash under which a text's vector is found again. */
export function inputHash(input: string): Buffer {
  return createHash('sha256').update(input).digest().subarray(0, 16);
}

/** Writes and removes files: text, articles, paragraphs and passages. */
export class ContentWriter {
  readonly #writeChunks: (file: number, text: string) => void;
  readonly #removeChunks: (file: number) => void;
  readonly #sequence;
  readonly #inputByHash;
  readonly #insert;
  readonly #remove;

  constructor(db: Db) {
    this.#writeChunks = chunkWriter(db);
    this.#removeChunks = chunkRemover(db);
    this.#sequence = db
      .prepare<[string], number>('SELECT seq FROM sqlite_sequence WHERE name = ?')
      .pluck();
    this.#inputByHash = db.prepare<[Buffer], number>('SELECT id FROM input WHERE hash = ?').pluck();
    this.#insert = {
      file: db.prepare(
        'INSERT INTO file (digest, length, first_passage, passage_count) VALUES (?, ?, ?, ?)',
      ),
      article: db.prepare(
        `INSERT INTO article (file, ordinal, title, kicker, deck, source, authors, date, url, subheads,
          first_paragraph, paragraph_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      paragraph: db.prepare(
        'INSERT INTO paragraph (id, article, spans, subhead) VALUES (?, ?, ?, ?)',
      ),
      passage: db.prepare(
        'INSERT INTO passage (id, paragraph, start, end, input) VALUES (?, ?, ?, ?, ?)',
      ),
      input: db.prepare('INSERT INTO input (hash) VALUES (?)'),
    };
    this.#remove = {
      passages: db.prepare('DELETE FROM passage WHERE id >= ? AND id < ?'),
      paragraphs: db.prepare(
        `DELETE FROM paragraph WHERE id IN (SELECT p.id FROM article a JOIN paragraph p
          ON p.id >= a.first_paragraph AND p.id < a.first_paragraph + a.paragraph_count WHERE a.file = ?)`,
      ),
      file: db.prepare('DELETE FROM file WHERE id = ?'),
    };
  }

  /** Must run inside a transaction. Returns the file's id. */
  add(digest: Buffer, content: FileContent): number {
    const passageCount = content.articles.reduce((sum, { passages }) => sum + passages.length, 0);
    const firstPassage = this.#nextId('passage');
    const { lastInsertRowid } = this.#insert.file.run(
      digest,
      content.text.length,
      firstPassage,
      passageCount,
    );
    const file = Number(lastInsertRowid);
    this.#writeChunks(file, content.text);
    let passageId = firstPassage;
    content.articles.forEach(({ article, passages }, ordinal) => {
      const firstParagraph = this.#addArticle(file, ordinal, article);
      for (const passage of passages) {
        this.#addPassage(passageId++, firstParagraph, article, passage);
      }
    });
    return file;
  }

  #addArticle(file: number, ordinal: number, article: Article): number {
    const firstParagraph = this.#nextId('paragraph');
    const { lastInsertRowid } = this.#insert.article.run(
      file,
      ordinal,
      article.title,
      article.kicker,
      article.deck,
      article.source,
      JSON.stringify(article.authors),
      article.date,
      article.url,
      JSON.stringify(article.subheads),
      firstParagraph,
      article.paragraphs.length,
    );
    article.paragraphs.forEach(({ spans, subhead }, index) => {
      this.#insert.paragraph.run(
        firstParagraph + index,
        lastInsertRowid,
        JSON.stringify(spans),
        subhead,
      );
    });
    return firstParagraph;
  }

  #addPassage(id: number, firstParagraph: number, article: Article, passage: Passage): void {
    const paragraph = article.paragraphs[passage.paragraphNumber - 1];
    if (paragraph === undefined) {
      throw new RangeError(`"${article.title}" has no paragraph ${passage.paragraphNumber}`);
    }
    const input = this.#inputId(passage.input);
    const { start, end } = passage;
    this.#insert.passage.run(id, firstParagraph + passage.paragraphNumber - 1, start, end, input);
  }

  /** The id that the table's next row gets; AUTOINCREMENT never gives one twice. */
  #nextId(table: 'passage' | 'paragraph'): number {
    return (this.#sequence.get(table) ?? 0) + 1;
  }

  #inputId(input: string): number | bigint {
    const hash = inputHash(input);
    return this.#inputByHash.get(hash) ?? this.#insert.input.run(hash).lastInsertRowid;
  }

  /** Removes a file and everything that belongs to it alone. Must run inside a transaction. */
  remove(file: { id: number; firstPassage: number; passageCount: number }): void {
    const end = file.firstPassage + file.passageCount;
    this.#remove.passages.run(file.firstPassage, end);
    this.#remove.paragraphs.run(file.id);
    this.#removeChunks(file.id);
    this.#remove.file.run(file.id);
  }
}
