/**
 * Takes the bot's token out of an error: out of its message, its stack, its other texts and those of
 * its causes. Telegram puts the token into every address, so network errors carry it.
 * The error is changed in place and handed back, so that its class and code stay.
 */
export function withoutToken(error: unknown, token: string): unknown {
  redact(error, [token, encodeURIComponent(token)], new Set());
  return error;
}

function redact(value: unknown, secrets: readonly string[], seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const key of Object.getOwnPropertyNames(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    const content: unknown = property?.value;
    if (typeof content !== 'string') redact(content, secrets, seen);
    else if (secrets.some((secret) => content.includes(secret))) {
      Object.defineProperty(value, key, { ...property, value: hide(content, secrets) });
    }
  }
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '[token]'), text);
}
