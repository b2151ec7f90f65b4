import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { describeCertificate } from '../../src/domain/certificate.ts';
import { noteServiceCertificate } from '../../src/store/parameters.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { itemsOf, members } from '../support/answers.ts';
import { change } from '../support/changes.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, fault, inTurn, refuse, type Reply } from '../support/receiver.ts';
import { signingPair, type SigningKeyKind } from '../support/secured.ts';
import type { TestService } from '../support/service.ts';
import { certificateOf, signedByXmlCrypto, withSecurity } from '../support/ws-security.ts';

const { started, receiving } = journeyTest();

const USERNAME = 'usuari-inventat';
const PASSWORD = 'contrasenya <inventada> & "llarga"';

const usernameToken = (more: unknown = {}) => ({
  type: 'username-token',
  username: USERNAME,
  password: PASSWORD,
  ...Object(more),
});

function signature(kind: SigningKeyKind) {
  const { certificate, key } = signingPair(kind);
  return { type: 'signature', certificate, privateKey: key };
}

async function configure(t: TestService, url: string, policy: unknown, envelope: unknown = {}) {
  return t.configure(null, { endpoint: { url, timeoutMs: 5_000, policy, envelope } });
}

/** Acknowledges what xml-crypto accepts, with Timestamp and Body signed; refuses anything else. */
const verifying: Reply = (request, response) => {
  const [timestamp = '', body = ''] = signedByXmlCrypto(request.body) ?? [];
  const isSigned = timestamp.startsWith('<wsu:Timestamp ') && body.includes(request.report);
  (isSigned ? acknowledge : refuse('no és signat'))(request, response);
};

/** Acknowledges a UsernameToken whose digest, or text, is that of the password; refuses anything else. */
const knowing: Reply = (request, response) => {
  const isKnown = withSecurity(request.body, ({ text }) => {
    const [nonce = '', created = '', password = ''] = ['wsse:Nonce', 'wsu:Created', 'wsse:Password'].map(
      (name) => text(`//wsse:UsernameToken/${name}`) ?? '',
    );
    const digest = createHash('sha1')
      .update(Buffer.from(nonce, 'base64'))
      .update(created)
      .update(PASSWORD)
      .digest('base64');
    const isDigest = text('//wsse:Password/@Type')?.endsWith('#PasswordDigest') === true;
    return text('//wsse:Username') === USERNAME && password === (isDigest ? digest : PASSWORD);
  });
  (isKnown ? acknowledge : refuse('no és conegut'))(request, response);
};

const signingCertificate = (message: Buffer): string =>
  certificateOf(withSecurity(message, ({ text }) => text('//wsse:BinarySecurityToken'))).toString();

describe('an entity that is configured with a policy', () => {
  it.each([
    ['signature with RSA', signature('RSA-2048'), verifying, {}],
    [
      'signature with EC, SOAP 1.2, bare',
      signature('P-256'),
      verifying,
      { soapVersion: '1.2', wrapper: false },
    ],
    ['username-token, digest', usernameToken(), knowing, {}],
    ['username-token, text, SOAP 1.2', usernameToken({ digest: false }), knowing, { soapVersion: '1.2' }],
  ] as const)('delivers to a receiver that verifies: %s', async (_what, policy, reply, envelope) => {
    const receiver = await receiving(reply);
    const t = await started();
    await configure(t, receiver.url, policy, envelope);
    const delivery = await t.deliver(change());
    expect(await t.finished(delivery)).toMatchObject({ attempt: 1, status: 'acknowledged' });
    const [report] = await t.rows('select contingut as report from nt30.aoc_nt_informes');
    expect(report).toEqual({ report: receiver.of(delivery)[0]?.report });
  });

  it('is told by fresh instants, nonces and signatures at each attempt, with the same report', async () => {
    const t = await started();
    for (const [reply, policy, places] of [
      [verifying, signature('P-256'), ['//wsu:Timestamp/wsu:Created', '//ds:SignatureValue']],
      [knowing, usernameToken(), ['//wsse:Nonce', '//wsse:Password', '//wsu:Created']],
    ] as const) {
      const receiver = await receiving(inTurn(refuse('No'), refuse('No'), reply));
      await configure(t, receiver.url, policy);
      const delivery = await t.deliver(change({ notification: String(receiver.port) }));
      expect(await t.finished(delivery)).toMatchObject({ attempt: 3, status: 'acknowledged' });
      const requests = receiver.of(delivery);
      expect(new Set(requests.map(({ report }) => report)).size).toBe(1);
      for (const place of places) {
        const seen = requests.map(({ body }) => withSecurity(body, ({ text }) => text(place)));
        expect(new Set(seen).size, place).toBe(3);
      }
    }
  });

  it('has a changed key used from the next attempt on', async () => {
    const t = await started();
    const receiver = await receiving((request, response) => {
      if (request.attempt > 1) verifying(request, response);
      else {
        void configure(t, receiver.url, signature('RSA-2048')).then(() =>
          refuse('amb una altra clau')(request, response),
        );
      }
    });
    await configure(t, receiver.url, signature('P-256'));
    const delivery = await t.deliver(change());
    expect(await t.finished(delivery)).toMatchObject({ attempt: 2, status: 'acknowledged' });
    expect(receiver.of(delivery).map(({ body }) => signingCertificate(body))).toEqual([
      signingPair('P-256').certificate,
      signingPair('RSA-2048').certificate,
    ]);
  });
});

describe('an entity whose policy is incomplete', () => {
  it.each([
    [usernameToken({ password: null }), usernameToken(), knowing, ['endpoint.policy.password']],
    [
      { type: 'signature' },
      signature('P-256'),
      verifying,
      ['endpoint.policy.certificate', 'endpoint.policy.privateKey'],
    ],
    [
      { ...signature('P-256'), privateKey: null },
      signature('P-256'),
      verifying,
      ['endpoint.policy.privateKey'],
    ],
  ] as const)('has its deliveries wait until it is completed: %#', async (before, after, reply, missing) => {
    const receiver = await receiving(reply);
    const t = await started();
    expect((await configure(t, receiver.url, before)).body.missing).toEqual(missing);
    const delivery = await t.deliver(change());
    expect(await t.delivery(delivery)).toMatchObject({
      status: 'waiting',
      waitingFor: 'configuration',
      attempts: 0,
      attemptList: [{ outcome: 'blocked', errorText: `The configuration lacks: ${missing.join(', ')}.` }],
    });
    await configure(t, receiver.url, after);
    expect(await t.finished(delivery)).toMatchObject({ attempt: 1, status: 'acknowledged' });
  });

  const { certificate, key } = signingPair('RSA-2048');
  const withOwn = { signingCertificate: certificate, signingKey: key };

  it('is signed for by the service once that is started with a certificate of its own', async () => {
    const receiver = await receiving(verifying);
    const t = await started();
    await configure(t, receiver.url, { type: 'signature' });
    const delivery = await t.deliver(change());
    expect(await t.delivery(delivery)).toMatchObject({ waitingFor: 'configuration' });
    await t.stop();
    const next = await started({ beside: t, settings: withOwn });
    expect(await next.finished(delivery)).toMatchObject({ attempt: 1, status: 'acknowledged' });
    expect(receiver.of(delivery).map(({ body }) => signingCertificate(body))).toEqual([certificate]);
    expect((await next.call('GET', '/v1/entities/9900000001/1')).body).toMatchObject({
      missing: [],
      endpoint: { policy: { certificateInfo: { subject: 'CN=Servidor Inventat' } } },
    });
  });

  it('waits where a process lacks what the others were started with, until it is started with it', async () => {
    const receiver = await receiving(verifying);
    const t = await started();
    const expiresAt = describeCertificate(certificate)?.expiresAt ?? '';
    // As another process that starts beside it does.
    const sealer = new Sealer(t.settings.secretsKey ?? Buffer.alloc(32));
    await noteServiceCertificate(t.database.db, sealer, { certificate, expiresAt });
    expect((await configure(t, receiver.url, { type: 'signature' })).body.missing).toEqual([]);
    const delivery = await t.deliver(change());
    expect(await t.attempted((event) => event.delivery === delivery)).toMatchObject({
      outcome: 'blocked',
      errorCode: 'configuration-incomplete',
    });
    expect(receiver.requests).toHaveLength(0);
    await t.stop();
    const next = await started({ beside: t, settings: withOwn });
    expect(await next.finished(delivery)).toMatchObject({ attempt: 1, status: 'acknowledged' });
  });
});

describe('the log of a secured delivery', () => {
  /** The request of a delivery's only attempt, as the API shows it. */
  async function shown(t: TestService, delivery: string) {
    const [attempt] = itemsOf((await t.delivery(delivery)).attemptList);
    const { body } = await t.call('GET', `/v1/communications/${String(attempt?.id)}`);
    return { request: members(body.request), response: members(body.response), all: JSON.stringify(body) };
  }

  it('shows the message as it was sent, the certificate and the signature masked', async () => {
    const receiver = await receiving(verifying);
    const t = await started();
    await configure(t, receiver.url, signature('P-256'));
    const delivery = await t.deliver(change());
    await t.finished(delivery);
    const sent = receiver.of(delivery)[0]?.body ?? Buffer.alloc(0);
    const { request } = await shown(t, delivery);
    expect(request.body).toBe(
      sent.toString().replace(/(<(?:wsse:BinarySecurityToken|ds:SignatureValue)[^>]*>)[^<]*/g, '$1***'),
    );
    const fingerprint = createHash('sha256')
      .update(certificateOf(withSecurity(sent, ({ text }) => text('//wsse:BinarySecurityToken'))).raw)
      .digest('hex');
    expect(request.security).toEqual({ type: 'signature', certificate: fingerprint });
    const [row] = await t.rows<{ hash: string; started: Date }>(
      `select c.peticio_resum as hash, l.inici as started
       from nt30.aoc_nt_logs_comunicacio l join nt30.aoc_nt_cossos_comunicacio c using (log)`,
    );
    expect(row?.hash).toBe(createHash('sha256').update(sent).digest('hex'));
    expect(row?.started.toISOString()).toBe(withSecurity(sent, ({ text }) => text('//wsu:Created')));
  });

  it.each([true, false])(
    'has no password in it, though the receiver repeats the whole message (digest: %s)',
    async (digest) => {
      const lines: string[] = [];
      const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
      const receiver = await receiving((request, response) => {
        const said = withSecurity(request.body, ({ text }) => text('//wsse:Password') ?? '');
        response.setHeader('x-said', Buffer.from(said).toString('latin1'));
        fault(`${said} ${request.body.toString()}`)(request, response);
      });
      const t = await started({ logger, settings: { retrySchedule: [3_600_000] } });
      await configure(t, receiver.url, usernameToken({ digest }));
      const delivery = await t.deliver(change());
      expect(await t.attempted((event) => event.delivery === delivery)).toMatchObject({ outcome: 'faulted' });
      const { request, response, all } = await shown(t, delivery);
      const sent = receiver.of(delivery)[0]?.body ?? Buffer.alloc(0);
      const password = withSecurity(sent, ({ text }) => text('//wsse:Password') ?? '');
      expect(password).toBe(digest ? password : PASSWORD);
      expect(request.body).toBe(
        sent.toString().replace(/(<(?:wsse:Password|wsse:Nonce)[^>]*>)[^<]*/g, '$1***'),
      );
      expect(request.security).toEqual({ type: 'username-token', certificate: null });
      expect(String(response.body)).toContain('***');
      const rows = await t.rows(
        `select l::text, c::text, p::text, e::text from nt30.aoc_nt_logs_comunicacio l
         join nt30.aoc_nt_cossos_comunicacio c using (log) join nt30.aoc_nt_enviaments e using (enviament)
         join nt30.aoc_nt_punts_recepcio p using (punt)`,
      );
      expect(rows).toHaveLength(1);
      const entity = await t.call('GET', '/v1/entities/9900000001/1');
      const everything = [
        all,
        JSON.stringify([rows, entity.body, await t.delivery(delivery)]),
        ...lines,
      ].join('');
      for (const secret of [password, PASSWORD, 'contrasenya']) expect(everything).not.toContain(secret);
    },
  );
});
