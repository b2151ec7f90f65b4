import { setFlagsFromString } from 'node:v8';

/**
 * Has the short-lived objects of this process collected by the thread that made them. A collection of some megabytes
 * takes it some milliseconds; the helper threads that V8 wakes for each spare little of that where cores are busy, and
 * cost more CPU than the collection (docs/performance.md). V8 reads this setting at each collection.
 */
export function collectOnOneThread(): void {
  setFlagsFromString('--no-parallel-scavenge');
}
