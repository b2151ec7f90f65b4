import { TLSSocket } from 'node:tls';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { isNotModified } from '../preconditions.ts';
import { strictObject } from '../schemas.ts';
import type { Paths } from '../paths.ts';
import type { ApiApp } from '../types.ts';
import type { Coding, ConsoleFile, ConsoleFiles } from './files.ts';
import { FILE_HEADERS, PAGE_HEADERS, SECURE_HEADERS } from './headers.ts';

/** Names change with their content: nobody asks again for a year (RFC 8246). */
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Asked again each time, and answered 304 where nothing changed. */
const REVALIDATED = 'no-cache';

/** Where the console's own page says what its addresses are relative to. */
const BASE = '<base href="./" />';

/** Serves the console at `/`, where it was built. */
export function consoleRoutes(app: ApiApp, files: ConsoleFiles | null): void {
  if (files === null) return;
  const schema = { hide: true };
  const config = { public: true };
  app.get('/', { config, schema: { ...schema, querystring: Type.Object({}) } }, async (request, reply) =>
    sendConsolePage(request, reply, files),
  );
  for (const [name, file] of files.beside) {
    app.get(`/${name}`, { config, schema }, async (request, reply) =>
      sendFile(request, reply, file, REVALIDATED),
    );
  }
  app.get(
    '/assets/:file',
    { config, schema: { ...schema, params: strictObject({ file: Type.String() }) } },
    async (request, reply) =>
      sendFile(request, reply, files.assets.get(request.params.file) ?? null, IMMUTABLE),
  );
}

/** Whether a request is a browser's for a page of the console, at a path where no call is. */
export function isConsolePage({ method, url, headers }: FastifyRequest, paths: Paths): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return /\btext\/html\b/.test(headers.accept ?? '') && !paths.beginsLikeServed(url);
}

/**
 * Answers with the console's page. Its addresses are made relative to the path that was asked for, so that it works
 * below any prefix that a proxy takes away, without being told of it.
 */
export function sendConsolePage(request: FastifyRequest, reply: FastifyReply, files: ConsoleFiles) {
  const depth = (request.url.split('?', 1)[0] ?? '/').split('/').length - 2;
  const base = depth === 0 ? './' : '../'.repeat(depth);
  if (isOwnTls(request)) void reply.headers(SECURE_HEADERS);
  return reply
    .headers(PAGE_HEADERS)
    .header('cache-control', REVALIDATED)
    .type('text/html; charset=utf-8')
    .send(files.index.replace(BASE, `<base href="${base}" />`));
}

/** Whether the connection itself is TLS, whatever a proxy says of its own. */
function isOwnTls({ raw }: FastifyRequest): boolean {
  return raw.socket instanceof TLSSocket;
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile | null, caching: string) {
  if (file === null) throw new ProblemError('not-found', 'The console has no such file.');
  const { type, etag, bytes, coded } = file;
  const accept = request.headers['accept-encoding'] ?? '';
  const coding = (['br', 'gzip'] as const).find((each) => coded[each] !== undefined && takes(accept, each));
  void reply
    .headers(FILE_HEADERS)
    .header('cache-control', caching)
    .header('etag', etag)
    .header('vary', 'accept-encoding');
  if (isNotModified(request.headers, etag)) return reply.code(304).send();
  if (coding !== undefined) void reply.header('content-encoding', coding);
  return reply.type(type).send((coding === undefined ? undefined : coded[coding]) ?? bytes);
}

/** Whether an Accept-Encoding names a coding, and does not refuse it (RFC 9110, 12.5.3). */
function takes(accept: string, coding: Coding): boolean {
  return accept.split(',').some((part) => {
    const [name = '', quality] = part.split(';').map((each) => each.trim().toLowerCase());
    return name === coding && quality !== 'q=0' && quality !== 'q=0.0';
  });
}
