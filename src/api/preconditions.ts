import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../domain/errors.ts';

/**
 * Judges If-Match and If-None-Match of a request that changes something (RFC 9110, 13.1).
 *
 * @param current the ETag of what is stored; null where nothing is
 * @throws ProblemError `precondition-failed`
 */
export function requirePreconditions(headers: FastifyRequest['headers'], current: string | null): void {
  const ifMatch = headers['if-match'];
  // Strong comparison: a weak tag never matches (8.8.3.2).
  if (ifMatch !== undefined && (current === null || !names(ifMatch, current))) {
    throw new ProblemError('precondition-failed', 'If-Match does not name the current version.');
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && current !== null && names(weaken(ifNoneMatch), current)) {
    throw new ProblemError('precondition-failed', 'If-None-Match names the current version.');
  }
}

/** Whether the reader has the current version already: 304 (RFC 9110, 13.1.2). */
export function isNotModified(headers: FastifyRequest['headers'], current: string): boolean {
  const ifNoneMatch = headers['if-none-match'];
  return ifNoneMatch !== undefined && names(weaken(ifNoneMatch), current);
}

function names(list: string, tag: string): boolean {
  return list.trim() === '*' || list.split(',').some((item) => item.trim() === tag);
}

/** Weak comparison: `W/` does not count. */
function weaken(list: string): string {
  return list.replaceAll('W/"', '"');
}
