import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { isInScope } from '../../domain/key.ts';
import { isUuid } from '../../domain/uuid.ts';
import type { SigningKey } from '../../soap/security/signing-key.ts';
import { findCommunication, listAttempts } from '../../store/communications.ts';
import { findDelivery } from '../../store/deliveries.ts';
import { readReport } from '../../store/story.ts';
import { tellDelivery } from '../../telling/story.ts';
import { callerOf } from '../auth/authenticate.ts';
import { bundle } from '../evidence/bundle.ts';
import { evidenceFiles, type EvidenceAttempt } from '../evidence/files.ts';
import { PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import { Slots } from '../slots.ts';
import { readDeliveryFacts } from '../story-facts.ts';
import type { AddRoutes } from '../types.ts';
import { rebuild } from './communications.ts';

/** Bundles that a process makes at once, and those of one key: each holds its files in memory. */
const MAX_BUNDLES = 4;
const MAX_BUNDLES_OF_KEY = 2;

/**
 * Makes the call that answers all that shows what became of a delivery.
 *
 * @param serviceKey signs the manifest; null where the service has none
 */
export function evidenceRoutes(serviceKey: SigningKey | null): AddRoutes {
  const slots = new Slots(MAX_BUNDLES, MAX_BUNDLES_OF_KEY);
  return (app, { db, retrySchedule, version }) => {
    app.get(
      '/v1/deliveries/:id/evidence',
      {
        // As the bodies of messages, which it holds.
        config: { roles: ['admin', 'operator', 'integrator'], takesItsTime: true },
        schema: {
          summary: 'All that shows what became of a delivery, as a ZIP archive',
          description:
            'The report as it was pinned, each attempt’s request (secrets masked) and answer as kept, the rows of the log, the story in three languages, and a manifest with the SHA-256 of each file; with SIGNING_CERTIFICATE also its signature. VERIFY.txt in it says how to verify it.',
          tags: ['deliveries'],
          params: strictObject({ id: Type.String({ description: 'The delivery’s id' }) }),
          response: {
            200: {
              description: 'A ZIP archive',
              content: {
                'application/zip': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
              },
            },
            ...PROBLEM_RESPONSES,
          },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const caller = callerOf(request);
        const delivery = isUuid(id) ? await findDelivery(db, id) : null;
        if (delivery === null || !isInScope(caller.scope, delivery)) {
          throw new ProblemError('not-found', 'There is no such delivery.');
        }
        const leave = slots.take(caller.id);
        if (leave === null) throw new ProblemError('busy', 'As many bundles as may be are being made.');
        try {
          const attempts: EvidenceAttempt[] = [];
          for (const { id: row } of await listAttempts(db, delivery.id)) {
            const found = await findCommunication(db, row);
            if (found === null) continue;
            attempts.push({ ...found, request: found.request === null ? null : rebuild(found.request) });
          }
          const facts = await readDeliveryFacts(db, [delivery], delivery, retrySchedule);
          const files = evidenceFiles(delivery, await readReport(db, delivery.id), attempts, (language) =>
            tellDelivery(facts, delivery.id, language),
          );
          const about = { delivery: delivery.id, madeAt: new Date(facts.now).toISOString(), version };
          const archive = await bundle(files, about, serviceKey);
          return await reply
            .header('content-disposition', `attachment; filename="${delivery.id}.zip"`)
            .header('cache-control', 'no-store')
            .type('application/zip')
            .send(Buffer.from(archive));
        } finally {
          leave();
        }
      },
    );
  };
}
