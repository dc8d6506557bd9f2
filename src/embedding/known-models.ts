import type { Recipe } from './recipe.ts';

/** A model family as its authors' model cards describe it. */
interface Family extends Partial<Pick<Recipe, 'pooling' | 'queryPrefix' | 'passagePrefix'>> {
  readonly name: RegExp;
}

const instruction =
  'Instruct: Given a question, retrieve relevant passages that answer the question\nQuery: ';

/**
 * Well-known models whose repackaged form often lacks the sentence-transformers files, or whose
 * prefixes stand only in their model card. The first match counts.
 */
const families: readonly Family[] = [
  { name: /bge-m3/i, pooling: 'cls' },
  {
    name: /bge-(small|base|large)-zh/i,
    pooling: 'cls',
    queryPrefix: '为这个句子生成表示以用于检索相关文章：',
  },
  {
    name: /bge-(small|base|large)-en/i,
    pooling: 'cls',
    queryPrefix: 'Represent this sentence for searching relevant passages: ',
  },
  { name: /multilingual-e5-large-instruct/i, pooling: 'mean', queryPrefix: instruction },
  {
    name: /(^|[/-])e5-(small|base|large)/i,
    pooling: 'mean',
    queryPrefix: 'query: ',
    passagePrefix: 'passage: ',
  },
  { name: /gte-qwen2/i, pooling: 'last_token', queryPrefix: instruction },
  { name: /gte-(multilingual|modernbert|(small|base|large)-(zh|en-v1\.5))/i, pooling: 'cls' },
  { name: /gte-(small|base|large)/i, pooling: 'mean' },
  { name: /qwen3-embedding/i, pooling: 'last_token', queryPrefix: instruction },
  { name: /jina-embeddings-v2/i, pooling: 'mean' },
  { name: /paraphrase-multilingual|all-minilm|distiluse/i, pooling: 'mean' },
];

/** What is known of a model by its name; empty for others. */
export function knownModel(name: string): Omit<Family, 'name'> {
  const family = families.find((family) => family.name.test(name));
  if (!family) return {};
  const { name: _, ...known } = family;
  return known;
}
