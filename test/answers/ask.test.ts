import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAsk } from '../../src/answers/ask.ts';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { indexLibrary } from '../../src/indexing/index-library.ts';
import { openLibrary } from '../../src/library/library.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Ask, Embedder } from '../../src/ports.ts';
import type { Answer } from '../../src/types.ts';

const PAGE = `跨海大桥昨日通车

本报讯 全长36公里的跨海大桥5月1日正式通车,总投资118亿元。大桥由工程师赵明远设计,建设历时
四年零三个月。

大桥设双向六车道,设计时速100公里。通车首日有3.2万辆车驶过。
“这座桥把两岸的路程缩短了两个小时。”大桥管理局局长孙立新说。

为什么收费?管理局解释说,因为养护费用每年要8000万元,所以小客车每次收费80元。
`;

let folder: string;
let embedder: Embedder;
let library: OpenLibrary;
let ask: Ask;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yuanwen-ask-'));
  await writeFile(join(folder, 'page.txt'), PAGE);
  embedder = await openEmbedder({
    model: SHIPPED_MODEL,
    modelsDir: fileURLToPath(new URL('../../embeddings/models', import.meta.url)),
    cacheDir: folder,
    workers: 1,
  });
  await indexLibrary({ folder, dataDir: folder, embedder });
  library = await openLibrary({ dataDir: folder, fingerprint: embedder.fingerprint });
  ask = createAsk({ library, embedder });
});

afterAll(async () => {
  library.close();
  await embedder.close();
  await rm(folder, { recursive: true });
});

function quoteOf(answer: Answer): string {
  return answer.citations[0]?.quote ?? '';
}

describe('ask', () => {
  it.each([
    ['跨海大桥是哪天通车的?', '5月1日'],
    ['大桥是谁设计的?', '赵明远'],
    ['跨海大桥总投资多少亿元?', '118亿元'],
    ['大桥的设计时速是多少公里?', '100公里'],
    ['大橋有幾車道?', '双向六车道'],
    ['小客车为什么收费?', '因为养护费用'],
  ])('answers %s by quoting %s', async (question, words) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    expect(quoteOf(answer)).toContain(words);
  });

  it('gives spans that are, in the file as it lies on disk, the quote and its paragraph', async () => {
    const { citations } = await ask('大桥建设历时多久?');
    expect(citations.length).toBeGreaterThan(0);
    for (const { quote, spans, paragraph, paragraphSpans } of citations) {
      expect(spans.map(([start, end]) => PAGE.slice(start, end)).join('')).toBe(quote);
      expect(paragraphSpans.map(([start, end]) => PAGE.slice(start, end)).join('')).toBe(paragraph);
    }
  });

  it('numbers citations from 1, and gives no more than asked for', async () => {
    const { citations } = await ask('大桥通车', { top: 2 });
    expect(citations.length).toBeLessThanOrEqual(2);
    expect(citations.map(({ n }) => n)).toEqual(citations.map((_, index) => index + 1));
    const scores = citations.map(({ score }) => score);
    for (const score of scores) expect(score).toBeGreaterThan(0);
  });

  it.each(['大桥用了多少吨钢材?', '如何学好弹钢琴?', 'Who wrote Hamlet?', '比亚迪总部在哪里?'])(
    'says honestly that the articles do not answer %s',
    async (question) => {
      const answer = await ask(question);
      expect(answer.answered).toBe(false);
      expect(answer.citations).toEqual([]);
      expect(answer.nearest.length).toBeLessThanOrEqual(3);
    },
  );

  it('names the closest passages of a refusal', async () => {
    const answer = await ask('大桥用了多少吨钢材?');
    expect(answer.nearest.length).toBeGreaterThan(0);
    expect(answer.answer).toContain('跨海大桥昨日通车');
  });

  it('answers follow-ups by the turn before', async () => {
    const first = await ask('跨海大桥是谁设计的?');
    const history = [
      { question: first.question, resolved: first.resolved, titles: [], quote: quoteOf(first) },
    ];
    const second = await ask('什么时候通车?', { history });
    expect(second.resolved).toBe('跨海大桥什么时候通车?');
    expect(quoteOf(second)).toContain('5月1日');
  });

  it.each([
    ['', 'zh-Hans', '请输入'],
    ['?!…', 'en', 'type a question'],
    ['你好', 'zh-Hans', '你好'],
    ['謝謝', 'zh-Hant', '請就文章'],
    ['hello', 'en', 'Hello'],
    ['字'.repeat(1001), 'zh-Hans', '太长'],
  ] as const)('meets %j with clear words', async (text, language, words) => {
    const answer = await ask(text, { language });
    expect(answer).toMatchObject({ answered: false, language, citations: [], nearest: [] });
    expect(answer.answer).toContain(words);
  });

  it('says that the library is empty before anything is indexed', async () => {
    const empty = createAsk({ library: { view: () => null }, embedder });
    expect((await empty('大桥是谁设计的?')).answer).toContain('空的');
  });

  it('refuses more when it is strict than when it is open', async () => {
    const questions = [
      '大桥有多少盏灯?',
      '两岸的距离',
      '养护',
      '大桥什么时候动工?',
      '收费站在哪里?',
    ];
    const countAnswered = async (refusal: 'strict' | 'open'): Promise<number> => {
      const asking = createAsk({ library, embedder, refusal });
      const answers = await Promise.all(questions.map((question) => asking(question)));
      return answers.filter(({ answered }) => answered).length;
    };
    expect(await countAnswered('strict')).toBeLessThanOrEqual(await countAnswered('open'));
  });
});
