import { createValue } from '../value.ts';

/** A question that the person at the console is asked, and what answers it. */
interface Question {
  readonly answer: Promise<boolean>;
  readonly settle: (isDone: boolean) => void;
}

const question = createValue<Question | null>(null);

/** Whether whoever is signed in has to sign in again for a call that waits. */
export function useIsAskedAgain(): boolean {
  return question.use() !== null;
}

/** Lets what waits go on: it is repeated once where somebody has signed in again, else refused. */
export function settleAskedAgain(isDone: boolean): void {
  question.get()?.settle(isDone);
  question.set(null);
}

/** Sends a request; one that gives or takes access may have to wait until its sender has signed in again. */
export async function fetchProved(request: Request): Promise<Response> {
  // Its body can be sent once.
  const repeated = request.clone();
  const response = await fetch(request);
  if (!(await asksForSignIn(response)) || !(await ask())) return response;
  return fetch(repeated);
}

/** All that waits at once is one question. */
async function ask(): Promise<boolean> {
  if (!question.isFollowed()) return false;
  const asked = question.get() ?? pose();
  question.set(asked);
  return asked.answer;
}

function pose(): Question {
  let settle: Question['settle'] = () => undefined;
  const answer = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  return { answer, settle };
}

async function asksForSignIn(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body && body.code === 'sign-in-again';
}
