import { z } from 'zod';
import type { Article, ArticleHead, Span, StoredArticle, StoredPassage } from '../types.ts';
import { chunkReader } from './chunks.ts';
import type { Db } from './database.ts';

const Strings = z.array(z.string());
const Spans = z.array(z.tuple([z.number(), z.number()]));

interface ArticleRow {
  readonly article: number;
  readonly articleId: string;
  readonly fileId: number;
  readonly file: string;
  readonly title: string;
  readonly kicker: string | null;
  readonly deck: string | null;
  readonly source: string | null;
  readonly authors: string;
  readonly date: string | null;
  readonly url: string | null;
  readonly subheads: string;
  readonly firstParagraph: number;
  readonly paragraphCount: number;
}

interface ParagraphRow {
  readonly id: number;
  readonly spans: string;
  readonly subhead: string | null;
}

interface PassageRow extends ArticleRow, ParagraphRow {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
}

const ARTICLE_COLUMNS = `
  article.id AS article, article_id.id AS articleId, article.file AS fileId, place.path AS file,
  title, kicker, deck, article.source AS source, authors, date, url, subheads,
  first_paragraph AS firstParagraph, paragraph_count AS paragraphCount`;

/** A file's text may lie at several paths; an article is then named by the first of them. */
const ARTICLE_OF_GENERATION = `
  CROSS JOIN place ON place.file = article.file
  CROSS JOIN listing ON listing.generation = :generation AND listing.place = place.id
  CROSS JOIN article_id ON article_id.place = place.id AND article_id.ordinal = article.ordinal`;

/** Turns rows into the plain data of `types.ts`, as one generation lists them. */
export class Records {
  readonly slice: (fileId: number, span: Span) => string | null;
  readonly #generation: number;
  readonly #paragraphs;
  readonly #passage;
  readonly #article;
  readonly #articleAt;

  constructor(db: Db, generation: number) {
    this.slice = chunkReader(db);
    this.#generation = generation;
    this.#paragraphs = db.prepare<[number, number], ParagraphRow>(
      'SELECT id, spans, subhead FROM paragraph WHERE id >= ? AND id < ? ORDER BY id',
    );
    this.#passage = db.prepare<[{ id: number; generation: number }], PassageRow>(
      `SELECT passage.id AS passage, start, end, paragraph.id AS id, spans, subhead, ${ARTICLE_COLUMNS}
      FROM passage CROSS JOIN paragraph ON paragraph.id = passage.paragraph
      CROSS JOIN article ON article.id = paragraph.article ${ARTICLE_OF_GENERATION}
      WHERE passage.id = :id ORDER BY place.path LIMIT 1`,
    );
    this.#article = db.prepare<[{ id: string; generation: number }], ArticleRow>(
      `SELECT ${ARTICLE_COLUMNS} FROM article_id
      CROSS JOIN listing ON listing.generation = :generation AND listing.place = article_id.place
      CROSS JOIN place ON place.id = article_id.place
      CROSS JOIN article ON article.file = place.file AND article.ordinal = article_id.ordinal
      WHERE article_id.id = :id LIMIT 1`,
    );
    this.#articleAt = db.prepare<[{ article: number; place: number }], ArticleRow>(
      `SELECT ${ARTICLE_COLUMNS} FROM article
      CROSS JOIN place ON place.id = :place
      CROSS JOIN article_id ON article_id.place = place.id AND article_id.ordinal = article.ordinal
      WHERE article.id = :article`,
    );
  }

  passage(id: number): StoredPassage | null {
    const row = this.#passage.get({ id, generation: this.#generation });
    if (row === undefined) return null;
    const { start, end, articleId, fileId, file, paragraphCount } = row;
    const paragraph = {
      ...this.#paragraphOf(row, row),
      id: row.id,
      fileId,
      file,
      articleId,
      article: headOf(row),
      paragraphCount,
    };
    return { id, start, end, paragraph };
  }

  article(id: string): StoredArticle | null {
    const row = this.#article.get({ id, generation: this.#generation });
    return row === undefined ? null : this.#articleOf(row);
  }

  /** The article with this row id, as it lies at this place. */
  articleAt(article: number, place: number): StoredArticle | null {
    const row = this.#articleAt.get({ article, place });
    return row === undefined ? null : this.#articleOf(row);
  }

  #articleOf(row: ArticleRow): StoredArticle {
    const { firstParagraph, paragraphCount } = row;
    return {
      ...headOf(row),
      subheads: Strings.parse(JSON.parse(row.subheads)),
      paragraphs: this.#paragraphs
        .all(firstParagraph, firstParagraph + paragraphCount)
        .map((paragraph) => this.#paragraphOf(paragraph, row)),
      id: row.articleId,
      file: row.file,
      fileId: row.fileId,
    };
  }

  #paragraphOf(
    row: ParagraphRow,
    { fileId, firstParagraph }: ArticleRow,
  ): Article['paragraphs'][number] {
    const spans = spansOf(row.spans);
    const text = paragraphText(this.slice, fileId, spans);
    return { number: row.id - firstParagraph + 1, text, spans, subhead: row.subhead };
  }
}

/** A paragraph as it is stored: slices of its file's text. */
export function paragraphText(
  slice: (file: number, span: Span) => string | null,
  file: number,
  spans: readonly Span[],
): string {
  return spans.map((span) => slice(file, span) ?? '').join('');
}

/** Spans from their column. */
export function spansOf(column: string): Span[] {
  return Spans.parse(JSON.parse(column));
}

function headOf(row: ArticleRow): ArticleHead {
  const { title, kicker, deck, source, date, url } = row;
  return {
    title,
    kicker,
    deck,
    source,
    authors: Strings.parse(JSON.parse(row.authors)),
    date,
    url,
  };
}
