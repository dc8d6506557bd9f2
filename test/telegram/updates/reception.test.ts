import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openChats } from '../../../src/library/chats/open-chats.ts';
import type { ChatStore } from '../../../src/library/chats/open-chats.ts';
import { NetworkError } from '../../../src/telegram/client/transport.ts';
import { Lanes } from '../../../src/telegram/updates/lanes.ts';
import { concernOf, laneOf } from '../../../src/telegram/updates/lane-of.ts';
import { Reception } from '../../../src/telegram/updates/reception.ts';

let chats: ChatStore;
let lost: AbortController;
let failures: unknown[];

beforeEach(() => {
  chats = openChats(':memory:');
  lost = new AbortController();
  failures = [];
});

afterEach(() => chats.close());

function open(handle: (update: { update_id: number }) => Promise<void>): Reception {
  return new Reception({
    inbox: chats.inbox,
    flush: async () => await chats.flush(),
    handle,
    log: pino({ level: 'silent' }),
    cap: 4,
    signal: lost.signal,
    onFailure: (error) => failures.push(error),
    pseudonym: (id) => id,
  });
}

const message = (update_id: number, chat: number) => ({
  update_id,
  message: { chat: { id: chat } },
});

test('every update is handled once, and each chat’s in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }), async (list) => {
      chats.close();
      chats = openChats(':memory:');
      const handled: number[] = [];
      const reception = open(async ({ update_id }) => {
        await sleep(update_id % 3);
        handled.push(update_id);
      });
      const updates = list.map((chat, index) => message(index + 1, chat));
      await reception.receive(updates.slice(0, 30));
      await reception.receive(updates);
      while (reception.size > 0) await sleep(1);
      expect(handled.toSorted((a, b) => a - b)).toEqual(updates.map(({ update_id }) => update_id));
      for (const chat of new Set(list)) {
        const own = handled.filter((id) => list[id - 1] === chat);
        expect(own).toEqual(own.toSorted((a, b) => a - b));
      }
      expect(chats.inbox.waiting()).toEqual([]);
    }),
    { seed: 3, numRuns: 20 },
  );
});

test('one chat with a long queue does not hold up another', async () => {
  const handled: number[] = [];
  const reception = open(async ({ update_id }) => {
    await sleep(1);
    handled.push(update_id);
  });
  await reception.receive([
    ...Array.from({ length: 100 }, (_, n) => message(n + 1, 1)),
    message(500, 2),
  ]);
  while (reception.size > 0) await sleep(1);
  expect(handled.indexOf(500)).toBeLessThan(10);
});

test('what fails for good is put away; what fails for the network’s sake waits for another attempt', async () => {
  const reception = open(async ({ update_id }) => {
    await Promise.resolve();
    throw update_id === 1 ? new Error('a fault of ours') : new NetworkError('no way through');
  });
  await reception.receive([message(1, 1), message(2, 2)]);
  while (reception.size > 0) await sleep(1);
  expect(failures).toHaveLength(2);
  expect(chats.inbox.waiting()).toEqual([{ updateId: 2, lane: 'chat 2' }]);
  await reception.close();
});

test('what was not finished is taken up by the next run, for a day if the network is away', async () => {
  const now = Date.now();
  chats.inbox.receive([message(1, 1)], laneOf, now - 23 * 3_600_000);
  chats.inbox.receive([message(2, 2)], laneOf, now - 25 * 3_600_000);
  for (let run = 1; run <= 6; run += 1) {
    const reception = open(async () => await Promise.reject(new NetworkError('again')));
    reception.resume();
    await sleep(5);
    await reception.close();
  }
  expect(chats.inbox.waiting().map(({ updateId }) => updateId)).toEqual([1]);
});

test('an update at which the process ended again and again is given up', async () => {
  chats.inbox.receive([message(1, 1)], laneOf);
  for (let crash = 1; crash <= 4; crash += 1) chats.inbox.begin(1);
  const handled: number[] = [];
  const reception = open(async ({ update_id }) => {
    handled.push(await Promise.resolve(update_id));
  });
  reception.resume();
  await reception.close();
  expect(handled).toEqual([]);
  expect(chats.inbox.waiting()).toEqual([]);
  expect(String(failures.at(-1))).toContain('given up');
});

test('closing waits for what is under way and leaves the rest for the next run', async () => {
  const handled: number[] = [];
  const reception = open(async ({ update_id }) => {
    await sleep(20);
    handled.push(update_id);
  });
  await reception.receive([message(1, 1), message(2, 1), message(3, 2)]);
  await sleep(5);
  await reception.close();
  expect(handled.toSorted((a, b) => a - b)).toEqual([1, 3]);
  expect(chats.inbox.waiting().map(({ updateId }) => updateId)).toEqual([2]);
  expect(reception.hasRoom).toBe(false);
});

test('when there is no more time, what is under way is done again after the next start', async () => {
  const reception = open(async () => {
    await sleep(10);
    throw new Error('cut off');
  });
  await reception.receive([message(1, 1)]);
  await sleep(2);
  lost.abort();
  await reception.close();
  expect(chats.inbox.waiting()).toHaveLength(1);
  expect(failures).toEqual([]);
});

test('an inbox that fails does not take the process along', async () => {
  const reception = open(async () => await Promise.resolve());
  chats.inbox.receive([message(1, 1)], laneOf);
  reception.resume();
  chats.close();
  while (reception.size > 0) await sleep(1);
  chats = openChats(':memory:');
  expect(reception.hasRoom).toBe(true);
});

test('lanes exist only while they have work', async () => {
  const lanes = new Lanes(2);
  for (let n = 0; n < 50; n += 1) lanes.add(`chat ${n}`, async () => await sleep(1));
  expect(lanes.size).toBe(50);
  await lanes.idle();
  expect(lanes.size).toBe(0);
  expect(Reflect.get(lanes, 'lanes')).toHaveProperty('size', 0);
});

test.each([
  [{ message: { chat: { id: 3 }, from: { id: 7 } } }, { kind: 'message', whom: '3' }],
  [
    { callback_query: { from: { id: 7 }, message: { chat: { id: 3 } } } },
    { kind: 'callback_query', whom: '3' },
  ],
  [{ inline_query: { from: { id: 7 } } }, { kind: 'inline_query', whom: '7' }],
  [{}, { kind: 'unknown', whom: '' }],
])('%j is logged as %j', (update, concern) => {
  expect(concernOf({ update_id: 1, ...update })).toEqual(concern);
});

test.each([
  [{ message: { chat: { id: 3 }, from: { id: 7 } } }, 'chat 3'],
  [{ edited_message: { chat: { id: 3 } } }, 'chat 3'],
  [{ my_chat_member: { chat: { id: 3 }, from: { id: 7 } } }, 'chat 3'],
  [{ callback_query: { from: { id: 7 }, message: { chat: { id: 3 } } } }, 'press 3 7'],
  [{ inline_query: { from: { id: 7 } } }, 'inline_query 7'],
  [{ quantum_message: 'what?' }, 'quantum_message '],
  [{ message: null }, 'message '],
  [{}, 'unknown '],
])('%j goes into the lane "%s"', (update, lane) => {
  expect(laneOf({ update_id: 1, ...update })).toBe(lane);
});
