import { describe, expect, it } from 'vitest';
import { change, ENTITY, SIGNER } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { refuse } from '../support/receiver.ts';
import { signingPair } from '../support/secured.ts';
import { signedByXmlCrypto } from '../support/ws-security.ts';

const journey = sharedJourney();

const pathOf = (notification: string, query = '') => `/v1/notifications/${notification}/preview${query}`;

/** Headers by their names in lower case, without those that are of the connection. */
function comparable(headers: unknown): Record<string, unknown> {
  const entries: [string, unknown][] = Object.entries(Object(headers));
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => name !== 'connection'),
  );
}

describe('a preview', () => {
  it('of what waits for a retry is the request that the retry then is, byte for byte', async () => {
    const { t, receiver } = journey;
    receiver.reply = refuse('No');
    await t.configure(receiver.url, { retryDelays: ['10m'] });
    const notification = fresh();
    const delivery = await t.deliver(
      change({ notification, facts: { registry: { number: 'S <1> & "2"', registeredAt: null } } }),
    );
    await t.attempted((event) => event.delivery === delivery);
    const { body } = await t.call('GET', pathOf(notification, '?state=DIPOSITADA'));
    expect(body).toMatchObject({
      notification,
      state: 'DIPOSITADA',
      delivery,
      pinned: true,
      url: receiver.url,
      method: 'POST',
      validates: true,
    });
    expect(receiver.of(delivery)).toHaveLength(1);
    // A newer change brings the retry forward.
    await t.deliver(change({ notification, minute: 1, state: 'ACCEPTADA' }));
    const sent = await receiver.first((request) => request.delivery === delivery && request.attempt === 2);
    expect(body.body).toBe(sent.body.toString('utf8'));
    expect(comparable(body.headers)).toEqual(comparable(sent.headers));
  });

  it('goes by the configuration of now: its address, envelope and credentials, which it masks', async () => {
    const { t } = journey;
    const notification = fresh();
    await t.finished(await t.deliver(change({ notification, backOffice: 'GESTEXP' })));
    await t.configure(null, {
      endpoint: { url: 'https://backoffice.example/old' },
      backOffices: {
        GESTEXP: {
          endpoint: {
            url: 'https://other.example:8443/reports?a=1',
            authentication: { type: 'basic', username: 'usuari', password: 'contrasenya' },
            envelope: { soapVersion: '1.2', wrapper: false, soapAction: '' },
          },
        },
      },
    });
    const { body } = await t.call('GET', pathOf(notification));
    expect(body).toMatchObject({
      delivery: null,
      pinned: true,
      url: 'https://other.example:8443/reports?a=1',
      validates: true,
      headers: {
        Host: 'other.example:8443',
        'Content-Type': 'application/soap+xml; charset=utf-8',
        'Idempotency-Key': '00000000-0000-0000-0000-000000000000',
        'Enotum-Attempt': '1',
        Authorization: 'Basic ***',
        'Content-Length': String(Buffer.byteLength(String(body.body))),
      },
    });
    expect(JSON.stringify(body)).not.toContain('contrasenya');
    expect(body.body).toContain('soapenv:Body><Report ');
  });

  it('has the Security header of now: a signature that holds, a password that is masked', async () => {
    const { t, receiver } = journey;
    const notification = fresh();
    await t.finished(await t.deliver(change({ notification })));
    const { certificate, key } = signingPair('P-256');
    const put = async (policy: unknown) => t.configure(null, { endpoint: { url: receiver.url, policy } });
    await put({ type: 'signature', certificate, privateKey: key });
    const signed = (await t.call('GET', pathOf(notification))).body;
    expect(signed.validates).toBe(true);
    const [timestamp = '', message = ''] = signedByXmlCrypto(Buffer.from(String(signed.body))) ?? [];
    expect(timestamp).toContain('<wsu:Created>');
    expect(message).toContain(`<IdNotificacio>${notification}</IdNotificacio>`);

    const password = 'contrasenya <inventada> & "llarga"';
    await put({ type: 'username-token', username: 'usuari', password, digest: false });
    const named = (await t.call('GET', pathOf(notification))).body;
    expect(named.body).toMatch(/<wsse:Password [^>]*>\*\*\*<\/wsse:Password>/);
    expect(named.validates).toBe(true);
  });

  it('of a state that was told to nobody is what would be made of it now', async () => {
    const { t, receiver } = journey;
    const notification = fresh();
    await t.configure(receiver.url, { online: false });
    const facts = { channel: 'DIGITAL', registry: { number: 'S-1', registeredAt: null } };
    expect(await t.take(change({ notification, facts }))).toEqual([null]);
    const signer = {
      type: 'interested',
      party: { person: { document: { type: 'NIF', number: '00000000T' }, fullName: 'Persona Inventada' } },
    };
    await t.take(change({ notification, minute: 1, state: 'ACCEPTADA', signer }));
    expect(await t.call('GET', pathOf(notification))).toMatchObject({
      status: 409,
      body: { code: 'no-callback', reason: 'callbacks-off' },
    });
    await t.configure(receiver.url);
    const accepted = (await t.call('GET', pathOf(notification))).body;
    expect(accepted).toMatchObject({ state: 'ACCEPTADA', delivery: null, pinned: false, validates: true });
    // What the later change left out is inherited; its signer is its own.
    expect(accepted.body).toContain('<NumeroRegistreSortida>S-1</NumeroRegistreSortida>');
    expect(accepted.body).toContain('Persona Inventada');
    expect((await t.call('GET', pathOf(notification, '?state=DIPOSITADA'))).body.body).not.toContain(
      'Persona Inventada',
    );
    // Told at last, it is what was shown.
    const twin = fresh();
    await t.take(change({ notification: twin, facts }));
    const { body } = await t.call('GET', pathOf(twin));
    const shown = (await t.call('GET', pathOf(notification, '?state=DIPOSITADA'))).body;
    expect(shown.body).toBe(String(body.body).replaceAll(twin, notification));
  });

  it('is in the message version that the endpoint asks for, as far as that can say it', async () => {
    const { t, receiver } = journey;
    const notification = fresh();
    await t.deliver(change({ notification }));
    await t.deliver(change({ notification, minute: 1, state: 'ACCEPTADA', signer: SIGNER }));
    await t.configure(null, { endpoint: { url: receiver.url, messageVersion: '3.2' } });
    const { body } = await t.call('GET', pathOf(notification));
    expect(body).toMatchObject({ messageVersion: '3.2', validates: null });
    expect(body.body).toContain('<Report xmlns="http://www.aocat.net/NT/v3.2"><Capcalera>');
    expect(await t.call('GET', pathOf(notification, '?state=DIPOSITADA'))).toMatchObject({
      status: 422,
      body: {
        code: 'version-cannot-express',
        inexpressible: ['the state DIPOSITADA without a signer (DadesActor is required)'],
      },
    });
  });

  it('can be had in either message version, whatever the endpoint asks for', async () => {
    const { t, receiver } = journey;
    await t.configure(receiver.url);
    const notification = fresh();
    await t.finished(await t.deliver(change({ notification, state: 'ACCEPTADA', signer: SIGNER })));
    const configured = await t.call('GET', pathOf(notification));
    const same = await t.call('GET', pathOf(notification, '?version=4.0'));
    const older = await t.call('GET', pathOf(notification, '?version=3.2'));
    expect(same.body).toEqual(configured.body);
    expect(older).toMatchObject({
      status: 200,
      body: { messageVersion: '3.2', pinned: true, validates: null },
    });
    expect(older.body.body).not.toBe(configured.body.body);
    expect(await t.call('GET', pathOf(notification, '?version=3.1'))).toMatchObject({ status: 400 });
  });

  it('is shown to an integrator of its own entities alone, and to no auditor', async () => {
    const { t } = journey;
    const notification = fresh();
    await t.deliver(change({ notification }));
    const path = pathOf(notification);
    expect((await (await t.as('integrator', [ENTITY]))('GET', path)).status).toBe(200);
    const stranger = await t.as('integrator', [{ organisation: '9900000002', department: '1' }]);
    expect(await stranger('GET', path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await (await t.as('auditor'))('GET', path)).status).toBe(403);
  });

  it('is the message alone for who accepts XML', async () => {
    const { t } = journey;
    const notification = fresh();
    await t.deliver(change({ notification }));
    const answer = await fetch(t.url + pathOf(notification), {
      headers: { authorization: `Bearer ${t.settings.adminKey ?? ''}`, accept: 'text/xml' },
    });
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(answer.headers.get('vary')).toBe('accept');
    expect(await answer.text()).toBe((await t.call('GET', pathOf(notification))).body.body);
  });
});

describe('no preview', () => {
  it('is there where there is no report to show, and the problem says why', async () => {
    const { t } = journey;
    const known = fresh();
    await t.deliver(change({ notification: known }));
    const byHand = fresh();
    await t.take(change({ notification: byHand, origin: 'EACAT' }));
    const registered = fresh();
    await t.take(change({ notification: registered, state: 'REGISTRADA' }));
    const elsewhere = fresh();
    await t.take(
      change({ notification: elsewhere, entity: { organisation: '9900000009', department: '1' } }),
    );
    const cases: [string, number, Record<string, unknown>][] = [
      [pathOf(fresh()), 404, { code: 'not-found' }],
      [pathOf('none'), 404, { code: 'not-found' }],
      [pathOf(known, '?state=ACCEPTADA'), 404, { code: 'state-not-reached', states: ['DIPOSITADA'] }],
      [pathOf(byHand), 409, { code: 'no-callback', reason: 'not-by-integration' }],
      [pathOf(registered), 409, { code: 'no-callback', reason: 'state-without-callback' }],
      [pathOf(elsewhere), 409, { code: 'entity-unknown' }],
      [pathOf(known, '?state=NONE'), 400, { code: 'invalid-request' }],
      [pathOf(known, '?version=3.1'), 400, { code: 'invalid-request' }],
    ];
    for (const [path, status, body] of cases) {
      expect(await t.call('GET', path), path).toMatchObject({ status, body });
    }
    await t.configure(null, { endpoint: { url: 'https://a.example/', authentication: { type: 'basic' } } });
    expect(await t.call('GET', pathOf(known))).toMatchObject({
      status: 409,
      body: {
        code: 'configuration-incomplete',
        missing: ['endpoint.authentication.username', 'endpoint.authentication.password'],
      },
    });
  });

  it('is sent: nothing is written or posted for it', async () => {
    const { t, receiver } = journey;
    const notification = fresh();
    const delivery = await t.deliver(change({ notification }));
    await t.finished(delivery);
    const before = receiver.requests.length;
    const count = async () => journey.count(notification);
    const counts = await count();
    await t.call('GET', pathOf(notification));
    expect(await count()).toEqual(counts);
    expect(receiver.requests).toHaveLength(before);
    expect(await t.call('POST', pathOf(notification))).toMatchObject({ status: 405 });
  });
});
