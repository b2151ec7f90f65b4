import { describe, expect, it } from 'vitest';
import { change, configuration } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { itemsOf } from '../support/answers.ts';

const journey = sharedJourney();

describe('an entity whose configuration is incomplete', () => {
  it('has its deliveries wait, visibly and without an attempt, until a PUT completes it', async () => {
    await journey.t.configure(null);
    const notification = fresh();
    const [delivery] = await journey.t.take(change({ notification }));
    const [next] = await journey.t.take(change({ notification, state: 'ACCEPTADA', minute: 1 }));
    expect(await journey.t.delivery(delivery ?? '')).toMatchObject({
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
    await journey.t.configure(null, { departmentName: 'Secretaria General' });
    expect(itemsOf((await journey.t.delivery(delivery ?? '')).attemptList)).toHaveLength(1);
    await journey.t.configure(journey.receiver.url);
    expect(await journey.t.finished(next ?? '')).toMatchObject({ attempt: 1, status: 'acknowledged' });
    expect(journey.receiver.of(delivery ?? '')).toMatchObject([{ attempt: 1 }]);
    expect(
      itemsOf((await journey.t.delivery(delivery ?? '')).attemptList).map(({ outcome }) => outcome),
    ).toEqual(['blocked', 'acknowledged']);
  });

  it('has those that were due already go out when its callbacks are switched off', async () => {
    await journey.t.configure(null);
    const [delivery] = await journey.t.take(change({ notification: fresh() }));
    await journey.t.configure(journey.receiver.url, { online: false });
    expect(await journey.t.finished(delivery ?? '')).toMatchObject({ status: 'acknowledged' });
  });

  it('may still send for a back office with an endpoint of its own', async () => {
    const path = '/v1/entities/9900000001/1';
    await journey.t.call('PUT', path, {
      ...configuration(null),
      backOffices: { GESTEXP: { endpoint: { url: `${journey.receiver.url}/gestexp` } } },
    });
    const [own, other] = await journey.t.take(
      change({ notification: fresh(), backOffice: 'GESTEXP' }),
      change({ notification: fresh(), backOffice: 'ALTRE' }),
    );
    expect((await journey.receiver.first(({ delivery }) => delivery === own)).path).toBe('/reports/gestexp');
    expect(await journey.t.delivery(other ?? '')).toMatchObject({ waitingFor: 'configuration' });
  });
});
