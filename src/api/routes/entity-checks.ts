import { Type } from 'typebox';
import type { CheckAddress } from '../../delivery/probe/address-check.ts';
import { missingOf } from '../../domain/entity.ts';
import type { EntityKey } from '../../domain/notification.ts';
import { getEntity, type EntitySettings, type StoredEntity } from '../../store/entities.ts';
import { missingPath } from '../../store/endpoints.ts';
import { getServiceCertificate } from '../../store/service-certificate.ts';
import { callerOf } from '../auth/authenticate.ts';
import { requireOwnMembers } from '../auth/own-members.ts';
import { EntityBody, EntityView } from '../entities/schema.ts';
import { readSettings } from '../entities/settings.ts';
import { viewEntity } from '../entities/view.ts';
import { EntityParams, NullableText, PROBLEM_RESPONSES, SentenceView } from '../schemas.ts';
import type { AddRoutes } from '../types.ts';
import { notConfigured, requireOwn } from './entities.ts';

const AddressFault = Type.Object({
  backOffice: Type.Unsafe<string | null>({ ...NullableText, description: 'Null: the entity’s own endpoint' }),
  url: Type.String(),
  code: Type.String({ description: 'As an attempt’s `errorCode`' }),
  text: Type.String(),
  advice: SentenceView,
});

const Check = Type.Object({
  entity: EntityView,
  addresses: Type.Array(AddressFault, { description: 'The addresses that nothing can be sent to' }),
});

/** Makes the call that says what a configuration would be, and changes nothing. */
export function entityCheckRoutes(checkAddress: CheckAddress): AddRoutes {
  return (app, { db, sealer }) => {
    app.post(
      '/v1/entities/:organisation/:department/check',
      {
        config: { roles: ['admin', 'integrator'] },
        schema: {
          summary:
            'What an entity’s configuration would be if it were put, and whether its addresses can be sent to',
          description:
            'Nothing is stored and nothing is sent. Refuses what PUT would refuse, in the same words; host names are resolved.',
          params: EntityParams,
          body: EntityBody,
          response: { 200: Check, ...PROBLEM_RESPONSES },
        },
      },
      async (request) => {
        const { params, body } = request;
        const caller = callerOf(request);
        requireOwn(caller, params);
        const current = await getEntity(db, sealer, params);
        if (current === null && caller.role === 'integrator') throw notConfigured();
        const settings = readSettings(body, params, current);
        if (current !== null && caller.role === 'integrator') requireOwnMembers(current, settings);
        const service = await getServiceCertificate(db);
        const wanted = wantedEntity(params, settings, current, service?.certificate ?? null);
        return { entity: viewEntity(wanted), addresses: await faultsOf(settings) };
      },
    );
  };

  async function faultsOf({ endpoint, backOffices }: EntitySettings) {
    const all = [[null, endpoint] as const, ...backOffices];
    const judged = await Promise.all(
      all.map(async ([backOffice, { url }]) => {
        const fault = url === null ? null : await checkAddress(url);
        return fault === null || url === null ? [] : [{ backOffice, url, ...fault }];
      }),
    );
    return judged.flat();
  }
}

/** What would be stored; what is seen rather than configured stays as it is. */
function wantedEntity(
  key: EntityKey,
  settings: EntitySettings,
  current: StoredEntity | null,
  serviceCertificate: string | null,
): StoredEntity {
  const endpoints = [['', settings.endpoint] as const, ...settings.backOffices];
  return {
    id: '0',
    version: '0',
    paused: null,
    suspended: new Map(),
    serverCertificates: new Map(),
    ...current,
    ...settings,
    key,
    isSealed: false,
    serviceCertificate,
    missing: endpoints.flatMap(([code, endpoint]) =>
      missingOf(endpoint, serviceCertificate !== null).map((member) => missingPath(code, member)),
    ),
  };
}
