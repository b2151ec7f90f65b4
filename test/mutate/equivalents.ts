import type { Mutant } from './mutants.ts';

/** A change that nobody can notice, and why. */
interface Equivalent extends Pick<Mutant, 'from' | 'to'> {
  readonly file: string;
  readonly reason: string;
}

/** Changes that leave what a function does as it is. Only such: what a test could notice has no place here. */
const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: 'src/domain/delivery.ts',
    from: 'first: false,',
    to: 'first: true,',
    reason: 'a delivery that joins is put in line at once, which says of each whether it is first',
  },
];

/** Whether a change of a file is known to leave all as it is. */
export function isEquivalent(file: string, { from, to }: Mutant): boolean {
  return EQUIVALENTS.some((known) => known.file === file && known.from === from && known.to === to);
}

/** The entries for a file that none of its changes is any more, to be taken out. */
export function outdated(file: string, mutants: readonly Mutant[]): readonly Equivalent[] {
  return EQUIVALENTS.filter(
    (known) =>
      known.file === file && !mutants.some(({ from, to }) => known.from === from && known.to === to),
  );
}
