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
  {
    file: 'src/soap/read-xml.ts',
    from: 'if (text.length <= most) return;',
    to: 'if (text.length < most) return;',
    reason: 'a text has no more markup than characters, so that one of just so many is counted and passes',
  },
  {
    file: 'src/soap/multipart.ts',
    from: 'if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());',
    to: 'if (colon >= 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());',
    reason: 'a header without a name is kept, and nobody asks for it',
  },
  {
    file: 'src/delivery/post/content-coding.ts',
    from: "return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';",
    to: "return error instanceof RangeError || 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';",
    reason: 'the decompressor throws no other RangeError, and no other error of this code',
  },
  {
    file: 'src/delivery/post/content-coding.ts',
    from: "return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';",
    to: "return error instanceof RangeError && 'code' in error || error.code === 'ERR_BUFFER_TOO_LARGE';",
    reason: 'the decompressor throws no other RangeError, and no other error of this code',
  },
  {
    file: 'src/delivery/post/verdict.ts',
    from: 'if (body.length > MAX_ANSWER_BYTES) return { tooLarge: true };',
    to: 'if (body.length > MAX_ANSWER_BYTES) return { tooLarge: false };',
    reason: 'the type has no such value, and only whether the member is there is asked',
  },
  {
    file: 'src/delivery/post/verdict.ts',
    from: "return 'body' in uncoded && uncoded.body.length > MAX_READ_BYTES ? { tooLarge: true } : uncoded;",
    to: "return 'body' in uncoded && uncoded.body.length > MAX_READ_BYTES ? { tooLarge: false } : uncoded;",
    reason: 'the type has no such value, and only whether the member is there is asked',
  },
  {
    file: 'src/soap/multipart.ts',
    from: 'if (next < 0) return;',
    to: 'if (next <= 0) return;',
    reason: 'what is looked for after a boundary is never at the beginning',
  },
];

/** Whether a change of a file is known to leave all as it is. */
export function isEquivalent(file: string, { from, to }: Mutant): boolean {
  return EQUIVALENTS.some((known) => known.file === file && known.from === from && known.to === to);
}

/** The entries for a file that none of its changes is any more, to be taken out. */
export function outdated(file: string, mutants: readonly Mutant[]): readonly Equivalent[] {
  return EQUIVALENTS.filter(
    (known) => known.file === file && !mutants.some(({ from, to }) => known.from === from && known.to === to),
  );
}
