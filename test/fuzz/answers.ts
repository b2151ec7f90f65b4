/**
 * Reads answers that nobody ever gave: the corpus, mutated. Whatever the bytes, the reader may not throw, may not
 * cost more than 50 ms of CPU or 16 MiB, may not acknowledge what libxml2 finds refused or no acknowledgement, and
 * must acknowledge what our schema calls one.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { tryCase, type Trial } from './trial.ts';

const USAGE = `npm run fuzz:answers -- [options]
  --minutes N   how long; 10 if absent
  --seed TEXT   repeats the answers of an earlier run
  --case N      only that answer of the seed, told in full
`;

/** How often it says how far it has come, in milliseconds. */
const PROGRESS_MS = 30_000;
/** Enough to see what is wrong. */
const MAX_FAULTS = 10;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now()) },
    case: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const only = values.case === undefined ? null : Number(values.case);

if (values.help || Number.isNaN(minutes) || Number.isNaN(only)) {
  process.stdout.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else if (only === null) {
  process.exitCode = fuzz(values.seed, minutes * 60_000) === 0 ? 0 : 1;
} else {
  const trial = tryCase(values.seed, only);
  process.stdout.write(`${described(trial)}\n${trial.fault ?? 'nothing is wrong'}\n`);
  process.exitCode = trial.fault === null ? 0 : 1;
}

/** Tries answers for so long. Returns how many were read wrongly. */
function fuzz(seed: string, durationMs: number): number {
  process.stdout.write(`seed ${seed}\n`);
  const started = performance.now();
  const outcomes = new Map<string, number>();
  let nextProgress = PROGRESS_MS;
  let dearest = 0;
  let largest = 0;
  let faults = 0;
  let number = 0;
  for (let elapsed = 0; elapsed < durationMs && faults < MAX_FAULTS; elapsed = performance.now() - started) {
    const trial = tryCase(seed, number);
    outcomes.set(trial.outcome, (outcomes.get(trial.outcome) ?? 0) + 1);
    dearest = Math.max(dearest, trial.cost.cpuMs);
    largest = Math.max(largest, trial.cost.memoryBytes);
    if (trial.fault !== null) {
      faults += 1;
      process.stdout.write(
        `\nWRONG: ${trial.fault}\n  npm run fuzz:answers -- --seed ${seed} --case ${number}\n${described(trial)}\n`,
      );
    }
    number += 1;
    if (elapsed > nextProgress) {
      process.stdout.write(`${Math.round(elapsed / 1_000)} s: ${number} answers\n`);
      nextProgress += PROGRESS_MS;
    }
  }
  const counts = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  process.stdout.write(
    `${number} answers: ${counts}; the dearest one took ${dearest.toFixed(1)} ms and ${(largest / 1_048_576).toFixed(1)} MiB\n` +
      `${number - faults} passed, ${faults} failed\n`,
  );
  return faults;
}

/** The answer for a bug report: its headers, and its body in Base64 where it is not too long for a terminal. */
function described({ answer, outcome, cost }: Trial): string {
  const { status, contentType, contentEncoding, body } = answer;
  const shown =
    body.length > 20_000
      ? `${body.toString('base64', 0, 20_000)}… (${body.length} bytes)`
      : body.toString('base64');
  return `  ${JSON.stringify({ status, contentType, contentEncoding, outcome, cpuMs: cost.cpuMs })}\n  ${shown}`;
}
