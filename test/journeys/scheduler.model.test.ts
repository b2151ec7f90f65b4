import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AttemptResult, Outcome } from '../../src/domain/attempt.ts';
import { isFinished } from '../../src/domain/delivery.ts';
import type { State } from '../../src/domain/state.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { Dice } from '../support/dice.ts';
import { ENTITIES } from '../support/scheduler-entities.ts';
import { NOTIFICATIONS, World, type Held } from '../support/scheduler-world.ts';

/** Worlds of 48 histories each, others at each run; SCHEDULER_WORLDS is for more at once, a second each. */
const WORLDS = Number(process.env['SCHEDULER_WORLDS'] ?? 10);
const STEPS = 40;
/** Where the machine is slow, fewer worlds are enough. */
const TIME_LIMIT_MS = Math.max(30_000, WORLDS * 5_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => database.drop());

/** What may happen next; how often each is chosen. */
const STEP = fc.record({
  kind: fc.oneof(
    ...(
      [
        ['change', 6],
        ['end-day', 2],
        ['admit', 6],
        ['admit-lost', 1],
        ['purge', 1],
        ['claim', 6],
        ['claim-anything', 2],
        ['complete', 6],
        ['complete-late', 3],
        ['lose', 2],
        ['remind', 2],
        ['cancel', 1],
        ['resend', 2],
        ['configure', 2],
        ['pause', 1],
        ['resume', 2],
        ['retry', 2],
        ['pass-time', 4],
      ] as const
    ).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind) })),
  ),
  seed: fc.nat(),
});
type Step = typeof STEP extends fc.Arbitrary<infer Value> ? Value : never;

const CALLBACK_STATES = [
  'DIPOSITADA',
  'ACCEPTADA',
  'REBUTJADA',
  'EXPIRADA',
  'ERROR',
  'ANUL·LADA',
] as const satisfies readonly State[];
const OUTCOMES = [
  'acknowledged',
  'acknowledged',
  'refused',
  'faulted',
  'unreadable',
  'http-error',
  'unreachable',
  'interrupted',
  'blocked',
] as const satisfies readonly Outcome[];

function resultOf(outcome: Outcome, dice: Dice): AttemptResult {
  const retryAfterMs = dice.roll(4) === 0 ? dice.roll(20) * 3_600_000 : null;
  return {
    outcome,
    httpStatus: outcome === 'http-error' ? (dice.one([400, 429, 503]) ?? null) : null,
    errorCode:
      outcome === 'acknowledged' ? null : outcome === 'blocked' ? 'address-not-allowed' : 'error-element',
    errorText: null,
    durationMs: 1,
    retryAfterMs: outcome === 'acknowledged' ? null : retryAfterMs,
    requestHeaders: {},
    phases: null,
    requestHash: null,
    response: null,
  };
}

/** The attempts of different deliveries among these: one transaction does not record two of one. */
function distinct(held: readonly Held[]): Held[] {
  return [...new Map(held.map((each) => [each.claim.delivery, each])).values()];
}

async function take(world: World, { kind, seed }: Step): Promise<void> {
  const dice = new Dice(seed);
  const ids = [...world.model.deliveries.keys()];
  const statusOf = (id: string) => world.model.get(id).schedule.status;
  switch (kind) {
    case 'change':
      return world.change(
        Array.from({ length: 1 + dice.roll(24) }, () => ({
          index: dice.roll(NOTIFICATIONS),
          state: dice.one(CALLBACK_STATES) ?? 'ERROR',
          minute: dice.roll(30),
        })),
        dice.roll(2) === 0,
      );
    case 'end-day':
      return world.endDay();
    case 'admit':
      return world.admit(false);
    case 'admit-lost':
      return world.admit(true);
    case 'purge':
      world.hints = [];
      return;
    case 'claim': {
      const message = dice.some(world.hints, 2);
      // Some messages come again.
      if (dice.roll(3) > 0) world.hints = world.hints.filter((id) => !message.includes(id));
      return world.claim(message);
    }
    case 'claim-anything':
      return world.claim([...dice.some(ids, 3), ...dice.some(world.hints, 3)]);
    case 'complete': {
      const ended = dice.some(distinct(world.held.filter(({ late }) => !late)), 2);
      return world.complete(
        ended.map((held) => ({ held, result: resultOf(dice.one(OUTCOMES) ?? 'refused', dice) })),
      );
    }
    case 'complete-late': {
      const ended = dice.some(distinct(world.held.filter(({ late }) => late)), 2);
      return world.complete(
        ended.map((held) => ({ held, result: resultOf(dice.one(OUTCOMES) ?? 'refused', dice) })),
      );
    }
    case 'lose':
      return world.lose(
        dice.some(
          world.held.filter(({ late }) => !late),
          2,
        ),
        resultOf('interrupted', dice),
      );
    case 'remind':
      return world.remind();
    case 'cancel': {
      for (const id of dice.some(ids, 30)) await world.cancel(id);
      return;
    }
    case 'resend': {
      const chosen = dice.some(ids, 10).filter((id) => isFinished(statusOf(id)) || dice.roll(5) === 0);
      for (const id of chosen) await world.resend(id);
      return;
    }
    case 'configure':
      return world.configure(dice.roll(ENTITIES), dice.roll(2) === 0);
    case 'pause':
      return world.hold(dice.roll(ENTITIES), true);
    case 'resume':
      return world.hold(dice.roll(ENTITIES), false);
    case 'retry':
      return world.retry(dice.roll(ENTITIES));
    case 'pass-time':
      return world.passTime();
  }
}

/** Lets everything go on until nothing is left to do; some deliveries never succeed. */
async function drain(world: World): Promise<void> {
  const dice = new Dice(world.model.deliveries.size);
  const doomed = new Set(dice.some([...world.model.deliveries.keys()], 4));
  await world.complete(distinct(world.held).map((held) => ({ held, result: resultOf('interrupted', dice) })));
  for (let entity = 0; entity < ENTITIES; entity += 1) {
    // Also what an address blocked waits for a new configuration.
    await world.configure(entity, true);
    await world.hold(entity, false);
  }
  await world.check();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if ([...world.model.deliveries.values()].every(({ schedule }) => isFinished(schedule.status))) return;
    await world.passTime();
    await world.admit(false);
    await world.remind();
    await world.check();
    await world.claim(world.hints);
    world.hints = [];
    await world.lose(dice.some(world.held, 10), resultOf('interrupted', dice));
    const ended = distinct(world.held.filter(({ late }) => !late));
    await world.complete(
      ended.map((held) => ({
        held,
        result: resultOf(doomed.has(held.claim.delivery) ? 'faulted' : 'acknowledged', dice),
      })),
    );
    await world.check();
  }
  const left = [...world.model.deliveries.values()].filter(({ schedule }) => !isFinished(schedule.status));
  throw new Error(`deliveries are left that nothing ends: ${JSON.stringify(left)}`);
}

/** 10 attempts for each of a line's deliveries, at a window that must recover first. */
const MOST_ROUNDS = 200;

let worlds = 0;

it(
  'keeps order, numbers and ends whatever changes, answers, pauses, crashes and repeats come in whatever order',
  { timeout: TIME_LIMIT_MS + 30_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(STEP, { minLength: STEPS / 2, maxLength: STEPS, size: 'max' }),
        async (steps) => {
          worlds += 1;
          const world = new World(database.db, worlds);
          await world.create();
          for (const step of steps) {
            await take(world, step);
            await world.check();
          }
          await drain(world);
          await world.checkEnd();
        },
      ),
      { numRuns: WORLDS, interruptAfterTimeLimit: TIME_LIMIT_MS, endOnFailure: false },
    );
    expect(worlds).toBeGreaterThan(0);
  },
);
