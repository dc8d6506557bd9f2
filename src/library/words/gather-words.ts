import { indexTokens } from '../../text/tokens.ts';
import { chunkReader } from '../chunks.ts';
import type { Db } from '../database.ts';
import type { Span } from '../../types.ts';
import { paragraphText, spansOf } from '../records.ts';
import type { PassageWords } from './draft.ts';

interface Row {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly paragraph: number;
  readonly file: number;
  /** Of the file's text. */
  readonly length: number;
  readonly spans: string;
  readonly head: string;
}

/**
 * The words of all passages above `through`, from what is stored: the body is the passage itself, the
 * head what a reader sees around it.
 */
export function* wordsAfter(db: Db, through: number): Generator<PassageWords> {
  const select = db.prepare<[number], Row>(
    `SELECT passage.id, start, end, paragraph.id AS paragraph, article.file AS file, file.length AS length, spans,
      concat_ws(char(10), title, kicker, deck, subhead) AS head
    FROM passage CROSS JOIN paragraph ON paragraph.id = passage.paragraph
    CROSS JOIN article ON article.id = paragraph.article CROSS JOIN file ON file.id = article.file
    WHERE passage.id > ? ORDER BY passage.id LIMIT ${PAGE}`,
  );
  const wholeText = chunkReader(db);
  // The paragraphs of a file come together: each would inflate the same chunk again.
  let file = { id: 0, text: '' };
  const slice = (_file: number, [start, end]: Span): string => file.text.slice(start, end);
  let paragraph = { id: 0, text: '' };
  let head = { text: '', terms: new Array<string>() };
  for (let rows = select.all(through); rows.length > 0; rows = select.all(through)) {
    for (const row of rows) {
      if (row.file !== file.id) {
        file = { id: row.file, text: wholeText(row.file, [0, row.length]) ?? '' };
      }
      if (row.paragraph !== paragraph.id) {
        paragraph = { id: row.paragraph, text: paragraphText(slice, row.file, spansOf(row.spans)) };
      }
      if (row.head !== head.text) head = { text: row.head, terms: indexTokens(row.head) };
      yield {
        id: row.id,
        body: indexTokens(paragraph.text.slice(row.start, row.end)),
        head: head.terms,
      };
      through = row.id;
    }
  }
}

/** Rows read at a time: nothing else can be done with the connection while a statement is running. */
const PAGE = 1000;
