import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { beside } from './beside.ts';
import { compare, type Comparison } from './compare.ts';
import { consolePages } from './console.ts';
import { filled } from './filled.ts';
import { isolation } from './isolation.ts';
import { memory } from './memory.ts';
import { overload } from './overload.ts';
import { compileParts } from './part.ts';
import { policies } from './policies.ts';
import { profile } from './profile.ts';
import { signing } from './signing.ts';
import { Stage } from './stage.ts';

/*
 * The benchmark. What it measures, how, and what was found: docs/performance.md.
 *
 *   npm run bench                      the service against a bare POST
 *   npm run bench -- --beside FOLDER   this build beside the one in another folder, under the first load or --only
 *   npm run bench -- --filled          lists and deliveries with 100,000 finished deliveries
 *   npm run bench -- --console         the console's pages in Chromium, and the calls behind them, with 1,000,000
 *                                      deliveries (--deliveries) of 5,000 entities (--entities)
 *   npm run bench -- --memory          the service's resident size over 5 minutes (--minutes) of full load
 *   npm run bench -- --overload        ten times what the service carries, over 5 minutes (--minutes, --rate)
 *   npm run bench -- --isolation       what one endpoint that never answers costs 19 others
 *   npm run bench -- --profile         where the service's CPU time goes
 *   npm run bench -- --policies        deliveries under each security policy
 *   npm run bench -- --signing         signing on the event loop and on threads
 *
 * With --json the last line is one JSON object; --rounds sets how often the measures alternate; --quick takes
 * a fifth of the deliveries, for a first look; --dist measures the build in another folder; --only one of
 * the loads (ndjson-100, single, single-full).
 */

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    beside: { type: 'string' },
    filled: { type: 'boolean', default: false },
    console: { type: 'boolean', default: false },
    deliveries: { type: 'string', default: '1000000' },
    entities: { type: 'string', default: '5000' },
    memory: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '5' },
    overload: { type: 'boolean', default: false },
    rate: { type: 'string' },
    isolation: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    policies: { type: 'boolean', default: false },
    signing: { type: 'boolean', default: false },
    dist: { type: 'string', default: 'dist' },
    only: { type: 'string' },
  },
});

/** The pace of single changes, a second, at which the latency is measured. */
const PACE = 200;

/** As many deliveries warm the service up as posts the bare process. */
const WARM_UP = options.quick ? 10_000 : 20_000;

const scale = options.quick ? 0.2 : 1;
const rounds = Number(options.rounds ?? (options.quick ? 3 : 5));

/** The first gives the figures of the whole, the second the latencies. */
const COMPARISONS: readonly [Comparison, Comparison, Comparison] = [
  {
    name: 'ndjson-100',
    load: { type: 'ndjson' },
    warmUp: { load: { type: 'ndjson' }, deliveries: WARM_UP },
    leadIn: 2_000,
    deliveries: 10_000 * scale,
  },
  {
    name: 'single',
    load: { type: 'paced', perSecond: PACE },
    warmUp: { load: { type: 'singles' }, deliveries: WARM_UP },
    leadIn: 400,
    deliveries: 2_000 * scale,
  },
  {
    name: 'single-full',
    load: { type: 'singles' },
    warmUp: { load: { type: 'singles' }, deliveries: 2_000 },
    leadIn: 1_000,
    deliveries: 5_000 * scale,
  },
];

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints a result: as one line of JSON, or as tables. */
function print(result: object): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const tables = Object.entries(result).filter(([, value]) => Array.isArray(value));
  for (const [, rows] of tables) console.table(rows);
  const single = Object.entries(result).filter(([, value]) => !Array.isArray(value));
  if (single.length > 0) console.table(Object.fromEntries(single));
}

/** The loads that are wanted; the first gives the figures of the whole. */
function wantedLoads(): readonly [Comparison, ...Comparison[]] {
  const [first, ...others] = COMPARISONS.filter(
    ({ name }) => options.only === undefined || options.only === name,
  );
  if (first === undefined) throw new Error('--only names no load');
  return [first, ...others];
}

async function compareAll(stage: Stage): Promise<object> {
  const [first, ...others] = wantedLoads();
  const subject = await stage.subject();
  const batched = await compare(stage, subject, first, rounds, tell);
  const rows = [batched];
  for (const load of others) rows.push(await compare(stage, subject, load, rounds, tell));
  const [, single = batched] = rows;
  const { ratio, cpuMicrosPerDelivery, cpuMicrosPerPost, perSecond, barePerSecond } = batched;
  const { p50Ms, p95Ms, p99Ms } = single;
  return {
    ratio,
    cpuMicrosPerDelivery,
    cpuMicrosPerPost,
    perSecond,
    barePerSecond,
    p50Ms,
    p95Ms,
    p99Ms,
    rows,
  };
}

/** The entities that are looked at are the first 134. */
const LEAST_ENTITIES = 134;

function readScale(): { readonly deliveries: number; readonly entities: number } {
  const [deliveries, entities] = [Number(options.deliveries), Number(options.entities)];
  if (!Number.isInteger(deliveries) || deliveries < 1)
    throw new Error('--deliveries is no number of deliveries');
  if (!Number.isInteger(entities) || entities < LEAST_ENTITIES) {
    throw new Error(`--entities is no number from ${LEAST_ENTITIES} on`);
  }
  return { deliveries, entities };
}

/** The URL of a folder with a built program. */
function distUrl(folder: string): string {
  return pathToFileURL(`${resolve(folder)}/`).href;
}

async function measure(stage: Stage): Promise<object> {
  if (options.beside !== undefined) {
    const [load] = wantedLoads();
    return beside(stage, distUrl(options.beside), load, rounds, tell);
  }
  if (options.filled) return filled(stage, rounds, 5_000 * scale, tell);
  if (options.console) return consolePages(stage, readScale(), tell);
  if (options.memory) return memory(stage, await stage.subject(), Number(options.minutes), tell);
  if (options.overload) {
    const rate = options.rate === undefined ? null : Number(options.rate);
    const result = await overload(stage, { minutes: Number(options.minutes), rate }, tell);
    if (result.broken !== 'none') process.exitCode = 1;
    return result;
  }
  if (options.isolation) return isolation(stage, rounds, tell);
  if (options.policies) return policies(stage, rounds, 5_000 * scale, tell);
  if (options.profile) return profile(stage, await stage.subject(), 20_000 * scale);
  return compareAll(stage);
}

async function main(): Promise<void> {
  if (options.signing) {
    print(await signing());
    return;
  }
  await compileParts();
  const stage = await Stage.open(distUrl(options.dist));
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true;
      void stage.close();
    });
  }
  try {
    print(await measure(stage));
  } catch (error) {
    // What was under way fails when its processes end.
    if (!interrupted) throw error;
    process.exitCode = 130;
  } finally {
    await stage.close();
  }
}

await main();
