/**
 * Breaks the service on purpose, under load, and sees whether it keeps its promises: nothing lost, order kept,
 * attempts numbered without gaps, the log equal to what the receiver saw but for `interrupted`, ready again
 * within 10 s.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { clearLeftoversAtExit } from './parts/leftovers.ts';
import { createRandom } from './parts/random.ts';
import { ATTEMPT_LIMIT_MS, seconds, Trial } from './parts/trial.ts';
import { diskFull } from './scenarios/disk-full.ts';
import { kill } from './scenarios/kill.ts';
import { killExternal } from './scenarios/kill-external.ts';
import { embeddedKilled, postgresKilled } from './scenarios/postgres-killed.ts';
import { queueAway } from './scenarios/queue-away.ts';
import { queueEmptied } from './scenarios/queue-emptied.ts';
import { queueRepeats } from './scenarios/queue-repeats.ts';
import { sigterm } from './scenarios/sigterm.ts';
import type { Scenario } from './scenarios/scenario.ts';

const SCENARIOS: readonly Scenario[] = [
  kill,
  killExternal,
  queueEmptied,
  queueRepeats,
  queueAway,
  postgresKilled,
  embeddedKilled,
  diskFull,
  sigterm,
];

const USAGE = `npm run test:faults -- [options]
  --kills N     SIGKILLs of each scenario that kills; 3 if absent
  --rounds N    how often each other scenario runs; once if absent
  --only NAMES  of ${SCENARIOS.map(({ name }) => name).join(', ')}
  --seed TEXT   repeats the choices of an earlier run
`;

/** After so many kills all is settled and judged, and the next ones meet a new service. */
const KILLS_TOGETHER = 25;

/** One trial to come. */
interface Round {
  readonly scenario: Scenario;
  readonly name: string;
  readonly kills: number;
}

function plan(scenario: Scenario, kills: number, rounds: number): Round[] {
  const sizes = scenario.kills === true ? parts(kills) : Array.from({ length: rounds }, () => 0);
  return sizes.map((size, index) => ({
    scenario,
    name: index === 0 ? scenario.name : `${scenario.name} ${index + 1}`,
    kills: size,
  }));
}

function parts(kills: number): number[] {
  const sizes: number[] = [];
  for (let left = kills; left > 0; left -= KILLS_TOGETHER) sizes.push(Math.min(left, KILLS_TOGETHER));
  return sizes;
}

/** Runs one trial; says whether every promise was kept. */
async function run({ scenario, name, kills }: Round, seed: string): Promise<boolean> {
  const from = performance.now();
  const say = (text: string): void => {
    for (const line of text.split('\n')) process.stdout.write(`${name.padEnd(18)} ${line}\n`);
  };
  const trial = await Trial.begin({
    random: createRandom(`${seed}/${name}`),
    attemptLimitMs: scenario.attemptLimitMs ?? ATTEMPT_LIMIT_MS,
    say,
  });
  try {
    await scenario.run(trial, { kills });
    say(`passed in ${seconds(performance.now() - from)}`);
    return true;
  } catch (error) {
    say(`FAILED after ${seconds(performance.now() - from)} (--seed ${seed})`);
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    say(trial.lastWarnings());
    return false;
  } finally {
    await trial.end();
  }
}

/** Runs trials one after the other; answers how many failed. */
async function runInTurn(rounds: readonly Round[], seed: string): Promise<number> {
  let failed = 0;
  for (const round of rounds) if (!(await run(round, seed))) failed += 1;
  return failed;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '1' },
      only: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });
  const only = values.only?.split(',') ?? SCENARIOS.map(({ name }) => name);
  const unknown = only.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0) throw new Error(`there is no scenario ${unknown.join(', ')}`);
  return { kills: whole(values.kills), rounds: whole(values.rounds), seed: values.seed, only };
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${text} is no number of times`);
  return Number(text);
}

async function main(): Promise<void> {
  const { kills, rounds, seed, only } = readOptions();
  clearLeftoversAtExit();
  process.stdout.write(`seed ${seed}\n`);
  const planned = SCENARIOS.filter(({ name }) => only.includes(name)).flatMap((scenario) =>
    plan(scenario, kills, rounds),
  );
  // How soon a killed service is ready again is told by the clock: nothing else runs beside it.
  const timed = planned.filter(({ scenario }) => scenario.kills === true);
  const others = planned.filter(({ scenario }) => scenario.kills !== true);
  const lanes = [true, false].map((patient) =>
    others.filter(({ scenario }) => (scenario.isPatient === true) === patient),
  );
  let failed = await runInTurn(timed, seed);
  for (const count of await Promise.all(lanes.map(async (lane) => runInTurn(lane, seed)))) failed += count;
  process.stdout.write(`${planned.length - failed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}
