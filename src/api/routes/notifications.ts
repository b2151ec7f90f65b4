import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { isInScope, seesBodies } from '../../domain/key.ts';
import { listDeliveriesOf } from '../../store/deliveries.ts';
import { findNotification } from '../../store/notifications.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { isNotificationId } from '../paging.ts';
import { PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import { withoutPersons } from '../shown.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';
import { Notification } from '../views.ts';

/** Adds the call of notifications. */
export function notificationRoutes(app: ApiApp, { db }: ApiDependencies): void {
  app.get(
    '/v1/notifications/:id',
    {
      config: { roles: READERS },
      schema: {
        summary: 'A notification as it is known, with its state changes and deliveries',
        tags: ['notifications'],
        params: strictObject({ id: Type.String({ description: 'IdNotificacio' }) }),
        response: { 200: Notification, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { role, scope } = callerOf(request);
      const notification = isNotificationId(id) ? await findNotification(db, id) : null;
      if (notification === null || !isInScope(scope, notification.entity)) {
        throw new ProblemError('not-found', 'There is no such notification.');
      }
      const shown = seesBodies(role) ? notification : withoutPersons(notification);
      return { ...shown, deliveries: await listDeliveriesOf(db, id) };
    },
  );
}
