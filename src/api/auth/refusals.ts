import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { ProblemCode } from '../../domain/errors.ts';
import { statusOf } from '../problems.ts';
import { keptNetwork } from './client-address.ts';
import { Windows } from './windows.ts';

/** Refusals of one key, or of one network, that are logged in a minute, of each kind: a mistake that a program repeats must not fill the log. */
const LOGGED_A_MINUTE = 10;
const WINDOW_MS = 60_000;
const WINDOWS_KEPT = 10_000;

/** What is logged, by the status that answers it. */
const KINDS: ReadonlyMap<number, { readonly level: 'warn' | 'info'; readonly says: string }> = new Map([
  [400, { level: 'info', says: 'a request was not valid' }],
  [401, { level: 'warn', says: 'a key, a link or a session was not valid' }],
  [403, { level: 'warn', says: 'a call was refused' }],
]);

/** Takes note of a refusal. */
export type NoteRefusal = (request: FastifyRequest, code: ProblemCode) => void;

/**
 * Logs who was not let in, what somebody was refused for want of the right to it, and what was not valid (OWASP ASVS
 * 5.0, 16.3.1 to 16.3.3): by which key or session, and which call, by its pattern; never what the address, the headers
 * or the body said. Where nobody was known, by their network.
 */
export function createRefusalLog(logger: FastifyBaseLogger): NoteRefusal {
  const windows = new Windows(WINDOW_MS, WINDOWS_KEPT);
  return (request, code) => {
    const status = statusOf(code);
    const kind = KINDS.get(status);
    if (kind === undefined) return;
    const { caller, method, routeOptions } = request;
    const who =
      caller === null ? { network: keptNetwork(request.ip) } : { key: caller.id, role: caller.role };
    const { excess } = windows.take(`${status} ${caller?.id ?? keptNetwork(request.ip)}`, LOGGED_A_MINUTE);
    if (excess > 1) return;
    const call = `${method} ${routeOptions.url ?? ''}`;
    if (excess === 0) logger[kind.level]({ ...who, call, code }, kind.says);
    else
      logger[kind.level](
        { ...who, status },
        'more like it were refused; further ones are not logged for a minute',
      );
  };
}
