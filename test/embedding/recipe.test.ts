import { describe, expect, it } from 'vitest';
import type { ModelJson } from '../../src/embedding/model-folder.ts';
import { knowsWords, recipeOf } from '../../src/embedding/recipe.ts';

const bare: ModelJson = {
  config: {},
  tokenizer: {},
  modules: [],
  pooling: {},
  sentenceTransformers: {},
  sentenceBert: {},
};

describe('the recipe of a model', () => {
  it('is taken from its own files', () => {
    const recipe = recipeOf('someone/model', {
      ...bare,
      pooling: { pooling_mode_cls_token: false, pooling_mode_lasttoken: true },
      sentenceTransformers: { prompts: { query: 'Q: ', document: 'D: ' } },
      sentenceBert: { max_seq_length: 256 },
      tokenizer: { model_max_length: 512 },
    });
    expect(recipe).toEqual({
      pooling: 'last_token',
      queryPrefix: 'Q: ',
      passagePrefix: 'D: ',
      maxTokens: 256,
      fold: false,
    });
  });

  it.each([
    ['Xenova/bge-small-zh-v1.5', 'cls', '为这个句子生成表示以用于检索相关文章：', ''],
    [
      'Xenova/bge-base-en-v1.5',
      'cls',
      'Represent this sentence for searching relevant passages: ',
      '',
    ],
    ['Xenova/bge-m3', 'cls', '', ''],
    ['Xenova/multilingual-e5-small', 'mean', 'query: ', 'passage: '],
    ['models/e5-large-v2', 'mean', 'query: ', 'passage: '],
    ['onnx-community/gte-multilingual-base', 'cls', '', ''],
    ['Xenova/gte-small', 'mean', '', ''],
    ['Xenova/jina-embeddings-v2-base-zh', 'mean', '', ''],
    ['someone/unheard-of', 'mean', '', ''],
  ])('of %s fills what its files lack', (name, pooling, queryPrefix, passagePrefix) => {
    expect(recipeOf(name, bare)).toMatchObject({ pooling, queryPrefix, passagePrefix });
  });

  it('prefers the files to the table, down to a prefix that is empty', () => {
    const recipe = recipeOf('Xenova/multilingual-e5-small', {
      ...bare,
      pooling: { pooling_mode_cls_token: true },
      sentenceTransformers: { prompts: { query: '' } },
    });
    expect(recipe).toMatchObject({ pooling: 'cls', queryPrefix: '', passagePrefix: 'passage: ' });
  });

  it('bounds the length of models without a limit, and of those with a very large one', () => {
    expect(recipeOf('x', { ...bare, tokenizer: { model_max_length: 1e30 } }).maxTokens).toBe(512);
    expect(recipeOf('x', { ...bare, tokenizer: { model_max_length: 32768 } }).maxTokens).toBe(1024);
  });

  it('leaves it to the model to say that its words mean something by themselves', () => {
    expect(knowsWords({ ...bare, sentenceTransformers: { yuanwen: { words: true } } })).toBe(true);
    expect(knowsWords({ ...bare, sentenceTransformers: { yuanwen: { fold: true } } })).toBe(false);
    expect(knowsWords(bare)).toBe(false);
  });

  it('refuses what it cannot compute', () => {
    const dense = [{ type: 'sentence_transformers.models.Dense' }];
    expect(() => recipeOf('x', { ...bare, modules: dense })).toThrow(/models\.Dense/);
    const max = { pooling_mode_max_tokens: true };
    expect(() => recipeOf('x', { ...bare, pooling: max })).toThrow(/pooling_mode_max_tokens/);
  });
});
