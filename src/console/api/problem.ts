/** What the service refused, or why it could not be asked. */
export class ApiProblem extends Error {
  /** A code of docs/errors.md; `unreachable` where no answer came. */
  readonly code: string;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly fields: readonly { readonly field: string; readonly detail: string }[];

  constructor(code: string, status: number | null, detail: string, fields: ApiProblem['fields'] = []) {
    super(detail);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** The members of a problem's answer that the console reads. */
interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly fields?: ApiProblem['fields'];
}

/** What openapi-fetch answers. */
export interface Answer<Data> {
  readonly data?: Data;
  readonly error?: ProblemBody;
  readonly response: Response;
}

/**
 * What a call answered.
 *
 * @throws ApiProblem where it was refused, or did not reach the service
 */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  let answer: Answer<Data>;
  try {
    answer = await call;
  } catch (error) {
    throw new ApiProblem('unreachable', null, error instanceof Error ? error.message : '');
  }
  const { data, error, response } = answer;
  if (data !== undefined) return data;
  throw new ApiProblem(error?.code ?? 'internal', response.status, error?.detail ?? '', error?.fields);
}

/** The same for a call that answers nothing (204). */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  await answerOf(call.then((answer) => (answer.response.ok ? { ...answer, data: null } : answer)));
}

/** Any failure, as a problem: what is none is a fault of the console's own. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem('console-failed', null, error instanceof Error ? error.message : String(error));
}
