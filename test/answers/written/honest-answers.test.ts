import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chineseNamesOf } from '../../../src/answers/written/chinese-names.ts';
import { faultIn } from '../../../src/answers/written/proof.ts';
import type { Evidence } from '../../../src/answers/written/proof.ts';
import { readArticles } from '../../../src/articles/read.ts';
import { fold } from '../../../src/text/fold.ts';
import { languageOf } from '../../../src/text/language.ts';
import { taggedWordsOf } from '../../../src/text/words.ts';
import { sentencesOf } from '../../../src/text/sentences.ts';
import { missing, sharedPath } from '../../shared.ts';
import honest from './honest-answers.json' with { type: 'json' };

const Question = z.object({ id: z.string(), question: z.string(), quote: z.string().nullable() });

function questions(file: string): z.infer<typeof Question>[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => Question.parse(JSON.parse(line)));
}

/** Each answer with the paragraph that holds the question's quote. */
function cases() {
  const [page = ''] = readdirSync(sharedPath('seeds'));
  const { articles } = readArticles(readFileSync(sharedPath(`seeds/${page}`)), page);
  const places = articles.flatMap((article) =>
    article.paragraphs.map((paragraph) => ({ article, paragraph })),
  );
  return questions(sharedPath('eval/seed-questions.jsonl')).flatMap(({ id, question, quote }) => {
    const place = places.find(({ paragraph }) => quote !== null && paragraph.text.includes(quote));
    const answers = Object.entries(honest).find(([of]) => of === id)?.[1] ?? [];
    return quote === null || place === undefined
      ? []
      : answers.map((answer) => ({ answer, question, quote, place }));
  });
}

const noSeeds = missing('seeds', 'eval');

describe.skipIf(noSeeds)('answers written by hand to the questions of the page', () => {
  it.each(noSeeds ? [] : cases())('are proven: $answer', ({ answer, question, quote, place }) => {
    const { text, subhead } = place.paragraph;
    const at = text.indexOf(quote);
    const { title, kicker, deck, source } = place.article;
    const fault = faultIn(answer, {
      quotes: sentencesOf(text)
        .filter(([start, end]) => end > at && start < at + quote.length)
        .map(([start, end]) => text.slice(start, end)),
      surroundings: [text, subhead, title, kicker, deck, source].filter((part) => part !== null),
      dates: [],
      question,
      language: languageOf(answer),
    });
    expect(fault).toBeNull();
  });
});

describe.skipIf(missing('training'))('sentences of the news', () => {
  const evidence: Evidence[] = [];
  beforeAll(async () => {
    const file = createReadStream(sharedPath('training/crud_news_63k.jsonl.gz'));
    for await (const line of createInterface({ input: file.pipe(createGunzip()) })) {
      const { text } = JSON.parse(line);
      for (const [start, end] of sentencesOf(text.slice(0, 600))) {
        const quote = text.slice(start, end).trim();
        if (quote.length < 10 || quote.length > 120 || /[a-z<>*@|]/i.test(quote)) continue;
        const question = '情况怎么样？';
        evidence.push({
          quotes: [quote],
          surroundings: [],
          dates: [],
          question,
          language: 'zh-Hans',
        });
      }
      if (evidence.length > 1000) break;
    }
    file.destroy();
  });

  const faults = (
    change: (quote: string) => string | null,
  ): { changed: number; caught: number } => {
    const changed = evidence.flatMap((one) => {
      const sentence = change(one.quotes[0]!);
      return sentence === null ? [] : [faultIn(sentence, one)];
    });
    return { changed: changed.length, caught: changed.filter((fault) => fault !== null).length };
  };

  it('prove themselves', () => {
    const { changed, caught } = faults((quote) => quote);
    expect(changed).toBeGreaterThan(1000);
    expect(caught / changed).toBeLessThan(0.01);
  });

  it('do not prove other numbers', () => {
    const { changed, caught } = faults((quote) => {
      const number = /\d+(?:\.\d+)?/.exec(quote)?.[0];
      const other = String(Number(number) + 7);
      return number === undefined || quote.includes(other) ? null : quote.replace(number, other);
    });
    expect(changed).toBeGreaterThan(200);
    expect(caught / changed).toBeGreaterThan(0.99);
  });

  it('do not prove their denials', () => {
    const { changed, caught } = faults((quote) => {
      const verb = taggedWordsOf(fold(quote)).find(
        ({ word, tag }) => tag === 'v' && word.length > 1,
      );
      const isPlain = verb !== undefined && !/[不没未无非否禁拒免停缺失零勿]/.test(quote);
      return isPlain && quote.includes(verb.word)
        ? quote.replaceAll(verb.word, `没有${verb.word}`)
        : null;
    });
    expect(changed).toBeGreaterThan(500);
    expect(caught / changed).toBeGreaterThan(0.99);
  });

  it('do not prove other names', () => {
    const { changed, caught } = faults((quote) => {
      const name = chineseNamesOf(fold(quote)).find((one) => one.length === 3);
      return name === undefined ? null : quote.replaceAll(name, '赵铁柱');
    });
    expect(changed).toBeGreaterThan(100);
    expect(caught / changed).toBeGreaterThan(0.99);
  });
});
