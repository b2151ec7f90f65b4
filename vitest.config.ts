import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const JOURNEYS_OF_THE_CONSOLE = 'test/console/**/*.test.ts';

const BUILT = fileURLToPath(new URL('dist/compose.js', import.meta.url));

/** Of all tests. */
const COMMON = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // No module keeps what a test has done, so that files may share what a worker has loaded: a fifth of the time.
  isolate: false,
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/cluster.ts'],
    projects: [
      {
        // The service as it is built, as the console is: some files instead of three hundred to put together.
        resolve: { alias: [{ find: /^(\.\.\/)+src\/compose\.ts$/, replacement: BUILT }] },
        test: {
          ...COMMON,
          name: 'console',
          server: { deps: { external: [/\/dist\/[^/]+\.js$/] } },
          include: [JOURNEYS_OF_THE_CONSOLE],
          globalSetup: ['test/console/support/unpack.ts'],
          // First, and beside nothing else: a browser and its service keep a core busy, and what waits for a page
          // should wait for nothing else.
          sequence: { groupOrder: 0 },
          maxWorkers: 3,
        },
      },
      {
        test: {
          ...COMMON,
          name: 'service',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['node_modules', 'dist', JOURNEYS_OF_THE_CONSOLE],
          sequence: { groupOrder: 1 },
          // More than the usual two cores: journeys also wait, for limits of the service and for its looks.
          maxWorkers: 4,
        },
      },
    ],
  },
});
