import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { PROBLEMS } from '../../../src/domain/errors.ts';
import type { ApiOperation } from './operations.ts';
import type { FuzzAnswer } from './send.ts';
import type { FuzzRequest } from './requests.ts';

const Problem = Type.Object({
  type: Type.String(),
  title: Type.String({ minLength: 1 }),
  status: Type.Integer(),
  detail: Type.String({ minLength: 1 }),
  code: Type.String(),
});

/** Says what is wrong with an answer; null where it is as documented. */
export function judge(
  { roles, path, method }: ApiOperation,
  role: string,
  request: FuzzRequest,
  answer: FuzzAnswer,
): string | null {
  const { status, contentType } = answer;
  // A SOAP Fault's status is 500 (SOAP 1.1, 6.2).
  if (path.startsWith('/soap/') && /xml/.test(contentType)) return judgeFault(answer);
  if (request.method === 'HEAD') return status < 500 ? null : `HEAD is answered ${status}`;
  // What is no request of HTTP is refused before anybody looks at a key, by what HTTP has for it (RFC 6585, 5).
  if (status === 431) return null;
  if (roles !== null && !roles.includes(role) && request.method === method) {
    const expected = role === 'nobody' ? 401 : 403;
    // A path that no call has, once its parameters are filled in, is nobody's.
    if (![expected, 400, 404, 405].includes(status))
      return `${role} may not call it, and is answered ${status}`;
  }
  if (status < 400) return judgeResult(answer);
  if (!contentType.startsWith('application/problem+json'))
    return `${status} is no problem but ${contentType}`;
  const problem: unknown = parse(answer.text);
  if (!Value.Check(Problem, problem)) return 'the problem lacks a member of RFC 9457, or its code';
  return judgeProblem(problem, answer);
}

function judgeProblem(problem: Static<typeof Problem>, { status, retryAfter }: FuzzAnswer): string | null {
  const { code } = problem;
  const documented = Object.entries(PROBLEMS).find(([known]) => known === code)?.[1];
  if (documented === undefined) return `the code ${code} is not documented`;
  if (documented.status !== status || problem.status !== status) return `${code} has the status ${status}`;
  if (problem.type !== `urn:enotum-callbacks:problem:${code}`) return `${code} has the type ${problem.type}`;
  if (status === 429) return retryAfter === null ? '429 without Retry-After' : null;
  // Nothing is away here.
  if (status === 503) return `503 ${code}: ${problem.detail}`;
  return status >= 500 ? `${status} ${code}` : null;
}

function judgeFault({ status, text }: FuzzAnswer): string | null {
  if (status === 200) return null;
  if (![400, 401, 413, 415, 429, 500, 503].includes(status)) return `a Fault with the status ${status}`;
  return /:Fault>|<Fault>/.test(text) ? null : 'the Fault is none';
}

function judgeResult({ status, contentType, text }: FuzzAnswer): string | null {
  if (status >= 300) return `a redirect, ${status}`;
  return contentType.includes('json') && !contentType.includes('ndjson') && parse(text) === undefined
    ? 'the result is no JSON'
    : null;
}

/** A text's JSON; undefined where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
