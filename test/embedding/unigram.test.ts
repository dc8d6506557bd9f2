import { fileURLToPath } from 'node:url';
import { AutoTokenizer, env } from '@xenova/transformers';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { cutFaster } from '../../src/embedding/unigram.ts';

const load = async () => {
  env.allowRemoteModels = false;
  env.localModelPath = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
  return AutoTokenizer.from_pretrained(SHIPPED_MODEL);
};

describe('words cut by a unigram vocabulary', () => {
  let plain: Awaited<ReturnType<typeof load>>;
  let faster: Awaited<ReturnType<typeof load>>;
  beforeAll(async () => {
    [plain, faster] = [await load(), await load()];
    cutFaster(faster._tokenizer.model);
  });

  it.each([
    [
      'an ordinary sentence',
      '台风“海葵”预计于9月5日05时前后在福建东山登陆，中心附近最大风力12级。',
    ],
    ['words of other scripts', 'The typhoon Haikui reached Dongshan; 台風ハイクイ, 태풍 하이쿠이.'],
    ['numbers', '1,234.5 2023-09-05 3.14159'],
    ['characters in no piece', '𠮷野家𠮷𠮷与龘靐齉'],
    ['what looks like a special piece', '<unk> unk <pad>'],
    ['one long word', '的'.repeat(3000)],
    ['nothing', ''],
  ])('are cut as the transformers package cuts them: %s', (_, text) => {
    expect(faster.encode(text)).toEqual(plain.encode(text));
  });

  it('are cut alike whatever they are', () => {
    const words = constantFrom(
      '中国',
      '经济',
      '的',
      '台风',
      '发展',
      'iphone',
      'ing',
      '𠮷',
      '龘',
      '5.2',
      ' ',
    );
    const text = array(oneof(words, string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 });
    assert(
      property(text, (parts) => {
        const joined = parts.join('');
        expect(faster.encode(joined)).toEqual(plain.encode(joined));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
