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
  --kills N     SIGKILLs in all, shared out to the scenarios that kill; 6 if absent
  --lanes N     how many trials that kill run at once; one if absent
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

/** @param sizes the kills of each trial */
function plan(scenario: Scenario, sizes: readonly number[]): Round[] {
  return sizes.map((size, index) => ({
    scenario,
    name: index === 0 ? scenario.name : `${scenario.name} ${index + 1}`,
    kills: size,
  }));
}

/** Shares kills out, and has each scenario settled now and then. */
function planKills(scenarios: readonly Scenario[], kills: number): Round[] {
  return scenarios.flatMap((scenario, index) => {
    const own = Math.floor(kills / scenarios.length) + (index < kills % scenarios.length ? 1 : 0);
    return plan(scenario, parts(own));
  });
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

/** Runs trials in so many lanes, one after the other in each; answers how many failed. */
async function runInLanes(rounds: readonly Round[], lanes: number, seed: string): Promise<number> {
  const left = [...rounds];
  let failed = 0;
  async function lane(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      if (!(await run(next, seed))) failed += 1;
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return failed;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '6' },
      lanes: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '1' },
      only: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });
  const only = values.only?.split(',') ?? SCENARIOS.map(({ name }) => name);
  const unknown = only.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0) throw new Error(`there is no scenario ${unknown.join(', ')}`);
  return {
    kills: whole(values.kills),
    lanes: whole(values.lanes),
    rounds: whole(values.rounds),
    seed: values.seed,
    only,
  };
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${text} is no number of times`);
  return Number(text);
}

async function main(): Promise<void> {
  const { kills, lanes, rounds, seed, only } = readOptions();
  clearLeftoversAtExit();
  process.stdout.write(`seed ${seed}\n`);
  const wanted = SCENARIOS.filter(({ name }) => only.includes(name));
  const killing = wanted.filter((scenario) => scenario.kills === true);
  const others = wanted.filter((scenario) => scenario.kills !== true);
  const once = Array.from({ length: rounds }, () => 0);
  const timed = planKills(killing, kills);
  const patient = others.filter(({ isPatient }) => isPatient === true).flatMap((each) => plan(each, once));
  const prompt = others.filter(({ isPatient }) => isPatient !== true).flatMap((each) => plan(each, once));
  // How soon a killed service is ready again is told by the clock: nothing else runs beside it.
  let failed = await runInLanes(timed, lanes, seed);
  for (const count of await Promise.all([patient, prompt].map(async (each) => runInLanes(each, 1, seed)))) {
    failed += count;
  }
  const planned = timed.length + patient.length + prompt.length;
  process.stdout.write(`${planned - failed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}
