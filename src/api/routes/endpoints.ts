import { Type } from 'typebox';
import { OUTCOMES, type Outcome } from '../../domain/attempt.ts';
import { formatDuration } from '../../domain/duration.ts';
import { MOST_WAITING } from '../../domain/event.ts';
import { describePolicy, type TroublePolicy } from '../../domain/health.ts';
import { WINDOW_POLICY } from '../../domain/window.ts';
import {
  listTroubledEndpoints,
  type TroubledEndpoint,
  type TroubledFilters,
} from '../../store/troubled-endpoints.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { LIST_QUERY, readPageBy } from '../paging.ts';
import { invalidRequest } from '../problems.ts';
import {
  NullableInteger,
  NullableText,
  PAGE_QUERY,
  pageOf,
  PROBLEM_RESPONSES,
  strictObject,
} from '../schemas.ts';
import type { AddRoutes, ApiApp, ApiDependencies } from '../types.ts';

const Instant = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description });

const Endpoint = Type.Object({
  organisation: Type.String(),
  department: Type.String(),
  backOffice: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Null for the entity’s own endpoint',
  }),
  origin: NullableText,
  since: Type.String({ format: 'date-time', description: 'When the first of its troubles began' }),
  failingSince: Instant(
    'The first failure since the last acknowledgement; null where the last was acknowledged',
  ),
  failures: Type.Integer({ description: 'Attempts that failed since then' }),
  lastFailureAt: NullableText,
  lastOutcome: Type.Unsafe<Outcome | null>({ type: ['string', 'null'], enum: [...OUTCOMES, null] }),
  lastErrorCode: NullableText,
  lastHttpStatus: NullableInteger,
  suspendedSince: Instant('Since when the service holds its deliveries back; null where it does not'),
  waiting: Type.Integer({ description: `Its unfinished deliveries, counted up to ${MOST_WAITING}` }),
  window: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'How many deliveries its server may have under way, whosever they are; 1: it is only probed',
  }),
  probedSince: Instant('Since when its server is only probed'),
  nextProbeAt: Instant('From when the next delivery may go there as a probe'),
});

const Policy = Type.Object({
  retryDelays: Type.Array(Type.String(), { description: 'Of entities without delays of their own' }),
  window: Type.Object({
    start: Type.Integer(),
    most: Type.Integer(),
    recovered: Type.Integer(),
    firstProbeAfter: Type.String(),
    lastProbeAfter: Type.String(),
  }),
  endpoints: Type.Object({
    warnAfter: Type.Array(Type.String()),
    suspendAfter: Type.String({ description: 'A duration, or off' }),
  }),
});

/** Makes the calls that tell how endpoints stand, and by which values that is judged. */
export function endpointRoutes(trouble: TroublePolicy): AddRoutes {
  return (app, dependencies) => {
    addEndpoints(app, dependencies);
    addPolicy(app, dependencies, trouble);
  };
}

function addEndpoints(app: ApiApp, { db }: ApiDependencies): void {
  const { organisation, department } = LIST_QUERY;
  app.get(
    '/v1/endpoints',
    {
      config: { roles: READERS },
      schema: {
        summary: 'The endpoints in trouble, those first whose trouble began first',
        description: 'Those that fail or are suspended, and those whose server is only probed.',
        tags: ['endpoints'],
        querystring: strictObject({ ...PAGE_QUERY, organisation, department }),
        response: { 200: pageOf(Endpoint), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { query } = request;
      const filters = {
        scope: callerOf(request).scope,
        organisation: query.organisation ?? null,
        department: query.department ?? null,
        after: query.after === undefined ? null : readCursor(query.after),
      };
      const { items, next } = await readPageBy(
        query,
        async (limit) => listTroubledEndpoints(db, filters, limit),
        writeCursor,
      );
      return { items: items.map(view), next };
    },
  );
}

function addPolicy(app: ApiApp, { retrySchedule }: ApiDependencies, trouble: TroublePolicy): void {
  app.get(
    '/v1/policy',
    {
      config: { roles: READERS },
      schema: {
        summary: 'The values by which retries, windows, warnings and suspensions go',
        tags: ['endpoints'],
        response: { 200: Policy, ...PROBLEM_RESPONSES },
      },
    },
    async () => {
      const { warnAfter, suspendAfter } = describePolicy(trouble);
      return {
        retryDelays: retrySchedule.map(formatDuration),
        window: WINDOW_POLICY,
        endpoints: { warnAfter: [...warnAfter], suspendAfter },
      };
    },
  );
}

/** The row's number is no member of the schema: it stays out of the answer. */
function view(endpoint: TroubledEndpoint) {
  const shown = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    ...endpoint,
    backOffice: endpoint.backOffice === '' ? null : endpoint.backOffice,
    since: new Date(endpoint.since).toISOString(),
    failingSince: shown(endpoint.failingSince),
    lastFailureAt: shown(endpoint.lastFailureAt),
    suspendedSince: shown(endpoint.suspendedSince),
    probedSince: shown(endpoint.probedSince),
    nextProbeAt: shown(endpoint.nextProbeAt),
  };
}

/** The place of an endpoint in the list; opaque to who gets it. */
function writeCursor({ since, id }: TroubledEndpoint): string {
  return Buffer.from(`${since} ${id}`).toString('base64url');
}

function readCursor(cursor: string): TroubledFilters['after'] {
  const [, since, id] = /^(\d{1,15}) (\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (since === undefined || id === undefined) {
    throw invalidRequest([{ field: 'after', detail: 'must be the `next` of a page' }]);
  }
  return { since: Number(since), id };
}
