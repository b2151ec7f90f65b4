import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: on the tests’ own harness, beside them, since it writes files that are kept. */
export default defineConfig({
  test: {
    include: ['test/console/screenshots/take.ts'],
    globalSetup: ['test/support/cluster.ts'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
