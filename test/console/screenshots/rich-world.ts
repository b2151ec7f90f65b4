import { change } from '../../support/changes.ts';
import { createAuthority } from '../../support/certificates.ts';
import { fresh } from '../../support/journey.ts';
import { makeKey } from '../../support/keys.ts';
import { acknowledge, httpStatus, refuse, startTestReceiver } from '../../support/receiver.ts';
import type { TestService } from '../../support/service.ts';
import { liveThroughDemo } from './world.ts';

/** What every page is looked at with. */
interface RichWorld {
  readonly acknowledged: string;
  readonly failing: string;
  readonly exhausted: string;
  readonly cancelled: string;
  readonly notification: string;
  /** A job that goes on, slowly. */
  readonly job: string;
  close(): Promise<void>;
}

const REFUSING = { organisation: '9900000011', department: '1' };
const LOCKED = { organisation: '9900000012', department: '3' };
const LOST = { organisation: '9900000013', department: '1' };
const UNFINISHED = { organisation: '9900000014', department: '2' };

/** The demo, and beside it what is seldom: refusals, closed doors, what was given up, keys, jobs. */
export async function liveThroughMuch(t: TestService): Promise<RichWorld> {
  const world = await liveThroughDemo(t);
  const refusing = await startTestReceiver(
    refuse('L’expedient EXP-2026/0001 no existeix al gestor documental'),
  );
  const locked = await startTestReceiver(httpStatus(401));
  const good = await startTestReceiver(acknowledge);
  const { certificate } = createAuthority('Servidor Inventat');
  await t.configure(
    refusing.url,
    {
      organisationName: 'Ajuntament de Vilainventada del Vallès Oriental',
      departmentName: 'Gestió Tributària i Recaptació',
    },
    REFUSING,
  );
  await t.configure(
    locked.url,
    {
      organisationName: 'Consell Comarcal Inventat',
      departmentName: 'Medi Ambient',
      retryDelays: ['1m', '10m', '1h', '6h', '24h', '36h'],
      endpoint: {
        url: locked.url,
        authentication: { type: 'basic', username: 'enotum', password: 'inventada' },
        tls: { ca: certificate },
      },
      backOffices: { GESTEXP: { endpoint: { url: good.url } }, 'PADRÓ-2': { endpoint: { url: locked.url } } },
    },
    LOCKED,
  );
  await t.configure(
    refusing.url,
    { organisationName: 'Mancomunitat Inventada', departmentName: 'Aigües', retryDelays: ['100ms'] },
    LOST,
  );
  await t.configure(null, { organisationName: 'Agència Inventada', departmentName: 'Inspecció' }, UNFINISHED);
  const of = (entity: typeof LOST, count: number) =>
    Array.from({ length: count }, () => change({ notification: fresh(), entity }));
  const [, failing] = await t.take(...of(LOCKED, 4), ...of(REFUSING, 7), ...of(UNFINISHED, 2));
  const exhausted = await t.deliver(of(LOST, 1)[0]);
  const given = await t.deliver(of(REFUSING, 1)[0]);
  await t.finished(exhausted);
  await t.attempted(({ delivery }) => delivery === failing);
  await t.call('POST', `/v1/deliveries/${given}/cancel`, {
    reason: 'L’ajuntament ho ha rebut per una altra via',
  });
  const filter = { status: 'acknowledged' };
  const { body } = await t.call('POST', '/v1/resends', {
    filter: { ...filter, organisation: '9900000001' },
    pace: 2,
    reason: 'L’integrador ho ha perdut',
  });
  await t.call('POST', '/v1/resends', { filter: { ...filter, ...LOST }, reason: 'Res a fer' });
  await makeKey(t.database.db, 'integrator', {
    name: 'Gestor Inventat, entorn de proves',
    entities: [REFUSING, LOCKED],
  });
  await makeKey(t.database.db, 'operator', {
    name: 'Marta Inventada',
    expiresAt: Date.now() + 5 * 86_400_000,
  });
  await makeKey(t.database.db, 'auditor', { name: 'Auditoria 2026', requestsPerMinute: 120 });
  return {
    acknowledged: world.retried,
    failing: failing ?? '',
    exhausted,
    cancelled: given,
    notification: world.failingNotification,
    job: String(body.id),
    async close() {
      await world.close();
      for (const receiver of [refusing, locked, good]) await receiver.close();
    },
  };
}
