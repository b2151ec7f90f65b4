import type { IncomingMessage, RequestOptions } from 'node:http';
import * as consumers from 'node:stream/consumers';
import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { CommandError } from '../domain/errors.ts';

/**
 * How long the service may take to begin its answer, and for each further part of it, in milliseconds, where a
 * call does not say.
 */
const TIMEOUT_MS = 60_000;

/** One call of the HTTP API. */
interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Absolute, percent-encoded, without the query. */
  readonly path: string;
  /** Undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** `application/json` where absent. */
  readonly contentType?: string;
  /** How long the service may take to begin its answer, and for each further part of it, in milliseconds. */
  readonly timeoutMs?: number;
}

/** What the service answered, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** Parsed JSON; undefined where the body is empty or no JSON. */
  readonly body: unknown;
}

/** The members of a problem (RFC 9457) that commands use. */
const Problem = Type.Object({
  code: Type.String(),
  detail: Type.String(),
  title: Type.Optional(Type.String()),
  fields: Type.Optional(Type.Array(Type.Object({ field: Type.String(), detail: Type.String() }))),
  lines: Type.Optional(
    Type.Array(
      Type.Object({
        line: Type.Integer(),
        code: Type.String(),
        field: Type.Union([Type.String(), Type.Null()]),
        detail: Type.String(),
      }),
    ),
  ),
});
export type Problem = Static<typeof Problem>;

/** A service that commands talk to over HTTP. */
export interface ServiceClient {
  /** Its base URL, without a slash at the end. */
  readonly url: string;
  /**
   * Sends one call and reads its answer, of any status.
   *
   * @throws CommandError `service-unreachable` where none comes
   */
  send(call: Call, signal?: AbortSignal): Promise<Answer>;
  /**
   * Sends one call that must succeed.
   *
   * @throws CommandError `service-unreachable`, or `request-refused` with what the problem says
   */
  call<T extends TSchema>(schema: T, call: Call, signal?: AbortSignal): Promise<Static<T>>;
  /**
   * Sends one call that must succeed; once its answer has begun, its lines are read as they come, each JSON.
   *
   * @throws CommandError `service-unreachable`, also in the middle, or `request-refused` with what the problem says
   */
  stream(call: Call): Promise<AsyncGenerator>;
}

/** @param key null: calls are sent without a key */
export function createClient(url: string, key: string | null): ServiceClient {
  /** @throws CommandError `service-unreachable` where what `read` needs does not come */
  async function open<T>(
    call: Call,
    read: (response: IncomingMessage) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const target = new URL(`${url}${call.path}`);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    const headers = {
      accept: 'application/json, application/problem+json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
      ...call.headers,
    };
    const options = {
      method: call.method,
      headers,
      timeout: call.timeoutMs ?? TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    };
    try {
      return await read(await begin(target, options, call.body));
    } catch (error) {
      signal?.throwIfAborted();
      throw unreachable(url, error);
    }
  }

  async function send(call: Call, signal?: AbortSignal): Promise<Answer> {
    return open(call, readAnswer, signal);
  }

  async function stream(call: Call): Promise<AsyncGenerator> {
    const response = await open(call, async (begun) => begun);
    if (statusOf(response) >= 400) throw refused(url, await readAnswer(response));
    return linesOf(response);
  }

  async function* linesOf(response: IncomingMessage): AsyncGenerator {
    let rest = '';
    try {
      for await (const chunk of response.setEncoding('utf8')) {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) yield parseJson(line);
      }
    } catch (error) {
      throw unreachable(url, error);
    }
  }

  async function callService<T extends TSchema>(schema: T, call: Call, signal?: AbortSignal) {
    const answer = await send(call, signal);
    if (answer.status >= 400) throw refused(url, answer);
    if (Value.Check(schema, answer.body)) return answer.body;
    throw foreign(url, answer);
  }

  return { url, send, call: callService, stream };
}

/**
 * Sends a request; resolves once its answer begins. By Node's own client: undici, which callbacks go out by, takes
 * longer to load than a command to run.
 */
async function begin(target: URL, options: RequestOptions, body?: string | Buffer): Promise<IncomingMessage> {
  const http = await import('node:http');
  const send: typeof http.request =
    target.protocol === 'https:' ? (await import('node:https')).request : http.request;
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | null = null;
    const sent = send(target, options, (response) => {
      answer = response;
      resolve(response);
    });
    sent.once('timeout', () => (answer ?? sent).destroy(new TimeoutError()));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The service took longer than it may. */
class TimeoutError extends Error {
  readonly code = 'timeout';
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const { headers } = response;
  return {
    header: (name) => [headers[name] ?? null].flat()[0] ?? null,
    body: parseJson(await consumers.text(response)),
    status: statusOf(response),
  };
}

function statusOf({ statusCode = 0 }: IncomingMessage): number {
  return statusCode;
}

function unreachable(url: string, error: unknown): CommandError {
  return new CommandError('service-unreachable', `no answer from ${url} (${reasonOf(error)})`, {
    cause: error,
  });
}

/** The problem that an answer is; null where it is none. */
export function problemOf({ body }: Answer): Problem | null {
  return Value.Check(Problem, body) ? body : null;
}

/** The failure of a command whose request was answered with an error. */
export function refused(url: string, answer: Answer): CommandError {
  const problem = problemOf(answer);
  if (problem === null) return foreign(url, answer);
  const fields = (problem.fields ?? []).map(({ field, detail }) => `${field} ${detail}`.trim());
  const why = fields.length > 1 ? `${fields.join('; ')}.` : problem.detail;
  const hint = problem.code === 'unauthenticated' ? ' Give it with --key or ADMIN_KEY.' : '';
  return new CommandError('request-refused', `${problem.code}: ${why}${hint}`);
}

/** The failure of a command that something else than this service answered. */
export function foreign(url: string, { status }: Answer): CommandError {
  return new CommandError(
    'service-unreachable',
    `what answers at ${url} (status ${status}) is not this service`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
