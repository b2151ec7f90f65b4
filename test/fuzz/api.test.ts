import { expect, it } from 'vitest';
import { startTestService, TEST_KEY } from '../support/service.ts';
import { describeFault, fuzzApi } from './api/fuzz.ts';

/** `npm run fuzz:api` goes on for as long as is wished, from another seed each time. */
const SEED = 'short';
const REQUESTS = 1_500;
const LIMIT_MS = 12_000;

it('the API answers whatever comes as it says, and changes nothing that it refuses to', async () => {
  const t = await startTestService({
    roles: ['api'],
    settings: { allowPrivateEndpoints: false },
    resolve: (_, resolved) => resolved(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  const until = Date.now() + LIMIT_MS;
  try {
    const target = { url: t.url, adminKey: TEST_KEY, databaseUrl: t.database.url };
    const run = await fuzzApi(target, SEED, (number) => number < REQUESTS && Date.now() < until);
    expect(run.faults.map((fault) => describeFault(fault, SEED))).toEqual([]);
    // What is only ever refused is not tried.
    expect(run.succeeded).toBeGreaterThan(run.operations / 3);
  } finally {
    await t.close();
  }
});
