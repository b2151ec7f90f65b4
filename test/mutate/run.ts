/**
 * Changes the core in small ways and sees whether a test fails: the mutation score. What survives is told.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createRandom } from '../faults/parts/random.ts';
import { CORE } from './core.ts';
import { isEquivalent, outdated } from './equivalents.ts';
import { Laboratory } from './laboratory.ts';
import { mutantsOf, type Mutant } from './mutants.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    sample: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});

/** A file and what was made of it. */
interface Subject {
  readonly file: string;
  readonly source: string;
  readonly tests: readonly string[];
  readonly mutants: readonly Mutant[];
  /** How many changes leave all as it is, and are not tried. */
  readonly equivalent: number;
  survived: number;
}

const laboratories = Array.from({ length: Number(values.workers) }, () => new Laboratory());
try {
  const subjects = await Promise.all(
    Object.entries(CORE)
      .filter(([file]) => file.includes(values.only))
      .map(([file, tests]) => subjectOf(file, tests)),
  );
  await passAsTheyAre(subjects);
  if (subjects.length === 0) throw new Error(`no file of the core has ${values.only} in its name`);
  await inTurn(
    subjects.flatMap((subject) => subject.mutants.map((mutant) => ({ subject, mutant }))),
    async (laboratory, { subject, mutant: { line, from, to, source } }, left) => {
      progress(`${left} left, ${subject.file}`);
      if (!(await laboratory.passes({ ...subject, source }))) return;
      subject.survived += 1;
      progress('');
      process.stdout.write(`SURVIVES ${subject.file}:${line}\n  ${from}\n  ${to}\n`);
    },
  );
  progress('');
  // Else a laboratory may have noticed all, whatever it was given.
  await passAsTheyAre(subjects);
  tell(subjects);
} finally {
  for (const laboratory of laboratories) laboratory.close();
}

async function subjectOf(file: string, tests: readonly string[]): Promise<Subject> {
  const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  const all = mutantsOf(source);
  for (const { from, to } of outdated(file, all))
    throw new Error(`equivalents.ts has a change that ${file} no longer allows: ${from} into ${to}`);
  const mutants = all.filter((mutant) => !isEquivalent(file, mutant));
  return {
    file,
    source,
    tests,
    mutants: chosen(mutants, file),
    equivalent: all.length - mutants.length,
    survived: 0,
  };
}

async function passAsTheyAre(subjects: readonly Subject[]): Promise<void> {
  await inTurn(subjects, async (laboratory, subject) => {
    if (!(await laboratory.passes(subject))) throw new Error(`the tests of ${subject.file} fail as it is`);
  });
}

/** Does each thing in one of the laboratories, as soon as it is free. */
async function inTurn<Item>(
  items: readonly Item[],
  work: (laboratory: Laboratory, item: Item, left: number) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  await Promise.all(
    laboratories.map(async (laboratory) => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift())
        await work(laboratory, item, rest.length);
    }),
  );
}

/** So many of the mutants of a file, by the seed, or all. */
function chosen<Item>(mutants: readonly Item[], file: string): readonly Item[] {
  const random = createRandom(`${values.seed}/${file}`);
  const rest = mutants.map((mutant, place) => ({ mutant, place, rank: random.next() }));
  return rest
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, Number(values.sample))
    .toSorted((a, b) => a.place - b.place)
    .map(({ mutant }) => mutant);
}

/** One line that is written over, where somebody watches. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001B[K`);
}

function tell(subjects: readonly Subject[]): void {
  let noticed = 0;
  let all = 0;
  for (const { file, mutants, equivalent, survived } of subjects) {
    noticed += mutants.length - survived;
    all += mutants.length;
    const same = equivalent === 0 ? '' : `, ${equivalent} more change nothing`;
    process.stdout.write(`${file}: ${mutants.length - survived} of ${mutants.length} noticed${same}\n`);
  }
  const seconds = Math.round(performance.now() / 1_000);
  process.stdout.write(
    `${noticed} of ${all} mutants noticed, ${((100 * noticed) / all).toFixed(0)} %, in ${seconds} s\n`,
  );
}
