/**
 * Breaks the service on purpose, under load, and sees whether it keeps its promises.
 *
 *   npm run test:faults -- [--kills N] [--seed TEXT] [--only NAME[,NAME]]
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { clearLeftoversAtExit } from './parts/leftovers.ts';
import { createRandom } from './parts/random.ts';
import { ATTEMPT_LIMIT_MS, seconds, Trial } from './parts/trial.ts';
import { kill } from './scenarios/kill.ts';
import { killExternal } from './scenarios/kill-external.ts';
import { embeddedKilled, postgresKilled } from './scenarios/postgres-killed.ts';
import { queueAway } from './scenarios/queue-away.ts';
import { queueEmptied } from './scenarios/queue-emptied.ts';
import { queueRepeats } from './scenarios/queue-repeats.ts';
import { sigterm } from './scenarios/sigterm.ts';
import type { Effort, Scenario } from './scenarios/scenario.ts';

const SCENARIOS: readonly Scenario[] = [
  kill,
  killExternal,
  queueEmptied,
  queueRepeats,
  queueAway,
  postgresKilled,
  embeddedKilled,
  sigterm,
];

async function run(scenario: Scenario, seed: string, effort: Effort): Promise<boolean> {
  const from = performance.now();
  const say = (text: string): void => {
    for (const line of text.split('\n')) process.stdout.write(`${scenario.name.padEnd(16)} ${line}\n`);
  };
  const trial = await Trial.begin({
    random: createRandom(`${seed}/${scenario.name}`),
    attemptLimitMs: scenario.attemptLimitMs ?? ATTEMPT_LIMIT_MS,
    say,
  });
  try {
    await scenario.run(trial, effort);
    say(`passed in ${seconds(performance.now() - from)}`);
    return true;
  } catch (error) {
    say(
      `FAILED after ${seconds(performance.now() - from)}: ${error instanceof Error ? error.stack : String(error)}`,
    );
    say(trial.lastWarnings());
    return false;
  } finally {
    await trial.end();
  }
}

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '3' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000));
const only = values.only?.split(',');
const effort: Effort = { kills: Number(values.kills) };
const chosen = SCENARIOS.filter(({ name }) => only === undefined || only.includes(name));
clearLeftoversAtExit();
process.stdout.write(`seed ${seed}\n`);
let passed = 0;
for (const scenario of chosen) {
  if (await run(scenario, seed, effort)) passed += 1;
}
process.stdout.write(`${passed} passed, ${chosen.length - passed} failed\n`);
process.exit(passed === chosen.length ? 0 : 1);
