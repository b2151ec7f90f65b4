import { defineConfig } from 'vitest/config';

/**
 * `npm run screenshots`: on the tests’ own harness, beside them, since it writes files that are kept. With
 * `SCREENSHOTS_TO=<folder>` every page in every form goes there instead, to be looked at.
 */
export default defineConfig({
  test: {
    include: [
      process.env.SCREENSHOTS_TO === undefined
        ? 'test/console/screenshots/take.ts'
        : 'test/console/screenshots/every-form.ts',
    ],
    globalSetup: ['test/support/cluster.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
