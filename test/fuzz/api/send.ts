import { request } from 'node:http';
import type { FuzzRequest } from './requests.ts';

/** What came back. */
export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** No answer may take longer, in milliseconds: nothing here sends anything out. */
const PATIENCE_MS = 5_000;

/**
 * Sends a request as it is; `fetch` would mend it.
 *
 * @throws where no whole answer comes in time
 */
export async function send(url: string, { method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const out = request(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...headers, ...lengthOf(body) },
        timeout: PATIENCE_MS,
        agent: false,
      },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', reject);
        const contentType = answer.headers['content-type'] ?? '';
        const told = (): void => {
          resolve({
            status: answer.statusCode ?? 0,
            contentType,
            retryAfter: answer.headers['retry-after'] ?? null,
            text: Buffer.concat(pieces).toString('utf8'),
          });
        };
        answer.on('end', told);
        // A stream of events has no end: that it has begun is its answer.
        if (contentType.startsWith('text/event-stream')) {
          told();
          out.destroy();
        }
      },
    );
    out.on('timeout', () => out.destroy(new Error(`no answer in ${PATIENCE_MS} ms`)));
    out.on('error', reject);
    out.end(body ?? undefined);
  });
}

function lengthOf(body: FuzzRequest['body']): Record<string, string> {
  return body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}
