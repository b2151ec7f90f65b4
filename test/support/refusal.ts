import { ProblemError } from '../../src/domain/errors.ts';

/** Runs what may be refused; answers the problem's code, null where it was done. */
export async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}
