import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { articleId } from '../articles/article-id.ts';
import { passagesOf } from '../articles/passages.ts';
import { Embedding } from '../indexing/embed.ts';
import { readingRules } from '../indexing/rules.ts';
import { withWriter } from '../indexing/with-writer.ts';
import { openLibrary } from '../library/library.ts';
import type { OpenLibrary } from '../library/library.ts';
import type { ReadFile } from '../library/places.ts';
import type { LibraryWriter } from '../library/writer.ts';
import type { Embedder } from '../ports.ts';
import type { Article } from '../types.ts';

/** A text that is found and judged as a whole. */
export interface Document {
  readonly id: string;
  /** Empty when it has none. */
  readonly title: string;
  readonly text: string;
}

export interface CorpusOptions {
  readonly embedder: Embedder;
  /** Where built libraries are kept, each under a name made from what it holds. */
  readonly cacheDir: string;
  readonly onProgress?: (embedded: number, total: number) => void;
}

/**
 * A library of documents, each one article of one paragraph, its text exactly as given; its `file` is
 * the document's id. Built once for the same documents, reading rules and model.
 */
export async function corpusLibrary(
  documents: readonly Document[],
  { embedder, cacheDir, onProgress }: CorpusOptions,
): Promise<OpenLibrary> {
  const rules = readingRules(embedder.maxInputLength);
  const { fingerprint, dimensions } = embedder;
  const key = createHash('sha256').update(JSON.stringify([rules, fingerprint, documents]));
  const dataDir = join(cacheDir, key.digest('hex').slice(0, 16));
  mkdirSync(dataDir, { recursive: true });
  await withWriter({ dataDir, fingerprint, dimensions }, 'building a corpus', async (writer) => {
    if (writer.serving() !== null) return;
    writer.setUpcoming(storeAll(writer, documents, rules, embedder.maxInputLength));
    await writer.finishWords(() => undefined);
    const total = writer.countMissing();
    const embedding = new Embedding(writer, embedder, () => undefined);
    try {
      await embedding.finish((done) => onProgress?.(done, total));
    } finally {
      await embedding.settle();
    }
    await writer.serve(writer.stage());
  });
  return openLibrary({ dataDir, fingerprint });
}

function storeAll(
  writer: LibraryWriter,
  documents: readonly Document[],
  rules: string,
  maxLength: number,
): number[] {
  return writer.transaction(() =>
    documents.map((document) => {
      const file = fileOf(document, rules, maxLength);
      return (writer.places.find(file.path, file.source) ?? writer.places.add(file)).place;
    }),
  );
}

function fileOf({ id, title, text }: Document, rules: string, maxLength: number): ReadFile {
  const article: Article = {
    title,
    kicker: null,
    deck: null,
    source: null,
    authors: [],
    date: null,
    url: null,
    subheads: [],
    paragraphs: [{ number: 1, text, spans: [[0, text.length]], subhead: null }],
  };
  return {
    path: id,
    source: createHash('sha256')
      .update(JSON.stringify([title, text]))
      .digest(),
    stamp: null,
    rules,
    content: { text, articles: [{ article, passages: passagesOf(article, { maxLength }) }] },
    articleIds: [articleId(id, title, 0)],
  };
}
