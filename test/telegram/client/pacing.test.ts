import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pacer, TELEGRAM_PACES } from '../../../src/telegram/client/pacing.ts';
import type { Clock } from '../../../src/telegram/client/pacing.ts';

/** A clock that runs as fast as the work allows. */
class TestClock implements Clock {
  private time = 1_000_000;
  private sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve) => {
      this.sleepers.push({ at: this.time + ms, wake: resolve });
    });
  }

  /** Lets the time pass until nobody sleeps any more. */
  async run(): Promise<void> {
    for (;;) {
      await settled();
      this.sleepers.sort((a, b) => a.at - b.at);
      const next = this.sleepers.shift();
      if (next === undefined) return;
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
  }
}

/** When it resolves, whatever can go on without the clock has done so. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

const never = new AbortController().signal;

async function send(chats: readonly string[]): Promise<{ chat: string; n: number; at: number }[]> {
  const clock = new TestClock();
  const pacer = new Pacer(TELEGRAM_PACES, clock);
  const sent: { chat: string; n: number; at: number }[] = [];
  const all = chats.map(async (chat, n) => {
    await pacer.turn(chat, never);
    sent.push({ chat, n, at: clock.now() });
  });
  await clock.run();
  await Promise.all(all);
  return sent;
}

/** The most calls within any stretch of `ms` milliseconds. */
function most(times: readonly number[], ms: number): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + ms).length),
  );
}

test('whatever is sent to whom, no limit of Telegram is passed and every chat keeps its order', async () => {
  const chat = fc.constantFrom('1', '2', '3', '-100', '-200', '@channel');
  await fc.assert(
    fc.asyncProperty(fc.array(chat, { maxLength: 120 }), async (chats) => {
      const sent = await send(chats);
      expect(sent).toHaveLength(chats.length);
      expect(
        most(
          sent.map(({ at }) => at),
          1_000,
        ),
      ).toBeLessThanOrEqual(32);
      for (const name of new Set(chats)) {
        const here = sent.filter((call) => call.chat === name);
        expect(here.map(({ n }) => n)).toEqual(here.map(({ n }) => n).toSorted((a, b) => a - b));
        const times = here.map(({ at }) => at);
        expect(most(times, 10_000)).toBeLessThanOrEqual(13);
        const isGroup = !/^\d/.test(name);
        expect(most(times, 60_000)).toBeLessThanOrEqual(isGroup ? 20 : 63);
      }
    }),
    { seed: 7, numRuns: 30 },
  );
});

test('a few messages to one chat go out at once, the next a second later', async () => {
  const sent = await send(['1', '1', '1', '1']);
  const [first, second, third, fourth] = sent.map(({ at }) => at);
  expect([second, third]).toEqual([first, first].map((at) => at));
  expect(fourth! - third!).toBeGreaterThanOrEqual(1_000);
});

test('a busy chat does not hold up another', async () => {
  const sent = await send([...Array.from({ length: 50 }, () => '1'), '2']);
  const other = sent.find(({ chat }) => chat === '2');
  expect(other!.at).toBe(sent[0]!.at);
});

test('chats that wait for the common limit are let out in the order in which they came', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `${index + 1}`);
  const sent = await send(names);
  expect(sent.map(({ chat }) => chat)).toEqual(names);
});

test('after a 429 nothing goes to that chat until it may', async () => {
  const clock = new TestClock();
  const pacer = new Pacer(TELEGRAM_PACES, clock);
  const started = clock.now();
  pacer.pause('1', 7);
  const times: number[] = [];
  const calls = ['1', '2'].map(async (chat) => {
    await pacer.turn(chat, never);
    times.push(clock.now() - started);
  });
  await clock.run();
  await Promise.all(calls);
  expect(times).toEqual([0, 7_000]);
});

test('waiting ends when the process stops', async () => {
  const stop = new AbortController();
  const pacer = new Pacer({ ...TELEGRAM_PACES, chat: { intervalMs: 60_000, burst: 1 } });
  await pacer.turn('1', stop.signal);
  const waiting = pacer.turn('1', stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow(/abort/);
});
