import { NEW_WINDOW } from '../../src/domain/window.ts';
import type { Budget, Change, World } from './world.ts';

/** Two states of one notification, the later state of a third, and a state of another notification. */
const A: Change = { id: 'A', line: '1', position: 1 };
const B: Change = { id: 'B', line: '1', position: 2 };
const C: Change = { id: 'C', line: '1', position: 3 };
const OTHER: Change = { id: 'X', line: '2', position: 1 };

const NOTHING_HOSTILE: Budget = { losses: 0, repeats: 0, crashes: 0, stalls: 0, cancels: 0, failures: 0 };

/** A small world before anything has happened. */
export interface SmallWorld {
  readonly name: string;
  readonly start: World;
}

function small(
  name: string,
  coming: readonly Change[],
  hostile: Partial<Budget>,
  size: number = NEW_WINDOW.size,
): SmallWorld {
  const window = { ...NEW_WINDOW, size };
  const budget = { ...NOTHING_HOSTILE, ...hostile };
  return { name, start: { coming, deliveries: [], hints: [], held: [], window, budget } };
}

/** Those that every run of the tests goes through: some seconds. */
export const SMALL_WORLDS: readonly SmallWorld[] = [
  small('two states, the second of which may come first', [A, B], {}),
  small('failures up to the last retry', [A], { failures: 4 }),
  small('failures of two states', [A, B], { failures: 3 }),
  small('a queue that loses and repeats', [A, B], { losses: 1, repeats: 2 }),
  small('three states and a hostile queue', [A, B, C], { losses: 1, repeats: 1 }),
  small('a process that ends and one that stands still', [A, B], { crashes: 1, stalls: 1, repeats: 1 }),
  small('an operator who gives up', [A, B], { cancels: 1, stalls: 1, repeats: 1 }),
  small('one after the other through a window of one', [A, B, OTHER], { failures: 1 }, 1),
  small('a delivery that ends its process again and again', [A], { crashes: 7 }),
];

/** Those that take minutes: `npm run check:model`. */
export const LARGE_WORLDS: readonly SmallWorld[] = [
  ...SMALL_WORLDS,
  small('everything once', [A, B], { failures: 2, crashes: 1, stalls: 1, repeats: 1, losses: 1 }),
  small('everything once, and an operator', [A, B], {
    failures: 1,
    crashes: 1,
    stalls: 1,
    repeats: 1,
    losses: 1,
    cancels: 1,
  }),
  small('two processes that stand still', [A, B], { stalls: 2, repeats: 1, failures: 1 }),
  small('two lines in a window of one', [A, B, OTHER], { failures: 3 }, 1),
  small('two lines in a window of two', [A, B, OTHER], { failures: 2, crashes: 1, stalls: 1 }, 2),
  small('three states with failures', [A, B, C], { failures: 2, crashes: 1, repeats: 1 }),
];
