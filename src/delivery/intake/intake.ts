import { ProblemError } from '../../domain/errors.ts';
import { isUnavailable, type Database } from '../../store/database.ts';
import type { Intake, IntakeResult, SubmittedChange } from '../ports.ts';
import { Pace } from '../pace.ts';
import type { Relay } from '../relay.ts';
import { createPatience, isGivenUp, type Patient } from './patience.ts';
import { Restraint } from './restraint.ts';
import { takeTogether } from './take.ts';

/** The most changes that go into one transaction with others'. */
const MAX_TOGETHER = 1_000;

/**
 * Changes that may wait for a transaction: some seconds of work. More are refused rather than answered when their
 * caller has given up; what was refused has cost nothing and is repeated.
 */
const MAX_WAITING = 10_000;

/**
 * From so many waiting changes on, or once the oldest has waited so long in milliseconds, a request is refused before
 * its body is read: reading it to refuse it would cost the most, and who waits longer gives up.
 */
const FULL_FROM = 9_000;
const FULL_AFTER_MS = 5_000;

/** Transactions at once: while one commits, the next judges. */
const LANES = 2;

/**
 * How long a transaction waits for other requests, in milliseconds, and from how many in that time on: what is
 * taken together is also admitted, sent through the queue and claimed together.
 */
const GATHER_MS = 12;
const BUSY = 1.5;

/** Up to so many changes of a transaction are queued by it: of more, the relay makes fuller messages. */
const FEW = 16;

/** From so many waiting changes on more comes than is carried: intake may give way, where its process is saturated. */
const SURPLUS = MAX_TOGETHER;

const NO_RESTRAINT = { saturated: false, restMs: 0, note: () => undefined };

interface Waiting extends Patient {
  readonly changes: readonly SubmittedChange[];
  /** Whether its caller has hung up. */
  isGone(): boolean;
  resolve(results: IntakeResult[]): void;
}

/**
 * Group commit: requests that arrive while a transaction runs go into the next one together, so that many
 * small requests cost little more than a few large ones. Each is still accepted or refused on its own.
 */
export function createIntake(options: {
  readonly db: Database;
  /** Told of the origins that may have something to send, after the commit. */
  readonly wake: (origins: readonly string[]) => void;
  /** This process's relay: while little comes, what is due is queued as it is written. Null: it has none. */
  readonly relay: Pick<Relay, 'isQuick' | 'admitted'> | null;
  /** Whether this process also sends: then intake rests while there is too much of both. */
  readonly givesWay: boolean;
}): Intake {
  const { db, wake, relay, givesWay } = options;
  const waiting: Waiting[] = [];
  const pace = new Pace();
  const restraint = givesWay ? new Restraint() : NO_RESTRAINT;
  let lanes = 0;
  /** Changes in `waiting`. */
  let size = 0;
  let gathering = false;
  /** What the lanes work on. */
  const begun: (readonly Waiting[])[] = [];
  const patience = createPatience<Waiting>({ oldest: () => waiting[0], drop }, function* () {
    for (const group of begun) yield* group;
  });

  function drop(): void {
    size -= waiting.shift()?.changes.length ?? 0;
  }

  function take(): Waiting[] {
    const group: Waiting[] = [];
    let taken = 0;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (next.isGone()) {
        // Callers that give up early and repeat would otherwise keep a full queue full of what nobody waits for.
        drop();
        next.reject(busy());
        continue;
      }
      if (group.length > 0 && taken + next.changes.length > MAX_TOGETHER) break;
      taken += next.changes.length;
      group.push(next);
      drop();
    }
    return group;
  }

  async function run(group: readonly Waiting[]): Promise<void> {
    const requests = group.map(({ changes }) => changes);
    const isFew = requests.reduce((sum, changes) => sum + changes.length, 0) <= FEW;
    try {
      const taken = await takeTogether(db, requests, isFew && relay?.isQuick() === true);
      if (taken.admission !== null) relay?.admitted(taken.admission);
      if (taken.origins.length > 0) wake(taken.origins);
      taken.requests.forEach((request, index) => {
        if ('problem' in request) group[index]?.reject(request.problem);
        else group[index]?.resolve(request.results);
      });
    } catch (error) {
      if (group.length > 1 && !isUnavailable(error)) {
        // One of them may be what keeps the others from being taken. Where that is somebody's lock, each costs
        // its time limit: who has waited too long by then has had an answer, and is not tried.
        for (const request of group) if (!isGivenUp(request)) await run([request]);
        return;
      }
      const reason = isUnavailable(error)
        ? new ProblemError('unavailable', 'The database cannot be reached.')
        : error;
      for (const request of group) request.reject(reason);
    }
  }

  async function lane(): Promise<void> {
    gathering = false;
    const group = take();
    if (group.length === 0) return;
    pace.note(group.length);
    lanes += 1;
    begun.push(group);
    const from = performance.now();
    await run(group);
    if (size >= SURPLUS) restraint.note(performance.now() - from);
    begun.splice(begun.indexOf(group), 1);
    lanes -= 1;
    if (waiting.length > 0) gather();
  }

  /** Begins a transaction soon: after this turn of the event loop, so that requests read together go together. */
  function gather(): void {
    if (gathering || lanes >= (size >= SURPLUS && restraint.saturated ? 1 : LANES)) return;
    gathering = true;
    const { restMs } = restraint;
    if (restMs === 0 && pace.within(GATHER_MS) < BUSY) setImmediate(() => void lane());
    else setTimeout(() => void lane(), Math.max(restMs, GATHER_MS));
  }

  return {
    requireRoom() {
      const [oldest] = waiting;
      if (oldest === undefined) return;
      if (size > FULL_FROM || performance.now() - oldest.since > FULL_AFTER_MS) throw busy();
    },
    submit: async (changes, isGone) =>
      new Promise((resolve, reject) => {
        if (size + changes.length > MAX_WAITING) {
          reject(busy());
          return;
        }
        size += changes.length;
        waiting.push({ changes, isGone, resolve, reject, since: performance.now() });
        patience.watch();
        gather();
      }),
  };
}

function busy(): ProblemError {
  return new ProblemError('busy', 'Too many state changes wait to be written.');
}
