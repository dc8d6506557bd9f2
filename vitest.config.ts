import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/support/closing-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Conversations mostly wait for the pace that Telegram sets, so more files than cores run at once.
    maxWorkers: 4,
    reporters: ['default', new ClosingLine()],
  },
});
