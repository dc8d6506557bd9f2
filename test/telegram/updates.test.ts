import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultIn } from './server/schema.ts';
import { startBotApiServer } from './server/server.ts';
import type { BotApiServer } from './server/server.ts';
import { UpdateMaker, updateKinds } from './updates.ts';

let server: BotApiServer;

beforeEach(async () => {
  server = await startBotApiServer({ now: () => 1_790_000_000_000 });
});

afterEach(() => server.close());

test('generated updates are of every kind, and as the Bot API has them', () => {
  const maker = new UpdateMaker(server, { seed: 1, distortion: 0 });
  const made = Array.from({ length: 400 }, () => maker.next());
  const kinds = new Set(made.map(({ kind }) => kind));
  expect(updateKinds).toHaveLength(25);
  expect(updateKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  const known = made.filter(({ kind }) => updateKinds.includes(kind));
  expect(known.map(({ update }) => faultIn('Update', update, 'update')).filter(Boolean)).toEqual(
    [],
  );
  expect(known.length).toBeLessThan(made.length);
});

test('distorted updates break the types', () => {
  const maker = new UpdateMaker(server, { seed: 1, distortion: 1 });
  const made = Array.from({ length: 200 }, () => maker.next());
  const faults = made.filter(({ update }) => faultIn('Update', update, 'update') !== null);
  expect(faults.length).toBeGreaterThan(50);
});

test('the same seed gives the same updates', async () => {
  const other = await startBotApiServer({ now: () => 1_790_000_000_000 });
  const makers = [server, other].map((each) => new UpdateMaker(each, { seed: 7 }));
  const [first, second] = makers.map((maker) =>
    Array.from({ length: 50 }, () => maker.next().update),
  );
  await other.close();
  expect(first).toEqual(second);
});
