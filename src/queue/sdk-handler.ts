import { Agent, errors } from 'undici';

/** How long a connection may take to be made. */
const CONNECT_TIMEOUT_MS = 3_000;

/** Connections kept to one host: a relay's sends, a worker's deletes and one long poll at once. */
const MAX_CONNECTIONS = 50;

/** What the SDK hands over (an HttpRequest of its own), as far as it is read here. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

interface SdkResponse {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array;
  };
}

/** The SDK's way to HTTP: its RequestHandler, and a member of our own. A type, since the SDK asks for an index. */
export type SdkHandler = {
  readonly metadata: { readonly handlerProtocol: string };
  /** @throws errors as the SDK knows them: `AbortError`, `TimeoutError`, or with the code `ECONNRESET` */
  handle(request: SdkRequest, options?: { abortSignal?: AbortSignal }): Promise<SdkResponse>;
  /** From now on every call without a signal of its own ends with this one, and is not repeated. */
  endWith(signal: AbortSignal): void;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
};

/**
 * The SDK’s HTTP over undici, which costs a call less CPU than its own over node:http (docs/performance.md).
 *
 * @param timeoutMs how long an answer may take to begin, and then each part of it
 */
export function createSdkHandler(timeoutMs: number): SdkHandler {
  const agent = new Agent({
    connections: MAX_CONNECTIONS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  let end: AbortSignal | null = null;
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, { abortSignal } = {}) {
      const signal = abortSignal ?? end;
      try {
        const { statusCode, headers, body } = await agent.request({
          origin: originOf(request),
          method: request.method,
          path: request.path + queryOf(request),
          headers: request.headers,
          body: request.body ?? null,
          signal,
        });
        return { response: { statusCode, headers: singleHeaders(headers), body: await body.bytes() } };
      } catch (error) {
        throw sdkError(error, signal?.aborted === true);
      }
    },
    endWith(signal) {
      end = signal;
    },
    destroy: () => void agent.destroy(),
    // What the SDK would change of its own handler: nothing here.
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

function originOf({ protocol, hostname, port }: SdkRequest): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}

/** SQS has none; what the SDK asks for credentials may. */
function queryOf({ query }: SdkRequest): string {
  if (query === undefined) return '';
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value ?? '']) parameters.append(name, each);
  }
  const text = parameters.toString().replaceAll('+', '%20');
  return text === '' ? '' : `?${text}`;
}

function singleHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const single: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) single[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return single;
}

/** The error by whose name or code the SDK decides whether to repeat the call. */
function sdkError(error: unknown, aborted: boolean): unknown {
  if (aborted) return named('AbortError', 'The call was ended.', error);
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  ) {
    return named('TimeoutError', error.message, error);
  }
  if (error instanceof errors.SocketError) {
    return Object.assign(new Error(error.message, { cause: error }), { code: 'ECONNRESET' });
  }
  return error;
}

function named(name: string, message: string, cause: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name });
}
