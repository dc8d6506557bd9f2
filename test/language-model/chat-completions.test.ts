import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatCompletions } from '../../src/language-model/chat-completions.ts';
import { LanguageModelFailure } from '../../src/language-model/failure.ts';
import {
  ScriptedServer,
  cutAfter,
  endsEarlyAfter,
  fails,
  floods,
  knowsOnly,
  neverEnds,
  says,
  saysIn,
  sends,
  stallsAfter,
  waits,
} from './scripted-server.ts';
import type { Behaviour } from './scripted-server.ts';

const apiKey = 'sk-secret-1234567890';
const reply = '天琴一号已经发射。[P1.S1]\n';
const request = { instructions: 'Answer.', message: '<passages/>', maxTokens: 300 };

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(async () => server.close());

function model(options: Partial<{ firstWord: number; whole: number; baseUrl: string }> = {}) {
  return new ChatCompletions({
    baseUrl: options.baseUrl ?? server.baseUrl,
    model: 'scripted',
    apiKey,
    limits: { firstWord: options.firstWord ?? 5000, whole: options.whole ?? 10_000 },
    retry: { attempts: 3, pause: 5, longestPause: 2000 },
  });
}

async function failureOf(writing: Promise<unknown>): Promise<LanguageModelFailure> {
  const error = await writing.then(
    () => new Error('it was written'),
    (reason: unknown) => reason,
  );
  if (error instanceof LanguageModelFailure) return error;
  throw error;
}

describe('a model behind a server', () => {
  it('writes, and shows what it has so far', async () => {
    server.behave(says(reply));
    const seen: string[] = [];
    const written = await model().write({ ...request, onText: (text) => seen.push(text) });
    expect(written).toEqual({ text: reply, promptTokens: 400, replyTokens: 60 });
    expect(seen.at(-1)).toBe(reply);
    expect(seen.length).toBeGreaterThan(3);
    expect(server.requests).toEqual([
      {
        model: 'scripted',
        stream: true,
        max_tokens: 300,
        temperature: 0,
        stream_options: { include_usage: true },
        messages: [
          { role: 'system', content: 'Answer.' },
          { role: 'user', content: '<passages/>' },
        ],
      },
    ]);
    expect(server.keys).toEqual([`Bearer ${apiKey}`]);
  });

  it('is asked without the parameters that its server refuses', async () => {
    server.behave(knowsOnly(['model', 'messages', 'stream'], says(reply)));
    const plain = model();
    expect((await plain.write(request)).text).toBe(reply);
    expect((await plain.write(request)).text).toBe(reply);
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, Behaviour]>([
    ['429', fails(429)],
    ['429 with a time to wait', fails(429, 'slow down', { 'retry-after': '0' })],
    ['500', fails(500)],
    ['502 with a page', fails(502, '<html>Bad Gateway</html>')],
    ['a cut connection before the first word', cutAfter('')],
    ['a cut connection in the middle', cutAfter('天琴一号已经发')],
    ['an early end', endsEarlyAfter('天琴一号已经发射。[P1.S1]\n')],
    ['malformed JSON', sends('data: {"choices":[{"delta":{"conte\n\n')],
  ])('is asked again after %s', async (_, first) => {
    server.behave(first, first, says(reply));
    const seen: string[] = [];
    const written = await model().write({ ...request, onText: (text) => seen.push(text) });
    expect(written.text).toBe(reply);
    expect(seen.at(-1)).toBe(reply);
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, Behaviour, string, number]>([
    ['429 that stays', fails(429), 'language-model-busy', 3],
    ['429 for an hour', fails(429, 'no', { 'retry-after': '3600' }), 'language-model-busy', 1],
    ['500 that stays', fails(500), 'language-model-broken', 3],
    ['401', fails(401, `Incorrect API key provided: ${apiKey}`), 'language-model-refused', 1],
    ['404', fails(404, 'model not found'), 'language-model-refused', 1],
    ['cut connections', cutAfter('天琴'), 'language-model-broken', 3],
    ['malformed JSON', sends('data: {"choices":[\n\n'), 'language-model-broken', 3],
    ['JSON of another kind', sends('data: {"hello":1}\n\n'), 'language-model-broken', 3],
    ['a page', sends('<!doctype html><title>Hello</title>'), 'language-model-broken', 3],
    ['no word', says(''), 'language-model-broken', 1],
    ['an endless reply', neverEnds('天琴一号已经发射。[P1.S1]\n'), 'language-model-broken', 1],
    ['an endless line', floods(), 'language-model-broken', 1],
    ['UTF-16', saysIn((text) => Buffer.from(text, 'utf16le'), reply), 'language-model-broken', 3],
  ])('fails in a clear sentence after %s', async (_, behaviour, code, requests) => {
    server.behave(behaviour);
    const failed = await failureOf(model().write(request));
    expect(failed.code).toBe(code);
    expect(failed.message).toMatch(/^The language model scripted .*given in quotes alone\.$/);
    expect(failed.message).not.toContain('secret');
    expect(server.requests).toHaveLength(requests);
  });

  it('fails when nothing listens', async () => {
    const failed = await failureOf(model({ baseUrl: 'http://127.0.0.1:9/v1' }).write(request));
    expect(failed.code).toBe('language-model-unreachable');
    expect(failed.message).toContain('LLM_BASE_URL');
  });

  it('is not waited for beyond the limits', async () => {
    server.behave(waits(30_000, says(reply)));
    expect((await failureOf(model({ firstWord: 50 }).write(request))).message).toContain(
      'has not begun after 0.05 s',
    );
    server.behave(stallsAfter('天琴'));
    expect((await failureOf(model({ whole: 100 }).write(request))).message).toContain(
      'has not finished after 0.1 s',
    );
  });

  it('stops when the question is withdrawn', async () => {
    server.behave(stallsAfter('天琴'));
    const withdrawn = new AbortController();
    const writing = model().write({
      ...request,
      signal: withdrawn.signal,
      onText: () => withdrawn.abort(),
    });
    expect((await failureOf(writing)).code).toBe('language-model-cancelled');
    const late = model().write({ ...request, signal: AbortSignal.abort() });
    expect((await failureOf(late)).code).toBe('language-model-cancelled');
    expect(server.requests).toHaveLength(1);
  });
});
