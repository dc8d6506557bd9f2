import { expect, test } from 'vitest';
import { inspect } from 'node:util';
import { withoutToken } from '../../../src/telegram/client/redact.ts';

const TOKEN = '7000000001:AAE-secret_0123456789';

test('the token goes out of message, stack, causes and other texts, and the error stays what it is', () => {
  const cause = Object.assign(new TypeError(`connect to /bot${TOKEN}/getMe`), {
    input: `https://api.telegram.org/bot${encodeURIComponent(TOKEN)}/getMe`,
    tries: [{ url: `…${TOKEN}…` }],
  });
  const error = new Error(`failed: ${TOKEN}`, { cause });
  const redacted = withoutToken(error, TOKEN);
  expect(redacted).toBe(error);
  expect(error.message).toBe('failed: [token]');
  const everything = inspect(redacted, { depth: 10, showHidden: true });
  expect(everything).not.toContain('AAE-secret');
  expect(everything).toContain('[token]');
});

test('circles and values that are no errors do no harm', () => {
  const circle: { self?: unknown; text: string } = { text: TOKEN };
  circle.self = circle;
  expect(withoutToken(circle, TOKEN)).toMatchObject({ text: '[token]' });
  for (const value of [null, undefined, 3, 'text']) expect(withoutToken(value, TOKEN)).toBe(value);
});
