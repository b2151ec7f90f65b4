import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { timeReads, type ReadTimes } from './reads.ts';
import { entity } from './parts/changes.ts';
import type { Subject } from './stage.ts';

/** A delivery that was sent while the benchmark ran: what belongs to it is all there. */
export interface Sent {
  readonly delivery: string;
  readonly communication: string;
  readonly notification: string;
}

/** How long a call takes that the console makes. */
export interface CallTimes extends ReadTimes {
  /** `integrator`: a key that reads 20 of the entities. */
  readonly by: 'admin' | 'integrator';
  readonly call: string;
}

/** The calls whose pages show something else to who reads some entities alone. */
const OF_ALL = [
  '/v1/now',
  '/v1/activity?span=hour',
  '/v1/activity?span=day',
  '/v1/activity?span=week',
  '/v1/deliveries',
  '/v1/deliveries?status=waiting',
  '/v1/deliveries?status=retrying',
  '/v1/deliveries?status=exhausted',
  '/v1/deliveries?state=ACCEPTADA',
  '/v1/deliveries?kind=Diari',
  '/v1/communications',
  '/v1/communications?outcome=refused',
  '/v1/entities',
  '/v1/entities?q=inventada%2042',
  '/v1/endpoints',
  '/v1/search?q=9',
  '/v1/search?q=900000012',
  '/v1/search?q=EXP-2026%2F12',
  '/v1/search?q=EXP-2026%2F12345',
  '/v1/search?q=9900000042',
  '/v1/search?q=ajuntament%20vila',
] as const;

const Made = Type.Object({ key: Type.String() });

/** Times every call behind the pages. */
export async function timeCalls(subject: Subject, sent: Sent): Promise<CallTimes[]> {
  const { organisation, department } = entity(0);
  const one = `/v1/entities/${organisation}/${department}`;
  const ofOne = `organisation=${organisation}&department=${department}`;
  const calls = [
    ...OF_ALL,
    `/v1/deliveries?${ofOne}`,
    '/v1/communications?status=waiting',
    '/v1/communications?status=exhausted',
    `/v1/communications?${ofOne}&status=exhausted`,
    `/v1/entities?${ofOne}&limit=1`,
    `/v1/search?q=${sent.delivery}`,
    `/v1/search?q=${sent.delivery.slice(0, 8)}`,
    `/v1/deliveries/${sent.delivery}`,
    `/v1/deliveries/${sent.delivery}/story`,
    `/v1/communications/${sent.communication}`,
    `/v1/notifications/${sent.notification}`,
    `/v1/notifications/${sent.notification}/story`,
    one,
    `${one}/health`,
    `${one}/history`,
    `/v1/endpoints?${ofOne}`,
    '/v1/audit',
    '/v1/events',
    '/v1/resends',
    '/v1/keys',
    '/v1/settings',
    '/v1/policy',
  ];
  const times: CallTimes[] = [];
  for (const call of calls) {
    times.push({ by: 'admin', call, ...(await timeReads(async () => subject.call('GET', call))) });
  }
  const entities = Array.from({ length: 20 }, (_, place) => entity(place * 7));
  const body = JSON.stringify({ name: 'Integradora inventada', role: 'integrator', entities });
  const { key } = Value.Parse(Made, await subject.call('POST', '/v1/keys', body));
  for (const call of OF_ALL) {
    times.push({ by: 'integrator', call, ...(await timeReads(async () => subject.readAs(key, call))) });
  }
  return times;
}
