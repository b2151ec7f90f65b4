/**
 * The process of a `Laboratory`: one Vitest, kept alive, that reads a changed source from memory instead of the
 * file. Gets a `Trial` at a time and answers whether its tests pass.
 */
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

/** A file of the project, the source to be read instead of it, and tests in the order in which they are run. */
export interface Trial {
  readonly file: string;
  readonly source: string;
  readonly tests: readonly string[];
}

const root = process.cwd();
const changed = { path: '', source: '' };

const vitest = await createVitest(
  'test',
  { root, config: 'test/mutate/vitest.config.ts', watch: false, reporters: [{}] },
  {
    plugins: [
      { name: 'mutant', enforce: 'pre', load: (id) => (id === changed.path ? changed.source : undefined) },
    ],
  },
);

process.on('message', (trial: Trial) => {
  void passes(trial).then((passed) => process.send?.(passed));
});
process.on('disconnect', () => process.exit());

async function passes({ file, source, tests }: Trial): Promise<boolean> {
  vitest.invalidateFile(changed.path);
  Object.assign(changed, { path: join(root, file), source });
  vitest.invalidateFile(changed.path);
  for (const test of tests) {
    const found = await vitest.globTestSpecifications([test]);
    if (found.length === 0) throw new Error(`there is no test ${test}`);
    const { unhandledErrors } = await vitest.runTestSpecifications(found);
    // Not the result's modules: they are all that were ever run.
    const passed = found.every(({ testModule }) => testModule?.ok() === true);
    if (!passed || unhandledErrors.length > 0) return false;
  }
  return true;
}
