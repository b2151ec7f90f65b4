/** Goes through the large worlds of the scheduler, one after the other: `npm run check:model`. */
import { explore } from './explore.ts';
import { TRANSITIONS } from './steps.ts';
import { LARGE_WORLDS } from './worlds.ts';

/** Some gigabytes of them. */
const MOST_WORLDS = 5_000_000;

for (const { name, start } of LARGE_WORLDS) {
  const began = performance.now();
  const { worlds, steps, depth, fault } = explore(start, TRANSITIONS, MOST_WORLDS);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  process.stdout.write(`${name}: ${worlds} worlds, ${steps} steps, depth ${depth}, ${seconds} s\n`);
  if (fault === null) continue;
  process.stdout.write(`${fault.what}:\n${fault.trace.map((step) => `  ${step}\n`).join('')}`);
  process.exitCode = 1;
}
