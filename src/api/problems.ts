import { isTransient, isUnavailable } from '../store/database.ts';
import { PROBLEMS, ProblemError, type ProblemCode } from '../domain/errors.ts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** The media type of every error (RFC 9457, 3). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** Seconds after which a request that met an absent database, or too many others, may be repeated. */
const RETRY_AFTER_SECONDS = 5;

/** A member or parameter that is wrong; says what is expected, never what was sent. */
export interface FieldFault {
  /** Dotted path, for example `endpoint.url`; empty for the whole value. */
  readonly field: string;
  readonly detail: string;
}

/** A request that a schema refuses. */
export function invalidRequest(fields: readonly FieldFault[]): ProblemError {
  const [first] = fields;
  const detail = first === undefined ? 'The request is invalid.' : sentence(first);
  return new ProblemError('invalid-request', detail, { fields });
}

function sentence({ field, detail }: FieldFault): string {
  return `${field === '' ? 'The request' : field} ${detail}.`;
}

/** The members of a problem answer. */
export function problemBody(
  code: ProblemCode,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
) {
  const title = PROBLEMS[code].advice;
  return {
    type: `urn:enotum-callbacks:problem:${code}`,
    title,
    status: statusOf(code),
    detail,
    code,
    ...members,
  };
}

/** The HTTP status of a problem. */
export function statusOf(code: ProblemCode): number {
  return PROBLEMS[code].status ?? 500;
}

/** Answers with a problem. */
function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  if (code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer realm="enotum-callbacks"');
  return (
    reply
      .code(statusOf(code))
      .header('cache-control', 'no-store')
      .type(PROBLEM_MEDIA_TYPE)
      // Serialised here: a route's own response schemas would drop further members.
      .serializer(JSON.stringify)
      .send(problemBody(code, detail, members))
  );
}

/** Turns whatever a request threw into a problem's answer. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, message, members } = toProblem(error, request, reply);
  return sendProblem(reply, code, message, members);
}

/**
 * The problem that whatever a request threw is; what is unexpected is logged without its message. Says in the
 * answer's Retry-After when what may succeed later is to be repeated.
 */
export function toProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): ProblemError {
  const problem = asProblem(error);
  if (problem?.code === 'unavailable' || problem?.code === 'busy') {
    void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  }
  if (problem !== null) return problem;
  request.log.error(
    { method: request.method, route: request.routeOptions.url, failure: describe(error) },
    'a request failed unexpectedly',
  );
  return new ProblemError('internal', `The request ${request.id} failed unexpectedly.`);
}

function asProblem(error: unknown): ProblemError | null {
  if (error instanceof ProblemError) return error;
  if (isUnavailable(error) || isTransient(error)) {
    return new ProblemError('unavailable', 'The database cannot be used now.');
  }
  if (isFastifyError(error)) return fromFastify(error);
  return null;
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** What Fastify and zlib refuse before a route is reached. */
function fromFastify(error: FastifyError): ProblemError | null {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ProblemError('too-large', 'The body has more than 10 MB, decompressed.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ProblemError('unsupported-media-type', 'The content type is not one that this call takes.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new ProblemError('invalid-request', 'The body is not as long as Content-Length says.');
    case 'FST_ERR_BAD_URL':
      return new ProblemError('invalid-request', 'The path is not percent-encoded UTF-8.');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new ProblemError('not-found', 'No call has this path.');
    case 'FST_ERR_HANDLER_TIMEOUT':
      return new ProblemError('unavailable', 'The answer did not come about in time.');
    case 'Z_DATA_ERROR':
    case 'Z_BUF_ERROR':
      return new ProblemError('invalid-request', 'The body is not what its Content-Encoding says.');
    case 'ECONNRESET':
      return new ProblemError('invalid-request', 'The request was cut off.');
    default:
      return null;
  }
}

/** A failure for the log: kind, code and place. Messages may quote what was sent, so they stay out. */
function describe(error: unknown): Record<string, string | undefined> {
  if (!(error instanceof Error)) return { kind: typeof error };
  return {
    kind: error.name,
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  };
}
