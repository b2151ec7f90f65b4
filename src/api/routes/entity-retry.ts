import { Type } from 'typebox';
import { retryEntity } from '../../store/retry.ts';
import { OPERATORS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { MAX_BACK_OFFICE_LENGTH } from '../entities/schema.ts';
import { EntityParams, nullable, PROBLEM_RESPONSES, strictObject, text } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';
import { notConfigured } from './entities.ts';

const BackOffice = nullable(
  text({
    max: MAX_BACK_OFFICE_LENGTH,
    description:
      'Only what is sent of this back office; null: only what goes to the entity’s own endpoint; absent: everything',
  }),
);

const Retried = Type.Object({
  broughtForward: Type.Integer({ description: 'Deliveries whose next attempt comes now instead of later' }),
  notBefore: Type.Integer({
    description: 'Deliveries that wait on, until the instant that their Retry-After asks for',
  }),
  probes: Type.Integer({
    description:
      'Servers that are only probed, and whose next probe comes now: the rest goes out once it is answered',
  }),
});

/** The call that lets an entity's retries go at once; it may be repeated. */
export function entityRetryRoutes(app: ApiApp, { db, wake }: ApiDependencies): void {
  app.post(
    '/v1/entities/:organisation/:department/retry',
    {
      config: { roles: OPERATORS, takesItsTime: true },
      schema: {
        summary: 'Lets what waits to be retried go out now, in order, as its servers’ windows allow',
        description:
          'For an endpoint that was mended. What is paused, suspended or lacks its configuration waits on, and ' +
          'nothing goes before the instant that a Retry-After asks for. Attempts count as ever.',
        params: EntityParams,
        body: nullable(strictObject({ backOffice: Type.Optional(BackOffice) })),
        response: { 200: Retried, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { params, body } = request;
      const wanted = body?.backOffice;
      const backOffice = wanted === undefined ? null : (wanted ?? '');
      const retried = await retryEntity(db, params, backOffice, callerOf(request));
      if (retried === null) throw notConfigured();
      const { origins, ...counts } = retried;
      if (origins.length > 0) wake(origins);
      return counts;
    },
  );
}
