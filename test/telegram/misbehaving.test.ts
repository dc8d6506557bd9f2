import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MisbehavingModel } from './misbehaving.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';

let model: MisbehavingModel;
beforeAll(async () => {
  model = await MisbehavingModel.open();
});
afterAll(async () => model.close());

describe('what reaches the reader in Telegram is proven when a language model sends', () => {
  test.each(MISBEHAVIOURS.map((one) => [one.name, one] as const))('%s', async (_, misbehaviour) => {
    const { written, unproven, leftOut, isKeyTold } = await model.meets(misbehaviour);
    expect(written).toBe(misbehaviour.reaches);
    expect(unproven).toEqual([]);
    expect(leftOut).toEqual(misbehaviour.leftOut ?? []);
    expect(isKeyTold).toBe(false);
  });
});
