import { Type } from 'typebox';
import { STATUSES, type Status } from '../../domain/delivery.ts';
import { ProblemError } from '../../domain/errors.ts';
import { isInScope, type Scope } from '../../domain/key.ts';
import { recoveryOf } from '../../domain/recovery.ts';
import { REPORT_KINDS, type ReportKind } from '../../domain/report.ts';
import { isUuid } from '../../domain/uuid.ts';
import { cancelDelivery } from '../../store/cancel.ts';
import { listAttempts } from '../../store/communications.ts';
import type { Database } from '../../store/database.ts';
import { findDelivery, listDeliveries, type DeliveryView } from '../../store/deliveries.ts';
import { resendDelivery } from '../../store/resend.ts';
import { OPERATORS, READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { invalidRequest } from '../problems.ts';
import { LIST_QUERY, readFilters, readPage } from '../paging.ts';
import { nullable, oneOf, pageOf, PROBLEM_RESPONSES, Reason, strictObject } from '../schemas.ts';
import { shownTo } from '../shown.ts';
import type { AddRoutes } from '../types.ts';
import { Delivery, DeliveryDetail } from '../views.ts';

const tags = ['deliveries'];
const params = strictObject({ id: Type.String({ description: 'The delivery’s id' }) });

/**
 * Makes the calls of deliveries.
 *
 * @param onFinished told the final status of each delivery that a call ended
 */
export function deliveryRoutes(onFinished: (status: Status) => void): AddRoutes {
  return (app, { db, wake }) => {
    app.get(
      '/v1/deliveries',
      {
        config: { roles: READERS },
        schema: {
          summary: 'Deliveries, newest first',
          tags,
          querystring: strictObject({
            ...LIST_QUERY,
            status: Type.Optional(oneOf(STATUSES)),
            kind: Type.Optional(oneOf(REPORT_KINDS)),
          }),
          response: { 200: pageOf(Delivery), ...PROBLEM_RESPONSES },
        },
      },
      async (request) => {
        const { query } = request;
        const { status = null, kind = null } = query;
        refuseStateOfDaily(query);
        const { scope } = callerOf(request);
        const filters = { ...readFilters(query), scope, result: status, kind };
        return readPage(query, (limit) => listDeliveries(db, filters, limit));
      },
    );

    app.get(
      '/v1/deliveries/:id',
      {
        config: { roles: READERS },
        schema: {
          summary: 'A delivery with its attempts',
          tags,
          params,
          response: { 200: DeliveryDetail, ...PROBLEM_RESPONSES },
        },
      },
      async (request) => {
        const { id } = request.params;
        const caller = callerOf(request);
        const delivery = await readDelivery(db, id, caller.scope);
        const recovery = recoveryOf(delivery, delivery.daily?.date ?? null);
        return { ...delivery, recovery, attemptList: shownTo(caller, await listAttempts(db, id)) };
      },
    );

    app.post(
      '/v1/deliveries/:id/resend',
      {
        config: { roles: OPERATORS },
        schema: {
          summary: 'Sends a finished delivery again, as a new one',
          tags,
          params,
          body: nullable(strictObject({})),
          response: { 201: Delivery, ...PROBLEM_RESPONSES },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const resent = isUuid(id) ? await resendDelivery(db, id, callerOf(request)) : null;
        if (resent === null) throw noSuchDelivery();
        if (resent.originId !== null) wake([resent.originId]);
        void reply.code(201).header('location', `/v1/deliveries/${resent.id}`);
        return readDelivery(db, resent.id, null);
      },
    );

    app.post(
      '/v1/deliveries/:id/cancel',
      {
        config: { roles: OPERATORS },
        schema: {
          summary: 'Gives up an unfinished delivery',
          tags,
          params,
          body: nullable(strictObject({ reason: Reason })),
          response: { 200: Delivery, ...PROBLEM_RESPONSES },
        },
      },
      async (request) => {
        const { id } = request.params;
        const reason = request.body?.reason ?? null;
        const origins = isUuid(id) ? await cancelDelivery(db, id, reason, callerOf(request)) : null;
        if (origins === null) throw noSuchDelivery();
        onFinished('cancelled');
        if (origins.length > 0) wake(origins);
        return readDelivery(db, id, null);
      },
    );
  };
}

/** @throws ProblemError `invalid-request` for a filter that no delivery can fit */
export function refuseStateOfDaily({
  kind,
  state,
}: {
  readonly kind?: ReportKind;
  readonly state?: string;
}): void {
  if (kind !== 'Diari' || state === undefined) return;
  throw invalidRequest([{ field: 'state', detail: 'is nothing that a daily report has' }]);
}

async function readDelivery(db: Database, id: string, scope: Scope): Promise<DeliveryView> {
  const delivery = isUuid(id) ? await findDelivery(db, id) : null;
  if (delivery === null || !isInScope(scope, delivery)) throw noSuchDelivery();
  return delivery;
}

function noSuchDelivery(): ProblemError {
  return new ProblemError('not-found', 'There is no such delivery.');
}
