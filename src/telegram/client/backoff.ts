/**
 * How long to wait before the next try, in milliseconds: doubling from half a second up to `longest`,
 * with jitter of ±25 % so that many callers do not come back at the same instant.
 * @param attempt - 0 after the first failure
 */
export function backoff(attempt: number, longest = 30_000): number {
  const base = Math.min(longest, 500 * 2 ** Math.min(attempt, 16));
  return base * (0.75 + Math.random() * 0.5);
}
