import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { ProblemError } from '../../domain/errors.ts';
import { statusOf } from '../problems.ts';
import { keptNetwork } from './client-address.ts';
import { Windows } from './windows.ts';

/** Refusals of one key that are logged in a minute: a program that repeats its mistake must not fill the log. */
const LOGGED_A_MINUTE = 10;
const WINDOW_MS = 60_000;
const WINDOWS_KEPT = 10_000;

/**
 * Logs what somebody was refused for want of the right to it (OWASP ASVS 5.0, 16.3.2): by which key or session, and
 * which call, by its pattern; never what the address or the body said. Where nobody was known, by their network.
 */
export function createRefusalLog(
  logger: FastifyBaseLogger,
): (request: FastifyRequest, error: unknown) => void {
  const windows = new Windows(WINDOW_MS, WINDOWS_KEPT);
  return (request, error) => {
    if (!(error instanceof ProblemError) || statusOf(error.code) !== 403) return;
    const { caller, method, routeOptions } = request;
    const who =
      caller === null ? { network: keptNetwork(request.ip) } : { key: caller.id, role: caller.role };
    const { excess } = windows.take(caller?.id ?? keptNetwork(request.ip), LOGGED_A_MINUTE);
    if (excess > 1) return;
    const call = `${method} ${routeOptions.url ?? ''}`;
    if (excess === 0) logger.warn({ ...who, call, code: error.code }, 'a call was refused');
    else logger.warn(who, 'more calls were refused; further ones are not logged for a minute');
  };
}
