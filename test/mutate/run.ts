/**
 * Changes the core in small ways and sees whether a test fails: the mutation score. What survives is told.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../faults/parts/random.ts';
import { mutantsOf } from './mutants.ts';

/** What is mutated, and the tests that must notice: all without a database. */
const CORE: Readonly<Record<string, readonly string[]>> = {
  'src/domain/delivery.ts': ['src/domain/delivery.test.ts', 'test/model'],
  'src/domain/window.ts': ['src/domain/window.test.ts', 'test/model'],
  'src/domain/retry-policy.ts': ['src/domain/retry-policy.test.ts', 'src/domain/delivery.test.ts'],
  'src/soap/answer.ts': ['src/soap/answer.test.ts', 'test/corpus'],
  'src/soap/answer-acknowledgement.ts': ['src/soap/answer.test.ts', 'test/corpus'],
  'src/soap/answer-failure.ts': ['src/soap/answer.test.ts', 'test/corpus'],
  'src/domain/address.ts': ['src/domain/address.test.ts'],
  'src/domain/address-rules.ts': ['src/domain/address-rules.test.ts'],
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LIMIT_MS = 60_000;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'enotum-mutants-'));
try {
  for (const name of ['src', 'test', 'docs', 'schemas', 'package.json', 'tsconfig.json'])
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  process.exitCode = await mutate();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function mutate(): Promise<number> {
  let killed = 0;
  let all = 0;
  for (const [file, tests] of Object.entries(CORE)) {
    if (values.only !== undefined && !file.includes(values.only)) continue;
    const path = join(folder, file);
    const source = await readFile(path, 'utf8');
    if (!(await passes(tests))) throw new Error(`the tests of ${file} fail as it is`);
    const mutants = chosen(mutantsOf(source), file);
    let here = 0;
    for (const { line, from, to, source: mutant } of mutants) {
      await writeFile(path, mutant);
      if (await passes(tests)) process.stdout.write(`SURVIVES ${file}:${line}\n  ${from}\n  ${to}\n`);
      else here += 1;
    }
    await writeFile(path, source);
    process.stdout.write(`${file}: ${here} of ${mutants.length} noticed\n`);
    killed += here;
    all += mutants.length;
  }
  process.stdout.write(`${killed} of ${all} mutants noticed, ${((100 * killed) / all).toFixed(0)} %\n`);
  return 0;
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

/** Whether the tests pass; what does not end in time fails. */
async function passes(tests: readonly string[]): Promise<boolean> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--config', 'test/mutate/vitest.config.ts', '--root', folder, '--bail', '1', ...tests],
    { cwd: folder, stdio: 'ignore', timeout: LIMIT_MS, killSignal: 'SIGKILL' },
  );
  await once(child, 'exit');
  return child.exitCode === 0;
}
