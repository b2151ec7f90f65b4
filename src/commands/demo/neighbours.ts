import { Type } from 'typebox';
import { startReceiver } from '../../receiver/receiver.ts';
import type { ServiceClient } from '../client.ts';
import type { DemoEntity } from './scenario.ts';

/** An entity whose integrator does not do well, or has been stopped. */
interface Neighbour extends DemoEntity {
  readonly trouble: 'fails' | 'slow' | 'paused';
}

/** What can be seen of trouble in the console: one that fails, one that is slow, one that is paused. */
export const NEIGHBOURS: readonly Neighbour[] = [
  {
    trouble: 'fails',
    organisation: '9900000003',
    department: '1',
    organisationName: 'Diputació Inventada',
    departmentName: 'Sancions',
    backOffices: [],
  },
  {
    trouble: 'slow',
    organisation: '9900000004',
    department: '1',
    organisationName: 'Universitat Inventada',
    departmentName: 'Beques',
    backOffices: [],
  },
  {
    trouble: 'paused',
    organisation: '9900000005',
    department: '1',
    organisationName: 'Consorci Inventat',
    departmentName: 'Contractació',
    backOffices: [],
  },
];

/** How long the slow one takes for an answer, in milliseconds. */
const SLOW_MS = 2_500;

/** Retries that end within some minutes: both what is to be retried and what is exhausted is to be seen. */
const RETRY_DELAYS = ['5s', '10s', '20s', '40s', '1m', '2m'];

const PAUSE_REASON = 'Manteniment inventat fins a les 18 h';

/**
 * Configures the neighbours, each with a receiver of its own.
 *
 * @param cleanups gets what stops them, one after the other as they start
 */
export async function settleNeighbours(
  client: ServiceClient,
  cleanups: (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  for (const neighbour of NEIGHBOURS) {
    const { trouble, organisation, department, organisationName, departmentName } = neighbour;
    const receiver = await startReceiver({
      behave: () => (trouble === 'fails' ? 'fault' : 'acknowledge'),
      delayMs: trouble === 'slow' ? SLOW_MS : 0,
    });
    cleanups.push(async () => receiver.close());
    const path = `/v1/entities/${organisation}/${department}`;
    const configuration = {
      organisationName,
      departmentName,
      endpoint: { url: receiver.url },
      retryDelays: RETRY_DELAYS,
    };
    await client.call(Type.Unknown(), { method: 'PUT', path, body: JSON.stringify(configuration) }, signal);
    if (trouble !== 'paused') continue;
    const body = JSON.stringify({ reason: PAUSE_REASON });
    await client.call(Type.Unknown(), { method: 'POST', path: `${path}/pause`, body }, signal);
  }
}
