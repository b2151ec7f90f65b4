import { defineConfig } from 'vitest/config';

/** The tests that need no database, for mutants of what is pure. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    isolate: false,
    maxWorkers: 1,
    testTimeout: 20_000,
  },
});
