import type { Database } from 'better-sqlite3';
import type { ArticleHead, Span } from '../../types.ts';
import { keyOf } from './keys.ts';

/** An article as it was when it was cited. */
export interface KeptArticle extends ArticleHead {
  readonly id: string;
  readonly file: string;
  readonly paragraphs: readonly {
    readonly number: number;
    readonly text: string;
    readonly subhead: string | null;
  }[];
}

export interface KeptCitation {
  /** For buttons and deep links. */
  readonly key: string;
  readonly articleKey: string;
  readonly article: KeptArticle;
  readonly paragraphNumber: number;
  /** What answered, as offsets into the paragraph's text. */
  readonly marks: readonly Span[];
}

/**
 * Copies of what was cited. Keys are made from the content, so a citation that is sent a thousand
 * times is kept once, and it opens for ever, whatever becomes of the article.
 */
export class CitationShelf {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** @returns the article's key */
  keepArticle(article: KeptArticle): string {
    const content = JSON.stringify(article);
    const key = keyOf('article', content);
    this.db
      .prepare<[string, string]>('INSERT OR IGNORE INTO kept_articles (key, content) VALUES (?, ?)')
      .run(key, content);
    return key;
  }

  keep(article: KeptArticle, paragraphNumber: number, marks: readonly Span[]): KeptCitation {
    const articleKey = this.keepArticle(article);
    const places = JSON.stringify(marks);
    const key = keyOf('citation', articleKey, String(paragraphNumber), places);
    this.db
      .prepare<[string, string, number, string]>(
        `INSERT OR IGNORE INTO citations (key, article_key, paragraph_number, marks)
         VALUES (?, ?, ?, ?)`,
      )
      .run(key, articleKey, paragraphNumber, places);
    return { key, articleKey, article, paragraphNumber, marks };
  }

  open(key: string): KeptCitation | null {
    const row = this.db
      .prepare<[string], { articleKey: string; paragraphNumber: number; marks: string }>(
        `SELECT article_key AS articleKey, paragraph_number AS paragraphNumber, marks
         FROM citations WHERE key = ?`,
      )
      .get(key);
    const article = row === undefined ? null : this.article(row.articleKey);
    if (row === undefined || article === null) return null;
    return { ...row, key, article, marks: JSON.parse(row.marks) };
  }

  article(key: string): KeptArticle | null {
    const row = this.db
      .prepare<[string], { content: string }>('SELECT content FROM kept_articles WHERE key = ?')
      .get(key);
    return row === undefined ? null : JSON.parse(row.content);
  }
}
