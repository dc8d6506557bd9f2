/** Search libraries that go by words. */
import { create, insertMultiple, search } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';
import Database from 'better-sqlite3';
import { Charset, Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import type { Document } from '../../src/evaluation/corpus-library.ts';
import { DEPTH, wholeText } from './peer.ts';
import type { Find, Peer } from './peer.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words as ECMAScript's own segmenter finds them, lower case. */
function words(text: string): string[] {
  return Array.from(segmenter.segment(text.toLowerCase()))
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment }) => segment);
}

const orama: Peer = {
  name: 'Orama 3',
  how: 'its Mandarin tokenizer',
  async build(documents) {
    const db = create({
      schema: { title: 'string', text: 'string' },
      components: { tokenizer: createTokenizer() },
    });
    await insertMultiple(
      db,
      documents.map(({ id, title, text }) => ({ id, title, text })),
    );
    return async (term) => {
      const { hits } = await search(db, { term, limit: DEPTH, threshold: 1 });
      return hits.map(({ id }) => id);
    };
  },
};

const miniSearch: Peer = {
  name: 'MiniSearch 7',
  how: 'words by Intl.Segmenter',
  async build(documents) {
    const index = new MiniSearch({ fields: ['title', 'text'], tokenize: words });
    await index.addAllAsync([...documents]);
    return async (question) =>
      index
        .search(question)
        .slice(0, DEPTH)
        .map(({ id }) => String(id));
  },
};

const flexSearch: Peer = {
  name: 'FlexSearch 0.8',
  how: 'its CJK encoder, suggestions on',
  async build(documents) {
    const index = new Index({ encoder: Charset.CJK, tokenize: 'strict', resolution: 9 });
    return flexSearchOf(documents, index);
  },
};

const flexSearchWords: Peer = {
  name: 'FlexSearch 0.8',
  how: 'words by Intl.Segmenter, suggestions on',
  async build(documents) {
    return flexSearchOf(documents, new Index({ encode: words, tokenize: 'strict', resolution: 9 }));
  },
};

function flexSearchOf(documents: readonly Document[], index: Index): Find {
  documents.forEach((document, number) => index.add(number, wholeText(document)));
  return async (question) => {
    const found = index.search(question, { limit: DEPTH, suggest: true });
    return found.map((number) => documents[Number(number)]?.id ?? '');
  };
}

const trigrams: Peer = {
  name: 'SQLite FTS5',
  how: 'its trigram tokenizer, any trigram',
  async build(documents) {
    const db = new Database(':memory:');
    db.exec("CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'trigram')");
    const insert = db.prepare('INSERT INTO words VALUES (?, ?)');
    db.transaction(() => {
      for (const { title, text } of documents) insert.run(title, text);
    })();
    const select = db
      .prepare<[string, number], number>(
        'SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?',
      )
      .pluck();
    return async (question) => {
      const query = trigramsOf(question).join(' OR ');
      if (query === '') return [];
      return select.all(query, DEPTH).map((row) => documents[row - 1]?.id ?? '');
    };
  },
};

function trigramsOf(question: string): string[] {
  const characters = question.match(/[\p{L}\p{N}]/gu) ?? [];
  return characters.slice(2).map((last, at) => `"${characters[at]}${characters[at + 1]}${last}"`);
}

export const lexicalPeers: readonly Peer[] = [
  orama,
  miniSearch,
  flexSearch,
  flexSearchWords,
  trigrams,
];
