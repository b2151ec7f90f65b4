import { isUtf8 } from 'node:buffer';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../domain/errors.ts';
import type { ApiApp } from './types.ts';

/**
 * Bytes of bodies, as they come, that may be read and worked on at once: many times what the engine can take in a
 * second, and far less than a process may hold.
 */
const MAX_BYTES_AT_ONCE = 64_000_000;

/** Content codings of RFC 9110, 8.4.1, that are read. */
const GZIP = new Set(['gzip', 'x-gzip']);

/** A body whose encoded length Fastify compares with Content-Length and with its limit. */
type Body = Readable & { receivedEncodedLength?: number };

/**
 * Sees to it that bodies are JSON in UTF-8, plain or gzip. Fastify counts what comes out of the
 * decompression and stops at its limit, so that a bomb is never held whole.
 */
export function readBodies(app: ApiApp): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => parseJson(body, request),
  );
  boundBodies(app);
  app.addHook('preParsing', async (request, reply, payload: Body) => {
    const coding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
    if (coding === 'identity') return payload;
    if (!GZIP.has(coding)) {
      void reply.header('accept-encoding', 'gzip');
      throw new ProblemError('unsupported-media-type', 'The content encoding must be gzip or none.');
    }
    return decompress(payload);
  });
}

/** Refuses a body before it is read where too much is under way already. */
function boundBodies(app: ApiApp): void {
  let bytes = 0;
  app.addHook('preParsing', async (request, reply) => {
    const length = lengthOf(request, app.initialConfig.bodyLimit ?? 0);
    if (length === 0) return;
    if (bytes > 0 && bytes + length > MAX_BYTES_AT_ONCE) {
      throw new ProblemError('busy', 'Too many requests are being read.');
    }
    bytes += length;
    reply.raw.once('close', () => {
      bytes -= length;
    });
  });
}

/** The length that a body has by its request; the longest that it may have where that is not said. */
function lengthOf({ headers }: FastifyRequest, most: number): number {
  if (headers['transfer-encoding'] !== undefined) return most;
  return Number(headers['content-length'] ?? 0);
}

function decompress(payload: Readable): Body {
  const gunzip = Object.assign(createGunzip(), { receivedEncodedLength: 0 });
  payload.on('data', (chunk: Buffer) => {
    gunzip.receivedEncodedLength += chunk.length;
  });
  payload.on('error', (error) => gunzip.destroy(error));
  // A request that is refused before its body is read has nobody else who listens: it must not end the process.
  gunzip.on('error', () => undefined);
  // Fastify takes its listener away once the limit is passed: nothing further is to be decompressed.
  gunzip.on('removeListener', (event) => {
    if (event !== 'data' || gunzip.readableEnded) return;
    payload.unpipe(gunzip);
    payload.resume();
    gunzip.destroy();
  });
  return payload.pipe(gunzip);
}

/** Checks that a content type names no other charset than UTF-8. */
export function requireUtf8(request: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?(?<name>[^\s;"]+)/i.exec(request.headers['content-type'] ?? '');
  const name = charset?.groups?.name;
  if (name !== undefined && !/^utf-?8$/i.test(name)) {
    throw new ProblemError('unsupported-media-type', 'The charset must be UTF-8.');
  }
}

function parseJson(body: Buffer, request: FastifyRequest): unknown {
  requireUtf8(request);
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new ProblemError('invalid-json', 'The body is not UTF-8.');
  const text = body.toString('utf8');
  try {
    // JSON.parse makes own properties of names such as __proto__: no prototype is ever changed.
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw new ProblemError('invalid-json', 'The body is not well-formed JSON.');
  }
}
