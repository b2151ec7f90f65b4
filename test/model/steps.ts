import {
  cancel,
  claim,
  conclude,
  enqueue,
  isFinished,
  join,
  lineUp,
  retryNow,
  type Schedule,
} from '../../src/domain/delivery.ts';
import type { RetrySchedule } from '../../src/domain/retry-policy.ts';
import { adjust, isProbed } from '../../src/domain/window.ts';
import type { Budget, Held, Result, World } from './world.ts';

/** One thing that may happen next. */
export interface Step {
  /** What happens, for a trace. */
  readonly name: string;
  readonly to: World;
  /** Whether the world does it against the service: it may, and need not, ever come. */
  readonly hostile: boolean;
  /** A request that this step writes. */
  readonly written?: { readonly id: string; readonly attempt: number; readonly late: boolean };
}

/** The functions that decide, as the service has them; a test may put a broken one in the place of one. */
export const TRANSITIONS = { adjust, cancel, claim, conclude, enqueue, join, lineUp, retryNow };
export type Transitions = typeof TRANSITIONS;

/** Two retries: enough to fail, to come back, and to be exhausted. */
export const RETRIES: RetrySchedule = [1, 1];

const NOW = 0;
const LATER = 1;

const ACKNOWLEDGED: Result = {
  outcome: 'acknowledged',
  httpStatus: 200,
  errorCode: null,
  retryAfterMs: null,
};
const FAULTED: Result = { outcome: 'faulted', httpStatus: 500, errorCode: 'soap-fault', retryAfterMs: null };
const UNREACHABLE: Result = {
  outcome: 'unreachable',
  httpStatus: null,
  errorCode: 'connect-refused',
  retryAfterMs: null,
};
const INTERRUPTED: Result = {
  outcome: 'interrupted',
  httpStatus: null,
  errorCode: 'lease-expired',
  retryAfterMs: null,
};
const FAILURES = { faulted: FAULTED, unreachable: UNREACHABLE };

/** Everything that may happen in a world, whoever does it. */
export function stepsFrom(world: World, transitions: Transitions): Step[] {
  return [
    ...arrivals(world, transitions),
    ...admissions(world, transitions),
    ...receipts(world, transitions),
    ...attempts(world, transitions),
    ...leases(world, transitions),
    ...reminders(world),
    ...cancellations(world, transitions),
    ...retries(world, transitions),
    ...timePasses(world),
  ];
}

/** Changes arrive in any order: also one that happened before those that are there. */
function arrivals(world: World, { join: joinLine }: Transitions): Step[] {
  return world.coming.map((change) => {
    const { id, line, position } = change;
    const joining = { id, line, position, arrival: world.deliveries.length, blockedBy: null };
    const placed = joinLine(unfinishedOf(world, line), joining, NOW, isProbed(world.window));
    const coming = world.coming.filter((other) => other !== change);
    return { name: `${id} arrives`, hostile: false, to: { ...withDeliveries(world, placed), coming } };
  });
}

/** Whether a relay may queue it (src/store/admissions.ts, READY). */
function isReady(d: Schedule): boolean {
  return (
    d.first && d.blockedBy === null && (d.status === 'waiting' || d.status === 'retrying') && d.dueAt <= NOW
  );
}

function admissions(world: World, { enqueue: queue }: Transitions): Step[] {
  const { window } = world;
  const taken = world.deliveries.filter((d) => d.status === 'queued' || d.status === 'sending').length;
  if (taken >= window.size || (isProbed(window) && (window.probeAt ?? NOW) > NOW)) return [];
  return world.deliveries.filter(isReady).map((d) => ({
    name: `${d.id} is queued`,
    hostile: false,
    to: withHint(withDeliveries(world, [queue(d)]), d.id),
  }));
}

/** A worker receives a hint, in any order; the queue may lose it, or keep a second one. */
function receipts(world: World, { claim: take }: Transitions): Step[] {
  return [...new Set(world.hints)].flatMap((id) => {
    const { losses, repeats } = world.budget;
    const without = withoutHint(world, id);
    const claimed = world.deliveries.flatMap((d) => (d.id === id ? (take(d) ?? []) : []));
    const held = claimed.map((d) => ({ id, attempt: d.attempts, written: false, late: false }));
    const received = withHeld(withDeliveries(without, claimed), [...without.held, ...held]);
    return [
      { name: `a worker receives the hint of ${id}`, hostile: false, to: received },
      ...(losses > 0
        ? [{ name: `the hint of ${id} is lost`, hostile: true, to: spend(without, 'losses') }]
        : []),
      ...(repeats > 0
        ? [
            {
              name: `the hint of ${id} comes twice`,
              hostile: true,
              to: spend(withHint(world, id), 'repeats'),
            },
          ]
        : []),
    ];
  });
}

/** What workers do with the attempts that they hold. */
function attempts(world: World, transitions: Transitions): Step[] {
  return world.held.flatMap((held): Step[] => {
    const { id, attempt, written, late } = held;
    const others = world.held.filter((other) => other !== held);
    if (!written) {
      // A late one is not written: the worker looks at its clock before it writes (design: the stated stall is
      // between that look and the write, and is a lease that runs out after it).
      if (late) return [{ name: `${id}#${attempt} is dropped`, hostile: false, to: withHeld(world, others) }];
      const to = withHeld(world, [...others, { ...held, written: true }]);
      return [{ name: `${id}#${attempt} is written`, hostile: false, to, written: { id, attempt, late } }];
    }
    const answered = (name: string, result: Result, from: World, hostile: boolean): Step => ({
      name: `${id}#${attempt} is ${name}${late ? ', late' : ''}`,
      hostile,
      to: settled(withHeld(from, others), held, result, transitions),
    });
    const failing = world.budget.failures > 0;
    return [
      answered('acknowledged', ACKNOWLEDGED, world, false),
      ...(failing
        ? Object.entries(FAILURES).map(([name, result]) =>
            answered(name, result, spend(world, 'failures'), true),
          )
        : []),
    ];
  });
}

/** Processes end, or stand still until their lease has run out; the reconciler ends what they held. */
function leases(world: World, transitions: Transitions): Step[] {
  const { crashes, stalls } = world.budget;
  const held = world.held.filter(({ late }) => !late);
  const gone = world.deliveries.filter(
    (d) => d.status === 'sending' && !held.some(({ id, attempt }) => id === d.id && attempt === d.attempts),
  );
  return [
    ...held.flatMap((each): Step[] => {
      const others = world.held.filter((other) => other !== each);
      const name = `${each.id}#${each.attempt}`;
      const stalled = withHeld(world, [...others, { ...each, late: true }]);
      return [
        ...(crashes > 0
          ? [
              {
                name: `the process of ${name} ends`,
                hostile: true,
                to: spend(withHeld(world, others), 'crashes'),
              },
            ]
          : []),
        ...(stalls > 0
          ? [{ name: `the process of ${name} stands still`, hostile: true, to: spend(stalled, 'stalls') }]
          : []),
      ];
    }),
    ...gone.map((d) => {
      const lost = { id: d.id, attempt: d.attempts, written: false, late: false };
      return {
        name: `the lease of ${d.id}#${d.attempts} runs out`,
        hostile: false,
        to: settled(world, lost, INTERRUPTED, transitions),
      };
    }),
  ];
}

/** What stays queued without a hint gets another one. */
function reminders(world: World): Step[] {
  return world.deliveries
    .filter((d) => d.status === 'queued' && !world.hints.includes(d.id))
    .map((d) => ({ name: `the queue is reminded of ${d.id}`, hostile: false, to: withHint(world, d.id) }));
}

function cancellations(world: World, { cancel: giveUp, lineUp: place }: Transitions): Step[] {
  if (world.budget.cancels === 0) return [];
  return world.deliveries
    .filter((d) => !isFinished(d.status))
    .map((d) => {
      const cancelled = withDeliveries(world, [giveUp(d)]);
      const placed = withDeliveries(cancelled, place(unfinishedOf(cancelled, d.line)));
      return { name: `${d.id} is cancelled`, hostile: true, to: spend(placed, 'cancels') };
    });
}

/** An operator asks for what is retried, and for the probe (src/store/retry.ts): nobody need ever do so. */
function retries(world: World, { retryNow: ask }: Transitions): Step[] {
  const asked = world.deliveries.map((d) => (d.first && d.blockedBy === null ? ask(d, NOW) : d));
  if (asked.every((d, place) => d === world.deliveries[place])) return [];
  const { window } = world;
  const probe = window.probeAt === null ? window : { ...window, probeAt: NOW };
  const to = { ...withDeliveries(world, asked), window: probe };
  return [{ name: 'an operator asks for what is retried', hostile: true, to }];
}

/** All that is planned for later is due now. */
function timePasses(world: World): Step[] {
  const { window } = world;
  const deliveries = world.deliveries.map((d) => (d.dueAt > NOW ? { ...d, dueAt: NOW } : d));
  const probed = (window.probeAt ?? NOW) > NOW;
  if (!probed && deliveries.every((d, place) => d === world.deliveries[place])) return [];
  const passed = { ...world, deliveries, window: probed ? { ...window, probeAt: NOW } : window };
  return [{ name: 'time passes', hostile: false, to: passed }];
}

/** An attempt's end is recorded: delivery, line and window in one transaction (src/delivery/settle.ts). */
function settled(world: World, held: Held, result: Result, transitions: Transitions): World {
  const d = world.deliveries.find(({ id }) => id === held.id);
  if (d === undefined) return world;
  const own = d.status === 'sending' && d.attempts === held.attempt;
  const follow = { schedule: RETRIES, now: NOW, random: 0.5 };
  const concluded = transitions.conclude(d, held.attempt, result, follow);
  if (concluded === null) return world;
  const planned = concluded.dueAt > NOW ? { ...concluded, dueAt: LATER } : concluded;
  const ended = withDeliveries(world, [planned]);
  const placed = withDeliveries(ended, transitions.lineUp(unfinishedOf(ended, d.line)));
  return own ? recovered({ ...placed, window: adjusted(placed, result, transitions) }) : placed;
}

function adjusted({ window }: World, result: Result, transitions: Transitions): World['window'] {
  const next = transitions.adjust(window, [result], NOW);
  return { ...next, probeAt: (next.probeAt ?? NOW) > NOW ? LATER : next.probeAt, probeDelayMs: 1 };
}

/** An origin that lives again: the retries that it had failed come at once (src/store/admissions.ts, BRING_FORWARD). */
function recovered(world: World): World {
  if (world.window.recoveredAt === null) return world;
  const deliveries = world.deliveries.map((d) =>
    d.status === 'retrying' && d.troubledAt !== null ? { ...d, dueAt: NOW } : d,
  );
  return { ...world, deliveries, window: { ...world.window, recoveredAt: null } };
}

function unfinishedOf({ deliveries }: World, line: string): Schedule[] {
  return deliveries.filter((d) => d.line === line && !isFinished(d.status));
}

function withDeliveries(world: World, changed: readonly Schedule[]): World {
  const byId = new Map([...world.deliveries, ...changed].map((d) => [d.id, d]));
  return { ...world, deliveries: [...byId.values()].sort((a, b) => a.id.localeCompare(b.id)) };
}

function withHeld(world: World, held: readonly Held[]): World {
  const order = (a: Held, b: Held): number => a.id.localeCompare(b.id) || a.attempt - b.attempt;
  return { ...world, held: held.toSorted(order) };
}

function withHint(world: World, id: string): World {
  return { ...world, hints: [...world.hints, id].sort() };
}

function withoutHint(world: World, id: string): World {
  return { ...world, hints: world.hints.toSpliced(world.hints.indexOf(id), 1) };
}

function spend(world: World, what: keyof Budget): World {
  return { ...world, budget: { ...world.budget, [what]: world.budget[what] - 1 } };
}
