import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { LOGGED_OUTCOMES, type LoggedOutcome } from '../../domain/attempt.ts';
import { STATUSES, type Status } from '../../domain/delivery.ts';
import { ProblemError } from '../../domain/errors.ts';
import { isInScope, seesBodies, type Scope } from '../../domain/key.ts';
import { isUuid } from '../../domain/uuid.ts';
import { writeEnvelope } from '../../soap/envelope.ts';
import { reportInVersion } from '../../soap/report-32.ts';
import { writeMaskedEnvelope } from '../../soap/security/masked-envelope.ts';
import {
  findCommunication,
  listCommunications,
  type CommunicationFilters,
  type KeptRequest,
} from '../../store/communications.ts';
import { narrow } from '../../store/newest.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { LIST_QUERY, readFilters, readPage } from '../paging.ts';
import { invalidRequest } from '../problems.ts';
import { oneOf, pageOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import { shownTo, withoutText } from '../shown.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';
import { Communication, CommunicationDetail, type LoggedRequest } from '../views.ts';

const tags = ['communications'];

/** What the log is filtered by, as a list and as CSV, besides what all lists are. */
export const COMMUNICATION_FILTERS = {
  status: Type.Optional(oneOf(STATUSES, 'The delivery’s status now')),
  outcome: Type.Optional(oneOf(LOGGED_OUTCOMES)),
};

type CommunicationQuery = Parameters<typeof readFilters>[0] & {
  readonly status?: Status;
  readonly outcome?: LoggedOutcome;
};

/** Reads what the log is filtered by. @throws ProblemError `invalid-request` */
export function readCommunicationFilters(query: CommunicationQuery, scope: Scope) {
  const { status = null, outcome: result = null } = query;
  const filters = { ...readFilters(query), scope, status, result };
  requireNarrowStatus(filters);
  return filters;
}

/** Adds the calls of the communications log. */
export function communicationRoutes(app: ApiApp, { db }: ApiDependencies): void {
  app.get(
    '/v1/communications',
    {
      config: { roles: READERS },
      schema: {
        summary: 'The communications log, newest first by the start of attempts and pulls',
        tags,
        querystring: strictObject({
          ...LIST_QUERY,
          ...COMMUNICATION_FILTERS,
        }),
        response: { 200: pageOf(Communication), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { query } = request;
      const caller = callerOf(request);
      const filters = readCommunicationFilters(query, caller.scope);
      const page = await readPage(query, (limit) => listCommunications(db, filters, limit));
      return { ...page, items: shownTo(caller, page.items) };
    },
  );

  app.get(
    '/v1/communications/:id',
    {
      config: { roles: READERS },
      schema: {
        summary: 'One row of the log, with its messages',
        tags,
        params: strictObject({ id: Type.String({ description: 'The communication’s id' }) }),
        response: { 200: CommunicationDetail, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const found = isUuid(id) ? await findCommunication(db, id) : null;
      if (found === null || !isInScope(caller.scope, found.communication)) {
        throw new ProblemError('not-found', 'There is no such communication.');
      }
      const { communication, request: sent, response, ...beside } = found;
      if (!seesBodies(caller.role)) {
        return { ...withoutText(communication), request: null, response: null, ...beside };
      }
      return { ...communication, request: sent === null ? null : rebuild(sent), response, ...beside };
    },
  );
}

/**
 * Deliveries of one status may lie anywhere in the log: of one entity, or of all, they are found fast; of some, every
 * row of each would have to be looked at.
 *
 * @throws ProblemError `invalid-request` where a key of several entities asks by status and names none
 */
function requireNarrowStatus(filters: CommunicationFilters): void {
  if (filters.status === null || filters.notification !== null || (narrow(filters)?.scope ?? null) === null)
    return;
  throw invalidRequest([
    { field: 'status', detail: 'needs organisation and department, as this key reads several entities' },
  ]);
}

/**
 * The request as it was sent: its body is not kept, since the report in its message version and envelope is the
 * same again. Of a Security header password, nonce, certificate and signature are not kept at all: they are masked.
 * A hash tells whether the report is still the same; where it is not, the body is gone.
 */
export function rebuild({ headers, bodyHash, envelope, report: pinned }: KeptRequest): LoggedRequest {
  if (bodyHash === null || envelope === null) {
    return { headers, body: null, messageVersion: null, security: null };
  }
  const { security: sent, messageVersion = '4.0', ...options } = envelope;
  const versioned = pinned === null ? null : reportInVersion(messageVersion, pinned);
  const report = versioned !== null && 'xml' in versioned ? versioned.xml : null;
  if (sent === undefined) {
    const body = report === null ? null : writeEnvelope(report, options);
    const isSame = body !== null && sha256(body) === bodyHash;
    return { headers, body: isSame ? body : null, messageVersion, security: null };
  }
  return {
    headers,
    body: report === null ? null : writeMaskedEnvelope(report, options, sent),
    messageVersion,
    security: { type: sent.type, certificate: sent.type === 'signature' ? sent.fingerprint : null },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
