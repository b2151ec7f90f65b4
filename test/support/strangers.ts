import { itemsOf } from './answers.ts';
import { change, SIGNER } from './changes.ts';
import { fresh } from './journey.ts';
import type { TestService } from './service.ts';

/** Another's entity, with what is nowhere else. */
export const OTHER = { organisation: '9900000082', department: '5' };
export const OTHER_NAME = 'Consell Aliè';
export const OTHER_REFUSAL = 'Refusal of the stranger';

/** What there is of a delivery of the other entity, and the texts that give it away. */
export interface Theirs {
  readonly notification: string;
  readonly delivery: string;
  readonly communication: string;
  readonly marks: readonly string[];
}

/**
 * Configures the other entity and has its receiver refuse a delivery.
 *
 * @param url of a receiver that refuses with `OTHER_REFUSAL`
 */
export async function deliverToOther(t: TestService, url: string): Promise<Theirs> {
  await t.configure(url, { organisationName: OTHER_NAME }, OTHER);
  const notification = fresh();
  const delivery = await t.deliver(
    change({ notification, entity: OTHER, state: 'ACCEPTADA', signer: SIGNER }),
  );
  await t.finished(delivery);
  const { body } = await t.call('GET', `/v1/communications?notification=${notification}`);
  const communication = String(itemsOf(body.items)[0]?.id);
  const marks = [OTHER_NAME, OTHER_REFUSAL, '00000000T', url, `EXP-${notification}`];
  return { notification, delivery, communication, marks };
}
