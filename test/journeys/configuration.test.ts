import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { change, configuration } from '../support/changes.ts';
import { fresh } from '../support/journey.ts';
import { acknowledge, startTestReceiver, type TestReceiver } from '../support/receiver.ts';
import { itemsOf } from '../support/serve-routes.ts';
import { startTestService, type TestService } from '../support/service.ts';

let t: TestService;
let receiver: TestReceiver;

beforeAll(async () => {
  receiver = await startTestReceiver();
  t = await startTestService();
});

afterAll(async () => {
  await t.close();
  await receiver.close();
});

beforeEach(async () => {
  receiver.reply = acknowledge;
  await t.configure(receiver.url);
});

describe('an entity whose configuration is incomplete', () => {
  it('has its deliveries wait, visibly and without an attempt, until a PUT completes it', async () => {
    await t.configure(null);
    const notification = fresh();
    const [delivery] = await t.take(change({ notification }));
    const [next] = await t.take(change({ notification, state: 'ACCEPTADA', minute: 1 }));
    expect(await t.delivery(delivery ?? '')).toMatchObject({
      status: 'waiting',
      waitingFor: 'configuration',
      attempts: 0,
      nextAttemptAt: null,
      attemptList: [
        {
          attempt: null,
          outcome: 'blocked',
          errorCode: 'configuration-incomplete',
          errorText: 'The configuration lacks: endpoint.url.',
        },
      ],
    });
    // Another incomplete configuration is not another beginning.
    await t.configure(null, { departmentName: 'Secretaria General' });
    expect(itemsOf((await t.delivery(delivery ?? '')).attemptList)).toHaveLength(1);
    await t.configure(receiver.url);
    expect(await t.finished(next ?? '')).toMatchObject({ attempt: 1, status: 'acknowledged' });
    expect(receiver.of(delivery ?? '')).toMatchObject([{ attempt: 1 }]);
    expect(itemsOf((await t.delivery(delivery ?? '')).attemptList).map(({ outcome }) => outcome)).toEqual([
      'blocked',
      'acknowledged',
    ]);
  });

  it('has those that were due already go out when its callbacks are switched off', async () => {
    await t.configure(null);
    const [delivery] = await t.take(change({ notification: fresh() }));
    await t.configure(receiver.url, { online: false });
    expect(await t.finished(delivery ?? '')).toMatchObject({ status: 'acknowledged' });
  });

  it('may still send for a back office with an endpoint of its own', async () => {
    const path = '/v1/entities/9900000001/1';
    await t.call('PUT', path, {
      ...configuration(null),
      backOffices: { GESTEXP: { endpoint: { url: `${receiver.url}/gestexp` } } },
    });
    const [own, other] = await t.take(
      change({ notification: fresh(), backOffice: 'GESTEXP' }),
      change({ notification: fresh(), backOffice: 'ALTRE' }),
    );
    expect((await receiver.first(({ delivery }) => delivery === own)).path).toBe('/reports/gestexp');
    expect(await t.delivery(other ?? '')).toMatchObject({ waitingFor: 'configuration' });
  });
});
