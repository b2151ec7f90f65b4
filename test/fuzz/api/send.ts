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
        answer.on('end', () => {
          resolve({
            status: answer.statusCode ?? 0,
            contentType: answer.headers['content-type'] ?? '',
            retryAfter: answer.headers['retry-after'] ?? null,
            text: Buffer.concat(pieces).toString('utf8'),
          });
        });
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
