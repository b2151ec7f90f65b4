import { defineConfig } from 'vitest/config';

/** The tests that need no database, for mutants of what is pure. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/mutate/same-seed.ts'],
    // A thread ends with its process, even where a mutant never ends.
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    bail: 1,
    testTimeout: 20_000,
  },
});
