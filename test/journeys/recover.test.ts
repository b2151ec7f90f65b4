import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { change, ENTITY, SIGNER } from '../support/changes.ts';
import { fresh } from '../support/journey.ts';
import { refuse } from '../support/receiver.ts';
import { recoverMessage, recoverRequest } from '../support/recover.ts';
import { OTHER, recoverJourney, type Pulled } from '../support/recover-journey.ts';

const { journey, keys, send, pull, live } = recoverJourney();

describe('the summary of a notification', () => {
  it('is its state now, with all that is known of it', async () => {
    const notification = fresh();
    const facts = {
      channel: 'DIGITAL',
      registry: { number: 'S-1', registeredAt: '2026-11-02T09:00:00+01:00' },
    };
    await journey.t.take(
      change({ notification, state: 'DIPOSITADA', facts, backOffice: 'GESTEXP', signer: SIGNER }),
      { ...change({ notification, state: 'ACCEPTADA', signer: SIGNER }), occurredAt: '2026-11-05T23:30:00Z' },
    );
    const { status, report, headers } = await pull({ notification });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(report).toEqual({
      kind: 'OnLine',
      issuer: {
        ...ENTITY,
        organisationName: 'Ajuntament Inventat',
        departmentName: 'Secretaria',
        backOffice: 'GESTEXP',
      },
      date: '2026-11-06',
      items: [
        {
          state: 'ACCEPTADA',
          occurredAt: '2026-11-05T23:30:00Z',
          notification: {
            id: notification,
            kind: 'NOTIFICACIO',
            backOffice: 'GESTEXP',
            reference: `EXP-${notification}`,
            issuerReference: null,
            channel: 'DIGITAL',
            expirationDays: null,
            registry: facts.registry,
          },
          signer: {
            type: 'interested',
            party: {
              person: {
                document: { type: 'NIF', number: '00000000T', country: null },
                fullName: 'Persona Inventada',
              },
            },
          },
          channelChange: null,
        },
      ],
    });
  });

  it('is that of the callback, item by item', async () => {
    const delivery = await journey.t.deliver(change({ notification: fresh(), backOffice: 'GESTEXP' }));
    const sent = await journey.reportOf(delivery);
    const { text } = await pull({ notification: /<IdNotificacio>(\d+)/.exec(sent)?.[1] ?? '' });
    expect(text).toContain(/<DadesNotificacio>.*<\/DadesNotificacio>/.exec(sent)?.[0]);
  });

  it('is asked for in SOAP 1.2 as well, and answered in it', async () => {
    const notification = fresh();
    await live(notification, ['DIPOSITADA', '2026-10-01T10:00:00Z']);
    const answer = await send(recoverMessage(recoverRequest({ notification }), '1.2'), {
      authorization: `Bearer ${keys.own}`,
      'content-type': 'application/soap+xml; charset=utf-8; action="any"',
    });
    expect(answer.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    expect(answer.text).toContain('http://www.w3.org/2003/05/soap-envelope');
    expect(answer.report?.items).toHaveLength(1);
  });
});

describe('the report of a day', () => {
  const ids = ({ report }: Pulled): string[] | undefined => report?.items.map((item) => item.notification.id);
  const states = ({ report }: Pulled): string[] | undefined => report?.items.map((item) => item.state);

  it('has each notification in its last state of that day, with what was known then', async () => {
    const notification = fresh();
    await live(
      notification,
      [
        'REGISTRADA',
        '2026-03-01T08:00:00Z',
        { notification: { ...change({ notification }).notification, channel: 'PAPER' } },
      ],
      ['DIPOSITADA', '2026-03-02T08:00:00Z'],
      ['ACCEPTADA', '2026-03-02T09:00:00Z', { signer: SIGNER }],
      ['ANUL·LADA', '2026-03-03T08:00:00Z'],
    );
    const first = await pull({ date: '2026-03-01' });
    expect(first.report).toMatchObject({ kind: 'Diari', date: '2026-03-01', issuer: { backOffice: null } });
    expect(states(first)).toEqual(['REGISTRADA']);
    const second = await pull({ date: '2026-03-02' });
    expect(second.report?.items).toMatchObject([
      { state: 'ACCEPTADA', notification: { channel: 'PAPER' }, signer: { type: 'interested' } },
    ]);
    const third = await pull({ date: '2026-03-03' });
    expect(third.report?.items).toMatchObject([{ state: 'ANUL·LADA', signer: null }]);
  });

  it('is a day of Europe/Madrid, in winter, in summer and when the clocks change', async () => {
    const at = async (instant: string): Promise<string> => {
      const notification = fresh();
      await live(notification, ['DIPOSITADA', instant]);
      return notification;
    };
    const winter = [await at('2026-01-14T23:00:00.000Z'), await at('2026-01-15T22:59:59.999Z')];
    await at('2026-01-14T22:59:59.999Z');
    await at('2026-01-15T23:00:00Z');
    expect(ids(await pull({ date: '2026-01-15' }))).toEqual(winter);
    const summer = [await at('2026-07-14T22:00:00Z'), await at('2026-07-15T21:59:59.999Z')];
    await at('2026-07-14T21:59:59.999Z');
    await at('2026-07-15T22:00:00Z');
    expect(ids(await pull({ date: '2026-07-15' }))).toEqual(summer);
    // 2026-03-29 has 23 hours.
    const short = [await at('2026-03-28T23:00:00Z'), await at('2026-03-29T21:59:59.999Z')];
    await at('2026-03-29T22:00:00Z');
    expect(ids(await pull({ date: '2026-03-29' }))).toEqual(short);
    for (const date of ['2026-01-15Z', '2026-01-15+05:00', '2026-01-15-14:00', ' 2026-01-15 ']) {
      expect(ids(await pull({ date })), date).toEqual(winter);
    }
  });

  it('is one department’s, and one back office’s where it is asked for', async () => {
    const [plain, gest, other] = [fresh(), fresh(), fresh()];
    const occurredAt = '2026-04-10T10:00:00Z';
    await journey.t.take(
      { ...change({ notification: plain }), occurredAt },
      { ...change({ notification: gest, backOffice: 'GEST-2' }), occurredAt },
      { ...change({ notification: other, entity: OTHER }), occurredAt },
      { ...change({ notification: fresh(), entity: { ...ENTITY, department: '2' } }), occurredAt },
    );
    expect(ids(await pull({ date: '2026-04-10' }))).toEqual([plain, gest]);
    const narrow = await pull({ date: '2026-04-10', backOffice: 'GEST-2' });
    expect(ids(narrow)).toEqual([gest]);
    expect(narrow.report?.issuer.backOffice).toBe('GEST-2');
    expect(ids(await pull({ date: '2026-04-11', backOffice: 'GEST-2' }))).toEqual([]);
    expect(ids(await pull({ date: '2026-04-10', ...OTHER }, keys.both))).toEqual([other]);
  });

  it.each(['2020-02-29', '2099-01-01', '12026-01-01', '-0044-03-15'])(
    'is empty where nothing changed: %s',
    async (date) => {
      const { status, text } = await pull({ date });
      expect(status).toBe(200);
      expect(text).toContain(`<DataInforme>${date}</DataInforme><TipusInforme>Diari</TipusInforme></Report>`);
    },
  );
});

describe('an exhausted delivery', () => {
  it('names the request that recovers it, and that request does', async () => {
    journey.receiver.reply = refuse('no');
    const notification = fresh();
    const delivery = await journey.t.deliver(change({ notification }));
    await journey.t.finished(delivery);
    const { status, recovery } = await journey.t.delivery(delivery);
    expect([status, recovery]).toEqual(['exhausted', { ...ENTITY, notification }]);
    const asked = Value.Parse(
      Type.Object({ organisation: Type.String(), department: Type.String(), notification: Type.String() }),
      recovery,
    );
    expect((await pull(asked)).report?.items).toMatchObject([{ notification: { id: notification } }]);
  });
});
