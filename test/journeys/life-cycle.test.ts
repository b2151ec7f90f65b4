import { describe, expect, it } from 'vitest';
import { change } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { acknowledge, textOf } from '../support/receiver.ts';
import { itemsOf } from '../support/answers.ts';

const journey = sharedJourney();

describe('what is known of a notification', () => {
  it.each([
    ['kind', { kind: 'COMUNICACIO' as const }, 'notification.kind'],
    ['origin', { origin: 'EACAT' as const }, 'notification.origin'],
    [
      'organisation',
      { entity: { organisation: '9900000009', department: '1' } },
      'notification.entity.organisation',
    ],
    [
      'department',
      { entity: { organisation: '9900000001', department: '2' } },
      'notification.entity.department',
    ],
    ['back office', { backOffice: 'ALTRE' }, 'notification.backOffice'],
  ])('is fixed: another %s is a notification-conflict', async (_, difference, field) => {
    const notification = fresh();
    await journey.t.take(change({ notification, backOffice: 'GESTEXP' }));
    const { status, body } = await journey.t.submit([
      change({ notification, state: 'ACCEPTADA', minute: 1, ...difference }),
    ]);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'notification-conflict' });
    expect(body.lines).toMatchObject([{ line: 1, field }]);
    expect(await journey.count(notification)).toMatchObject({ changes: 1 });
  });

  it('takes a back office that is told later, from then on', async () => {
    const notification = fresh();
    const [before, after, silent] = await journey.t.take(
      change({ notification, minute: 1 }),
      change({ notification, state: 'ERROR', minute: 2, backOffice: 'GESTEXP' }),
      change({ notification, state: 'ANUL·LADA', minute: 3 }),
    );
    expect(await journey.reportOf(before)).not.toContain('BackOffice');
    expect(textOf(await journey.reportOf(after), 'BackOffice')).toBe('GESTEXP');
    expect(textOf(await journey.reportOf(silent), 'BackOffice')).toBe('GESTEXP');
    expect((await journey.t.call('GET', `/v1/notifications/${notification}`)).body.backOffice).toBe(
      'GESTEXP',
    );
    const conflict = await journey.t.submit([
      change({ notification, state: 'PENDENT', backOffice: 'ALTRE' }),
    ]);
    expect(conflict.body.code).toBe('notification-conflict');
  });

  it('stands against two different ones that come at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const notification = fresh();
      const answers = await Promise.all(
        (['NOTIFICACIO', 'COMUNICACIO'] as const).flatMap((kind) =>
          [0, 1, 2].map(async (minute) =>
            journey.t.submit([
              change({ notification, kind, minute, state: minute === 2 ? 'ACCEPTADA' : 'DIPOSITADA' }),
            ]),
          ),
        ),
      );
      const taken = answers.filter(({ status }) => status === 202).length;
      expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
      const { changes } = await journey.count(notification);
      expect(changes).toBe(taken);
      const [kinds] = await journey.t.rows<{ n: number }>(
        `select count(*)::int as n from nt30.aoc_nt_notificacions where notificacio = $1`,
        [notification],
      );
      expect(kinds?.n).toBe(1);
    }
  });
});

describe('the life cycle', () => {
  it('refuses what no path leads to, and names what would fit', async () => {
    const notification = fresh();
    await journey.t.take(change({ notification, minute: 10 }));
    const tooLate = await journey.t.submit([change({ notification, state: 'REGISTRADA', minute: 20 })]);
    // From the deposit, ERROR and its relaunch lead back to registration.
    expect(tooLate.status).toBe(202);
    await journey.t.take(change({ notification, state: 'ACCEPTADA', minute: 30 }));
    const { status, body } = await journey.t.submit([
      change({ notification, state: 'EXPIRADA', minute: 40 }),
    ]);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'transition-not-allowed' });
    expect(itemsOf(body.lines)[0]?.detail).toBe(
      'No path of the life cycle leads to EXPIRADA after ACCEPTADA; here would fit: ANUL·LADA.',
    );
  });

  it('judges a change that comes late by when it occurred', async () => {
    const notification = fresh();
    await journey.t.take(change({ notification, state: 'ACCEPTADA', minute: 30 }));
    expect(await journey.t.submit([change({ notification, state: 'REBUTJADA', minute: 20 })])).toMatchObject({
      status: 409,
      body: {
        lines: [
          {
            detail:
              'No path of the life cycle leads to REBUTJADA before ACCEPTADA; here would fit: PENDENT, REGISTRADA, DIPOSITADA, ERROR.',
          },
        ],
      },
    });
    expect((await journey.t.submit([change({ notification, minute: 20 })])).status).toBe(202);
    expect((await journey.t.submit([change({ notification, state: 'PENDENT', minute: 10 })])).status).toBe(
      202,
    );
    const { body } = await journey.t.call('GET', `/v1/notifications/${notification}`);
    expect(body.state).toBe('ACCEPTADA');
    expect(itemsOf(body.stateChanges).map(({ state }) => state)).toEqual([
      'PENDENT',
      'DIPOSITADA',
      'ACCEPTADA',
    ]);
  });

  it('lets nothing leave ANUL·LADA', async () => {
    const notification = fresh();
    await journey.t.take(change({ notification, state: 'ANUL·LADA' }));
    const { body } = await journey.t.submit([change({ notification, state: 'ERROR', minute: 1 })]);
    expect(itemsOf(body.lines)[0]?.detail).toContain('no state would fit here');
  });

  it('takes changes of one instant in the order of their arrival', async () => {
    const notification = fresh();
    await journey.t.take(change({ notification, state: 'REGISTRADA' }), change({ notification }));
    expect(
      (
        await journey.t.submit([
          change({ notification, state: 'REGISTRADA' }),
          change({ notification, state: 'ACCEPTADA' }),
        ])
      ).status,
    ).toBe(202);
    expect((await journey.t.submit([change({ notification, state: 'REGISTRADA' })])).status).toBe(409);
  });
});

describe('no callback is due', () => {
  const reasonOf = async (sent: unknown) => itemsOf((await journey.t.submit([sent])).body.results)[0];

  it.each(['PENDENT', 'REGISTRADA'])('for %s: state-without-callback', async (state) => {
    expect(await reasonOf(change({ notification: fresh(), state }))).toMatchObject({
      deliveryId: null,
      reason: 'state-without-callback',
    });
  });

  it('for a notification made by hand: not-by-integration', async () => {
    expect(await reasonOf(change({ notification: fresh(), origin: 'EACAT' }))).toMatchObject({
      deliveryId: null,
      reason: 'not-by-integration',
    });
  });

  it('for an entity without configuration: entity-unknown', async () => {
    const entity = { organisation: '9900000404', department: '1' };
    expect(await reasonOf(change({ notification: fresh(), entity }))).toMatchObject({
      deliveryId: null,
      reason: 'entity-unknown',
    });
  });

  it('for an entity that does not want them: callbacks-off', async () => {
    await journey.t.configure(journey.receiver.url, { online: false });
    expect(await reasonOf(change({ notification: fresh() }))).toMatchObject({ reason: 'callbacks-off' });
  });

  it('for a cancellation, where the entity does not want it: state-switched-off', async () => {
    await journey.t.configure(journey.receiver.url, { sendCancelled: false });
    const cancelled = change({ notification: fresh(), state: 'ANUL·LADA' });
    expect(await reasonOf(cancelled)).toMatchObject({ deliveryId: null, reason: 'state-switched-off' });
    const [delivery] = await journey.t.take(change({ notification: fresh(), state: 'ERROR' }));
    expect(delivery).not.toBeNull();
  });
});

describe('what a change leaves out', () => {
  const signer = {
    type: 'interested',
    party: { person: { document: { type: 'NIF', number: '00000000T' }, fullName: 'Persona Inventada' } },
  };

  it('is inherited from the changes before it, in the order in which they occurred', async () => {
    const notification = fresh();
    const registry = { number: 'S-2026-1', registeredAt: '2026-11-02T09:00:00+01:00' };
    await journey.t.take(
      change({
        notification,
        state: 'REGISTRADA',
        minute: 2,
        issuerReference: 'A-2',
        facts: { registry, channel: 'DIGITAL' },
      }),
      // Comes later, occurred before: what it says was overtaken.
      change({
        notification,
        state: 'PENDENT',
        minute: 1,
        issuerReference: 'A-1',
        facts: { expirationDays: 10, channel: 'PAPER' },
      }),
    );
    const [deposited] = await journey.t.take(change({ notification, minute: 3 }));
    const report = await journey.reportOf(deposited);
    expect(textOf(report, 'IdNotificacioEmissor')).toBe('A-2');
    expect(textOf(report, 'DiesExpiracio')).toBe('10');
    expect(textOf(report, 'Canal')).toBe('DIGITAL');
    expect(textOf(report, 'NumeroRegistreSortida')).toBe('S-2026-1');
    expect(textOf(report, 'DataRegistre')).toBe('2026-11-02T09:00:00+01:00');
  });

  it('is not taken from changes that occurred after it', async () => {
    const notification = fresh();
    await journey.t.take(change({ notification, state: 'ACCEPTADA', minute: 9, issuerReference: 'A-9' }));
    const [deposited] = await journey.t.take(change({ notification, minute: 3 }));
    expect(await journey.reportOf(deposited)).not.toContain('IdNotificacioEmissor');
  });

  it('is not inherited where it belongs to its change: the signer and the change of channel', async () => {
    const notification = fresh();
    const channelChange = { channel: 'PAPER', email: 'persona@inventada.example' };
    const [signed, cancelled] = await journey.t.take(
      change({ notification, state: 'ACCEPTADA', signer, channelChange }),
      change({ notification, state: 'ANUL·LADA', minute: 1 }),
    );
    const report = await journey.reportOf(signed);
    expect(textOf(report, 'NomComplet')).toBe('Persona Inventada');
    expect(textOf(report, 'BustiaCorreu')).toBe('persona@inventada.example');
    const after = await journey.reportOf(cancelled);
    expect(after).not.toContain('DadesSignador');
    expect(after).not.toContain('DadesCanviCanal');
  });

  it('does not change a report that was pinned before, whatever comes late or is configured anew', async () => {
    const notification = fresh();
    journey.receiver.reply = (request, response) => {
      if (request.attempt === 1) response.writeHead(503).end();
      else acknowledge(request, response);
    };
    await journey.t.configure(journey.receiver.url, { retryDelays: ['300ms'] });
    const [delivery] = await journey.t.take(change({ notification, minute: 5 }));
    const before = await journey.reportOf(delivery);
    await journey.t.configure(journey.receiver.url, { organisationName: 'Ajuntament Reinventat' });
    await journey.t.take(
      change({ notification, state: 'REGISTRADA', minute: 1, issuerReference: 'A-1', backOffice: 'GESTEXP' }),
    );
    await journey.t.finished(delivery ?? '');
    const reports = journey.receiver.of(delivery ?? '').map(({ report }) => report);
    expect(reports).toEqual([before, before]);
  });
});
