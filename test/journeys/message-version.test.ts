import { describe, expect, it } from 'vitest';
import { reportInVersion } from '../../src/soap/report-32.ts';
import { writeAcknowledgement } from '../../src/soap/write-answer.ts';
import { validationError, ourMessages32 } from '../contracts/schema.ts';
import { itemsOf, members } from '../support/answers.ts';
import { change, SIGNER } from '../support/changes.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, inTurn, refuse, type Reply } from '../support/receiver.ts';
import { signingPair } from '../support/secured.ts';
import type { TestService } from '../support/service.ts';
import { signedByXmlCrypto } from '../support/ws-security.ts';

const { started, receiving } = journeyTest();

const FOREIGNER = {
  type: 'interested',
  party: {
    person: { document: { type: 'IDC', number: 'AB123456', country: 'IT' }, fullName: 'Persona Inventada' },
  },
};
const { certificate, key } = signingPair('P-256');
const SIGNATURE = { type: 'signature', certificate, privateKey: key };

const ours = ourMessages32();

/** A receiver made for 3.2: it takes what its schema does. */
const made32: Reply = (request, response) => {
  const problem = validationError(ours.reports, request.report);
  if (problem === null) {
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(writeAcknowledgement().replace('v4.0', 'v3.2'));
  } else refuse(problem)(request, response);
};

async function configure(
  t: TestService,
  url: string,
  messageVersion: string,
  more: Readonly<Record<string, unknown>> = {},
) {
  return t.configure(null, { endpoint: { url, timeoutMs: 5_000, messageVersion, ...more } });
}

/** The request of each attempt of a delivery, as the API shows it. */
async function shownRequests(t: TestService, delivery: string) {
  const attempts = itemsOf((await t.delivery(delivery)).attemptList);
  return Promise.all(
    attempts.map(async ({ id }) => {
      const { body } = await t.call('GET', `/v1/communications/${String(id)}`);
      return members(body.request);
    }),
  );
}

describe('an entity that is sent message version 3.2', () => {
  it('is told by the same bytes at each attempt, which the log shows', async () => {
    const receiver = await receiving(inTurn(refuse('No'), refuse('No'), made32));
    const t = await started();
    await configure(t, receiver.url, '3.2');
    const delivery = await t.deliver(change({ state: 'ACCEPTADA', signer: SIGNER }));
    expect(await t.finished(delivery)).toMatchObject({ attempt: 3, status: 'acknowledged' });
    const bodies = receiver.of(delivery).map(({ body }) => body.toString());
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('<Estat>47</Estat><DescripcioEstat>Acceptada</DescripcioEstat>');
    expect(receiver.of(delivery)[0]?.headers.soapaction).toBe(
      '"http://www.openuri.org/clientRequestwithReturn"',
    );
    const shown = await shownRequests(t, delivery);
    expect(shown).toMatchObject(bodies.map((body) => ({ body, messageVersion: '3.2', security: null })));
    // What is pinned is 4.0, from which the other is made.
    const [pinned] = await t.rows<{ versio: string; contingut: string }>(
      'select * from nt30.aoc_nt_informes',
    );
    expect(pinned?.versio).toBe('4.0');
    expect(reportInVersion('3.2', pinned?.contingut ?? '')).toEqual({
      xml: receiver.of(delivery)[0]?.report,
    });
  });

  it('is told in 4.0 from the next attempt on when that is configured', async () => {
    const t = await started();
    const receiver = await receiving((request, response) => {
      if (request.attempt > 1) acknowledge(request, response);
      else void configure(t, receiver.url, '4.0').then(() => refuse('No')(request, response));
    });
    await configure(t, receiver.url, '3.2');
    const delivery = await t.deliver(change({ state: 'ACCEPTADA', signer: SIGNER }));
    expect(await t.finished(delivery)).toMatchObject({ attempt: 2, status: 'acknowledged' });
    const bodies = receiver.of(delivery).map(({ body }) => body.toString());
    expect(bodies[0]).toContain('NT/v3.2');
    expect(bodies[1]).toContain('NT/v4.0');
    expect(await shownRequests(t, delivery)).toMatchObject([
      { body: bodies[0], messageVersion: '3.2' },
      { body: bodies[1], messageVersion: '4.0' },
    ]);
  });

  it('is told by signed messages where its policy says so, and the log shows them masked', async () => {
    const receiver = await receiving((request, response) => {
      const signed = signedByXmlCrypto(request.body)?.[1]?.includes(request.report) === true;
      (signed ? made32 : refuse('no és signat'))(request, response);
    });
    const t = await started();
    await configure(t, receiver.url, '3.2', { policy: SIGNATURE });
    const delivery = await t.deliver(change({ state: 'REBUTJADA', signer: SIGNER }));
    expect(await t.finished(delivery)).toMatchObject({ attempt: 1, status: 'acknowledged' });
    const [shown] = await shownRequests(t, delivery);
    expect(shown).toMatchObject({ messageVersion: '3.2', security: { type: 'signature' } });
    expect(shown?.body).toBe(
      receiver
        .of(delivery)[0]
        ?.body.toString()
        .replace(/(<(?:wsse:BinarySecurityToken|ds:SignatureValue)[^>]*>)[^<]*/g, '$1***'),
    );
  });

  it('does not acknowledge by an answer of 4.0', async () => {
    const receiver = await receiving(acknowledge);
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    await configure(t, receiver.url, '3.2');
    const delivery = await t.deliver(change({ state: 'ACCEPTADA', signer: SIGNER }));
    expect(await t.attempted((event) => event.delivery === delivery)).toMatchObject({
      outcome: 'unreadable',
    });
  });
});

describe('a report that message version 3.2 cannot express', () => {
  it.each([
    [{}, change(), 'the state DIPOSITADA without a signer (DadesActor is required)'],
    [{ policy: SIGNATURE }, change({ state: 'ACCEPTADA', signer: FOREIGNER }), 'a signer with an IDC'],
  ])('waits, is told once, and goes out when 4.0 is configured: %#', async (more, inexpressible, what) => {
    const receiver = await receiving(acknowledge);
    const t = await started();
    await configure(t, receiver.url, '3.2', more);
    const delivery = await t.deliver(inexpressible);
    expect(await t.attempted((event) => event.delivery === delivery)).toMatchObject({
      outcome: 'blocked',
      errorCode: 'version-cannot-express',
      status: 'waiting',
    });
    const waits = {
      status: 'waiting',
      waitingFor: 'configuration',
      attempts: 0,
      attemptList: [
        {
          attempt: null,
          outcome: 'blocked',
          errorCode: 'version-cannot-express',
          endpoint: receiver.url,
          errorText:
            `Message version 3.2 cannot express ${what}. ` +
            'Change endpoint.messageVersion to 4.0, and the delivery goes out.',
        },
      ],
    };
    expect(await t.delivery(delivery)).toMatchObject(waits);
    // A change that leaves the version as it is says nothing new.
    await configure(t, receiver.url, '3.2', { ...more, timeoutMs: 6_000 });
    const other = await t.deliver(
      change({ notification: '900000000002', state: 'ACCEPTADA', signer: SIGNER }),
    );
    await t.attempted((event) => event.delivery === other);
    expect(await t.delivery(delivery)).toMatchObject(waits);
    expect(receiver.of(delivery)).toEqual([]);

    await configure(t, receiver.url, '4.0', more);
    expect(await t.finished(delivery)).toMatchObject({ attempt: 1, status: 'acknowledged' });
    expect(receiver.of(delivery)[0]?.report).toContain('NT/v4.0');
    expect(itemsOf((await t.delivery(delivery)).attemptList).map(({ outcome }) => outcome)).toEqual([
      'blocked',
      'acknowledged',
    ]);
  });

  it('names the back office whose endpoint is to be changed, and holds up what comes after it', async () => {
    const receiver = await receiving(made32);
    const t = await started();
    const endpoint = { url: receiver.url, messageVersion: '3.2' };
    await t.configure(receiver.url, { backOffices: { GESTEXP: { endpoint } } });
    const first = await t.deliver(change({ backOffice: 'GESTEXP' }));
    await t.attempted((event) => event.delivery === first);
    expect((await t.delivery(first)).attemptList).toMatchObject([
      { errorText: expect.stringContaining('Change backOffices.GESTEXP.endpoint.messageVersion to 4.0') },
    ]);
    const second = await t.deliver(
      change({ backOffice: 'GESTEXP', state: 'ACCEPTADA', signer: SIGNER, minute: 1 }),
    );
    expect(await t.delivery(second)).toMatchObject({ status: 'waiting', waitingFor: 'earlier' });
    // Given up by an operator, it lets the next one go.
    await t.call('POST', `/v1/deliveries/${first}/cancel`, { reason: 'no es pot dir en 3.2' });
    expect(await t.finished(second)).toMatchObject({ attempt: 1, status: 'acknowledged' });
  });
});
