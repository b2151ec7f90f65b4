import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { beginDays, DAY } from '../support/daily.ts';
import { DailyWorld, STATES, type MadeChange } from '../support/daily-world.ts';

/** Worlds, others at each run; DAILY_WORLDS is for more at once, half a second each. */
const WORLDS = Number(process.env['DAILY_WORLDS'] ?? 8);
/** Where the machine is slow, fewer are enough. */
const TIME_LIMIT_MS = Math.max(25_000, WORLDS * 2_500);
const ENTITIES = 3;

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => database.drop());

const made: fc.Arbitrary<MadeChange> = fc.record({
  entity: fc.nat(ENTITIES - 1),
  notification: fc.nat(5),
  state: fc.constantFrom(...STATES),
  // Most are of the day; some are told late.
  daysAgo: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
  minute: fc.nat(1_439),
});
const some = fc.array(made, { minLength: 1, maxLength: 8 });

const STEP = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('take' as const), changes: some }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold' as const), changes: some }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end-day' as const),
      processes: fc.integer({ min: 1, max: 3 }),
      meanwhile: fc.array(made, { maxLength: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut-again' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('configure' as const),
      entity: fc.nat(ENTITIES - 1),
      daily: fc.boolean(),
      ownEndpoint: fc.boolean(),
    }),
  },
);
type Step = typeof STEP extends fc.Arbitrary<infer Value> ? Value : never;

async function take(world: DailyWorld, step: Step): Promise<void> {
  switch (step.kind) {
    case 'take':
      return world.isHeld ? undefined : world.take(step.changes);
    case 'hold':
      return world.hold(step.changes);
    case 'release':
      return world.release();
    case 'end-day':
      return world.endDay(step.processes, step.meanwhile);
    case 'cut-again':
      return world.cutAgain(DAY);
    case 'configure':
      return world.isHeld ? undefined : world.configure(step.entity, step.daily, step.ownEndpoint);
  }
}

let worlds = 0;

it(
  'tells every change in exactly one report, whatever comes late, and whoever cuts beside whom',
  { timeout: TIME_LIMIT_MS + 30_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 8, maxLength: 25, size: 'max' }), async (steps) => {
        worlds += 1;
        await beginDays(database.db, DAY);
        const world = new DailyWorld(database.db, database.url, worlds);
        for (let entity = 0; entity < ENTITIES; entity += 1)
          await world.configure(entity, true, entity === 1);
        for (const step of steps) {
          await take(world, step);
          await world.check();
        }
        await world.checkEnd();
      }),
      { numRuns: WORLDS, interruptAfterTimeLimit: TIME_LIMIT_MS, endOnFailure: false },
    );
    expect(worlds).toBeGreaterThan(0);
  },
);
