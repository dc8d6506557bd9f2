/** Fast enough for tests; the pace itself is tested by itself. */
export const FAST = {
  chat: { intervalMs: 0, burst: 1_000 },
  group: { count: 1_000, ms: 1 },
  all: { intervalMs: 0, burst: 1_000 },
};
