/**
 * Sends requests that nobody would: valid ones, nearly valid ones and rubbish, to every operation that
 * /openapi.json describes, as every role. No answer may be a 5xx but a documented 503, every refusal is a problem
 * (RFC 9457) with a documented code and changes nothing, and each answer comes in time.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { startService } from '../../src/compose.ts';
import { DEFAULT_SETTINGS } from '../../src/config.ts';
import { startPostgres } from '../../src/embedded/postgres.ts';
import { startSqs } from '../../src/embedded/sqs.ts';
import { temporaryFolder } from '../support/folder.ts';
import { describeFault, fuzzApi } from './api/fuzz.ts';

const USAGE = `npm run fuzz:api -- [options]
  --minutes N    how long; 5 if absent
  --seed TEXT    repeats the requests of an earlier run
  --requests N   ends after so many
`;

const ADMIN_KEY = 'fuzz-fuzz-fuzz-fuzz-fuzz-fuzz-fuzz-fuzz';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now()) },
    requests: { type: 'string', default: 'Infinity' },
    help: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const requests = Number(values.requests);

if (values.help || Number.isNaN(minutes) || Number.isNaN(requests)) {
  process.stdout.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.exitCode = await run(values.seed);
}

async function run(seed: string): Promise<number> {
  process.stdout.write(`seed ${seed}\n`);
  const folder = await temporaryFolder();
  const postgres = await startPostgres(folder, { settings: { fsync: 'off', synchronous_commit: 'off' } });
  const sqs = await startSqs();
  const service = await startService({
    settings: {
      ...DEFAULT_SETTINGS,
      databaseUrl: postgres.url,
      secretsKey: Buffer.alloc(32, 1),
      adminKey: ADMIN_KEY,
      sqsEndpoint: sqs.endpoint,
      port: 0,
    },
    roles: ['api'],
    migrate: true,
    logger: pino({ level: 'error' }),
    // Nothing is sent anywhere: every name leads to where callbacks may not go.
    resolve: (_, resolved) => resolved(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  try {
    const until = Date.now() + minutes * 60_000;
    const target = { url: service.url ?? '', adminKey: ADMIN_KEY, databaseUrl: postgres.url };
    const seen = await fuzzApi(target, seed, (number) => number < requests && Date.now() < until);
    for (const fault of seen.faults) process.stdout.write(`\n${describeFault(fault, seed)}\n`);
    const statuses = [...seen.statuses]
      .toSorted(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`);
    process.stdout.write(
      `${seen.requests} requests to ${seen.operations} operations, of which ${seen.succeeded} have succeeded; ${statuses.join(', ')}\n` +
        `${seen.faults.length} wrong answers\n`,
    );
    return seen.faults.length === 0 ? 0 : 1;
  } finally {
    await service.stop();
    await Promise.all([postgres.stop(), sqs.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
