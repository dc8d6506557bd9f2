/** Retrievers that go by vectors, all given the vectors of our embedding model. */
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Document as LangChainDocument } from '@langchain/core/documents';
import { create, insertMultiple, search } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';
import { BaseEmbedding, Document as LlamaDocument, Settings, VectorStoreIndex } from 'llamaindex';
import type { Document } from '../../src/evaluation/corpus-library.ts';
import type { Embedder } from '../../src/ports.ts';
import { DEPTH, wholeText } from './peer.ts';
import type { Peer } from './peer.ts';

async function vectorsOf(embedder: Embedder, documents: readonly Document[]): Promise<number[][]> {
  const vectors = await embedder.embedPassages(documents.map(wholeText));
  return vectors.map((vector) => Array.from(vector));
}

const langChain: Peer = {
  name: 'LangChain.js 1',
  how: 'MemoryVectorStore',
  async build(documents, embedder) {
    const embeddings = {
      embedQuery: async (text: string) => Array.from(await embedder.embedQuestion(text)),
      embedDocuments: async (texts: string[]) =>
        (await embedder.embedPassages(texts)).map((vector) => Array.from(vector)),
    };
    const store = await MemoryVectorStore.fromDocuments(
      documents.map(
        (document) =>
          new LangChainDocument({
            pageContent: wholeText(document),
            metadata: { id: document.id },
          }),
      ),
      embeddings,
    );
    return async (question) => {
      const found = await store.similaritySearch(question, DEPTH);
      return found.map(({ metadata }) => String(metadata['id']));
    };
  },
};

/** Our embedder as LlamaIndex wants one. */
class LlamaEmbedding extends BaseEmbedding {
  readonly #embedder: Embedder;

  constructor(embedder: Embedder) {
    super();
    this.#embedder = embedder;
  }

  async getTextEmbedding(text: string): Promise<number[]> {
    return Array.from(await this.#embedder.embedQuestion(text));
  }

  override getTextEmbeddings = async (texts: string[]): Promise<number[][]> =>
    (await this.#embedder.embedPassages(texts)).map((vector) => Array.from(vector));
}

const llamaIndex: Peer = {
  name: 'LlamaIndex.TS 0.12',
  how: 'VectorStoreIndex in memory',
  async build(documents, embedder) {
    Settings.embedModel = new LlamaEmbedding(embedder);
    const index = await VectorStoreIndex.fromDocuments(
      documents.map(
        (document) =>
          new LlamaDocument({ text: wholeText(document), metadata: { document: document.id } }),
      ),
    );
    const retriever = index.asRetriever({ similarityTopK: DEPTH });
    return async (question) => {
      const found = await retriever.retrieve({ query: question });
      return [...new Set(found.map(({ node }) => String(node.metadata['document'])))];
    };
  },
};

const oramaHybrid: Peer = {
  name: 'Orama 3',
  how: 'hybrid: Mandarin tokenizer and vectors',
  async build(documents, embedder) {
    const db = create({
      schema: { text: 'string', vector: `vector[${embedder.dimensions}]` },
      components: { tokenizer: createTokenizer() },
    });
    const vectors = await vectorsOf(embedder, documents);
    await insertMultiple(
      db,
      documents.map((document, number) => ({
        id: document.id,
        text: wholeText(document),
        vector: vectors[number] ?? [],
      })),
    );
    return async (term) => {
      const value = Array.from(await embedder.embedQuestion(term));
      const { hits } = await search(db, {
        mode: 'hybrid',
        term,
        vector: { value, property: 'vector' },
        similarity: 0,
        limit: DEPTH,
      });
      return hits.map(({ id }) => id);
    };
  },
};

export const vectorPeers: readonly Peer[] = [langChain, llamaIndex, oramaHybrid];
