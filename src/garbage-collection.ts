import { setFlagsFromString } from 'node:v8';

/**
 * Sets how this process collects its short-lived objects, of which a delivery makes some 50 kB (docs/performance.md).
 * V8 reads both settings at each collection.
 */
export function tuneGarbageCollection(): void {
  // A collection of some megabytes takes the thread that made them some milliseconds. The helper threads that V8 wakes
  // for each spare little of that where cores are busy, and cost more CPU than the collection.
  setFlagsFromString('--no-parallel-scavenge');
  // What lives for the length of a round trip looks long-lived to V8 in a busy time, and what the same line of code
  // makes from then on begins among the old objects. There a dead array of rows or headers keeps all that it names
  // until the next full collection, and each collection of short-lived objects copies that.
  setFlagsFromString('--no-allocation-site-pretenuring');
}
