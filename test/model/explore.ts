import { FREE_INTERRUPTIONS, isFinished } from '../../src/domain/delivery.ts';
import { groupBy } from '../../src/domain/group-by.ts';
import { RETRIES, stepsFrom, type Step, type Transitions } from './steps.ts';
import { keyOf, type World } from './world.ts';

/** What was found of a world. */
export interface Exploration {
  /** Different worlds that can come about. */
  readonly worlds: number;
  readonly steps: number;
  /** The longest of the shortest ways to a world. */
  readonly depth: number;
  /** What is wrong, and the shortest way there; null: nothing. */
  readonly fault: { readonly what: string; readonly trace: readonly string[] } | null;
}

interface Seen {
  readonly world: World;
  /** The world it was first reached from, by number; -1: none. */
  readonly from: number;
  readonly step: string;
  readonly depth: number;
}

/**
 * Goes through every world that can come about from one, breadth first, so that what is wrong is told by the
 * shortest way there. In each it looks at what must always hold, at each step at what may be written, and in the
 * end whether everything can still be brought to its end from wherever one is, without the help of what is hostile.
 *
 * @param most worlds, at the most: more is an error, since half an answer is none
 */
export function explore(start: World, transitions: Transitions, most: number): Exploration {
  const numbers = new Map<string, number>([[keyOf(start), 0]]);
  const seen: Seen[] = [{ world: start, from: -1, step: 'the beginning', depth: 0 }];
  /** For each world, those from which it is reached by a step that is not hostile. */
  const sources: number[][] = [[]];
  const done: number[] = [];
  let steps = 0;

  const traceOf = (number: number, last?: string): string[] => {
    const trace = last === undefined ? [] : [last];
    for (let at = number; at > 0; at = seen[at]?.from ?? 0) trace.push(seen[at]?.step ?? '');
    return trace.toReversed();
  };
  const result = (fault: Exploration['fault']): Exploration => ({
    worlds: seen.length,
    steps,
    depth: seen.at(-1)?.depth ?? 0,
    fault,
  });

  for (let number = 0; number < seen.length; number += 1) {
    const at = seen[number];
    if (at === undefined) break;
    const { world } = at;
    const what = wrongIn(world);
    if (what !== null) return result({ what, trace: traceOf(number) });
    if (isDone(world)) done.push(number);
    for (const step of stepsFrom(world, transitions)) {
      steps += 1;
      const wrong = wrongStep(world, step);
      if (wrong !== null) return result({ what: wrong, trace: traceOf(number, step.name) });
      const key = keyOf(step.to);
      let next = numbers.get(key);
      if (next === undefined) {
        next = seen.length;
        if (next >= most) throw new Error(`more than ${most} worlds: give it less`);
        numbers.set(key, next);
        seen.push({ world: step.to, from: number, step: step.name, depth: at.depth + 1 });
        sources.push([]);
      }
      if (!step.hostile) sources[next]?.push(number);
    }
  }
  const stuck = firstStuck(sources, done);
  return result(stuck === null ? null : { what: 'nothing brings all to an end', trace: traceOf(stuck) });
}

/** Whether nothing is left to do. */
function isDone({ coming, deliveries, held }: World): boolean {
  return coming.length === 0 && held.length === 0 && deliveries.every(({ status }) => isFinished(status));
}

/** The first world from which no world that is done can be reached; null where there is none. */
function firstStuck(sources: readonly (readonly number[])[], done: readonly number[]): number | null {
  const ending = new Set(done);
  const queue = [...done];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const source of sources[next] ?? []) {
      if (ending.has(source)) continue;
      ending.add(source);
      queue.push(source);
    }
  }
  const stuck = sources.findIndex((_, number) => !ending.has(number));
  return stuck < 0 ? null : stuck;
}

/** What must hold in every world; a sentence of what does not. */
function wrongIn({ deliveries }: World): string | null {
  const lines = groupBy(
    deliveries.filter(({ status }) => !isFinished(status)),
    ({ line }) => line,
  );
  for (const [line, unfinished] of lines) {
    const first = unfinished.filter((d) => d.first);
    if (first.length !== 1) return `the line ${line} has ${first.length} that are first`;
    const under = unfinished.filter(({ status }) => status === 'queued' || status === 'sending');
    if (under.length > 1) return `the line ${line} has two under way`;
    if (under[0] !== undefined && !under[0].first) return `${under[0].id} is under way and not first`;
  }
  for (const { id, attempts, failures, interruptions } of deliveries) {
    if (failures > RETRIES.length + 1) return `${id} has spent ${failures} attempts`;
    if (attempts > RETRIES.length + 1 + FREE_INTERRUPTIONS) return `${id} has ${attempts} attempts`;
    if (attempts < failures || attempts < interruptions) return `${id} has ends without attempts`;
  }
  return null;
}

/** What must hold when something happens; a sentence of what does not. */
function wrongStep(world: World, { written, to }: Step): string | null {
  for (const before of world.deliveries) {
    const after = to.deliveries.find(({ id }) => id === before.id);
    if (after === undefined) return `${before.id} is lost`;
    if (isFinished(before.status) && after.status !== before.status) return `${before.id} comes back`;
    if (after.attempts < before.attempts) return `${before.id} counts back`;
    if (after.attempts > before.attempts + 1) return `${before.id} leaves a number out`;
  }
  if (written === undefined) return null;
  const { id, attempt } = written;
  const d = world.deliveries.find((each) => each.id === id);
  if (d === undefined) return `${id} is unknown and written`;
  // An operator gave it up while it was being sent: what follows it does not wait (docs/architecture.md).
  if (d.status === 'cancelled') return null;
  if (world.held.some((h) => h.id === id && h.attempt === attempt && h.written))
    return `${id}#${attempt} is written twice`;
  const beside = world.held.find(
    (h) =>
      h.written &&
      !h.late &&
      h.id !== id &&
      world.deliveries.some((o) => o.id === h.id && o.line === d.line && !isFinished(o.status)),
  );
  if (beside !== undefined) return `${id} is written while ${beside.id} of its line is being sent`;
  const earlier = world.deliveries.find(
    (o) => o.line === d.line && o.position < d.position && !isFinished(o.status) && d.attempts === 1,
  );
  // A change that arrives once a later one is under way is late, and goes after it.
  if (earlier !== undefined && earlier.arrival < d.arrival) {
    return `${id} is written before ${earlier.id}`;
  }
  return null;
}
