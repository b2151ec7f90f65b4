import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { change } from '../support/changes.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, fault, garbage, inTurn, refuse } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const { started, receiving } = journeyTest();

const SIGNER = {
  type: 'interested',
  party: { person: { document: { type: 'NIF', number: '00000000T' }, fullName: 'Persona Inventada' } },
};

interface BodyRow {
  readonly attempt: number;
  readonly text: string | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly hash: string | null;
  readonly answer: string | null;
  readonly answerHeaders: Readonly<Record<string, string>> | null;
}

async function bodiesOf(t: TestService, delivery: string): Promise<BodyRow[]> {
  return t.rows<BodyRow & { readonly id: string }>(
    `select l.intent as attempt, c.text_error as text, c.peticio_capcaleres as headers, c.peticio_resum as hash,
       c.resposta as answer, c.resposta_capcaleres as "answerHeaders"
     from nt30.aoc_nt_logs_comunicacio l join nt30.aoc_nt_cossos_comunicacio c using (log)
     where l.enviament = $1 order by l.intent`,
    [delivery],
  );
}

describe('nt30.aoc_nt_logs_comunicacio', () => {
  it('has a row for each attempt', async () => {
    const receiver = await receiving();
    receiver.reply = inTurn(refuse('No'), fault('Ha fallat'), garbage, acknowledge);
    const t = await started();
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: '900000000601' }));
    await t.finished(delivery);
    const rows = await t.rows(
      `select notificacio, organisme, departament, estat, fase, intent, punt_recepcio, resultat, http, codi_error,
         durada_ms >= 0 and inici between now() - interval '1 minute' and now() as timely
       from nt30.aoc_nt_logs_comunicacio where enviament = $1 order by intent`,
      [delivery],
    );
    const common = {
      notificacio: '900000000601',
      organisme: '9900000001',
      departament: '1',
      estat: 'DIPOSITADA',
      fase: 'FASE_REPORT_ONLINE',
      punt_recepcio: receiver.url,
      timely: true,
    };
    expect(rows).toEqual([
      { ...common, intent: 1, resultat: 'refused', http: 200, codi_error: 'error-element' },
      { ...common, intent: 2, resultat: 'faulted', http: 500, codi_error: 'soap-fault' },
      { ...common, intent: 3, resultat: 'unreadable', http: 200, codi_error: 'not-soap' },
      { ...common, intent: 4, resultat: 'acknowledged', http: 200, codi_error: null },
    ]);
  });

  it('keeps beside it what was answered, and the hash of the bytes that were sent', async () => {
    const receiver = await receiving();
    receiver.reply = inTurn(refuse('No és per a nosaltres'), acknowledge);
    const t = await started();
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: '900000000602' }));
    await t.finished(delivery);
    const bodies = await bodiesOf(t, delivery);
    const requests = receiver.of(delivery);
    expect(bodies.map(({ hash }) => hash)).toEqual(
      requests.map(({ body }) => createHash('sha256').update(body).digest('hex')),
    );
    expect(bodies.map(({ text }) => text)).toEqual(['No és per a nosaltres', null]);
    expect(bodies[0]?.answer).toContain('<Error>No és per a nosaltres</Error>');
    expect(bodies[1]?.answer).toContain('RespostaReport');
    expect(bodies[0]?.answerHeaders).toMatchObject({ 'content-type': 'text/xml; charset=utf-8' });
    for (const [n, { headers }] of bodies.entries()) {
      const request = requests[n];
      expect(headers).toMatchObject({
        'Idempotency-Key': delivery,
        'Enotum-Attempt': String(n + 1),
        'Content-Length': String(request?.body.length),
      });
      // Header by header what the receiver got, but for Connection, which is between the two machines.
      const { connection: _, ...got } = request?.headers ?? {};
      const logged = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
      expect(Object.fromEntries(logged)).toEqual(got);
    }
  });

  it('keeps the report once for each delivery, byte by byte as it is sent', async () => {
    const receiver = await receiving();
    receiver.reply = inTurn(refuse('No'), refuse('No'), acknowledge);
    const t = await started();
    await t.configure(receiver.url);
    const delivery = await t.deliver(
      change({
        notification: '900000000603',
        state: 'ACCEPTADA',
        signer: SIGNER,
        issuerReference: 'Ç·<&>"\'\r',
      }),
    );
    await t.finished(delivery);
    const rows = await t.rows<{ contingut: string }>('select contingut from nt30.aoc_nt_informes');
    expect(rows.map(({ contingut }) => contingut)).toEqual([receiver.of(delivery)[0]?.report]);
    expect(new Set(receiver.of(delivery).map(({ report }) => report)).size).toBe(1);
  });

  it('masks credentials, wherever an answer repeats them', async () => {
    const receiver = await receiving();
    const secrets = ['token-inventat-1234567890', 'contrasenya-inventada'];
    receiver.reply = (request, response) => {
      response.setHeader('x-debug', String(request.headers.authorization));
      fault(`Not authorised: ${String(request.headers.authorization)}`)(request, response);
    };
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    for (const [n, authentication] of [
      { type: 'bearer', token: secrets[0] },
      { type: 'basic', username: 'usuari', password: secrets[1] },
    ].entries()) {
      await t.configure(null, { endpoint: { url: receiver.url, authentication } });
      const delivery = await t.deliver(change({ notification: String(900_000_000_604 + n) }));
      await t.attempted((event) => event.delivery === delivery);
      const [body] = await bodiesOf(t, delivery);
      expect(body?.headers?.['Authorization']).toMatch(/^(Bearer|Basic) \*\*\*$/);
      expect(String(receiver.of(delivery)[0]?.headers.authorization).length).toBeGreaterThan(20);
      const encoded = Buffer.from(`usuari:${secrets[1]}`).toString('base64');
      const all = JSON.stringify([await bodiesOf(t, delivery), await t.delivery(delivery)]);
      for (const secret of [...secrets, encoded]) expect(all).not.toContain(secret);
    }
  });
});

describe('BODY_RETENTION', () => {
  it('removes answers and error texts, and keeps the rows with the hash of what was sent', async () => {
    const receiver = await receiving();
    receiver.reply = inTurn(fault('Persona Inventada no existeix'), acknowledge);
    const t = await started();
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: '900000000610' }));
    await t.finished(delivery);
    const before = await bodiesOf(t, delivery);
    await t.stop();
    const next = await started({ beside: t, settings: { bodyRetentionMs: 0 } });
    await until(async () => {
      const bodies = await bodiesOf(next, delivery);
      return bodies.every(({ answer }) => answer === null) ? true : null;
    });
    expect(await bodiesOf(next, delivery)).toEqual(
      before.map((body) => ({ ...body, text: null, answer: null, answerHeaders: null })),
    );
    expect(await next.delivery(delivery)).toMatchObject({
      status: 'acknowledged',
      attemptList: [
        { attempt: 1, outcome: 'faulted', httpStatus: 500, errorCode: 'soap-fault', errorText: null },
        { attempt: 2, outcome: 'acknowledged', httpStatus: 200, errorText: null },
      ],
    });
  });
});

describe('the program’s own log', () => {
  it('has nothing personal in it, whatever goes wrong', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const receiver = await receiving();
    const t = await started({ logger, settings: { retrySchedule: [10, 3_600_000] } });
    await t.configure(receiver.url);
    const personal = {
      state: 'ACCEPTADA',
      signer: SIGNER,
      channelChange: { channel: 'PAPER', email: 'persona@inventada.example', phone: '600000000' },
    };
    const quoting = 'Persona Inventada (00000000T, persona@inventada.example, 600000000) no existeix';
    receiver.reply = (request, response) => {
      const replies = [fault(quoting), refuse(quoting), garbage];
      response.setHeader('x-who', '00000000T');
      replies[Number(request.notification) % 3]?.(request, response);
    };
    for (const notification of ['900000000620', '900000000621', '900000000622']) {
      const sent = change({ notification, ...personal });
      const delivery = await t.deliver(sent);
      await t.attempted((event) => event.delivery === delivery && event.attempt === 2);
      // Requests that are refused: another content, what no path leads to, and what is no change at all.
      await t.submit([{ ...sent, state: 'REBUTJADA' }]);
      await t.submit([{ ...sent, id: `${sent.id}-2`, state: 'REBUTJADA' }]);
      await t.submit([{ ...sent, id: `${sent.id}-3`, state: 'Persona Inventada' }]);
      await t.call('POST', '/v1/state-changes', { ...sent, 'Persona Inventada': '00000000T' });
      await t.call('GET', '/v1/deliveries?Persona%20Inventada=00000000T');
      await t.call('GET', '/v1/persona@inventada.example');
    }
    await receiver.close();
    const lost = await t.deliver(change({ notification: '900000000623', ...personal }));
    await t.attempted((event) => event.delivery === lost);
    await t.stop();
    const log = lines.join('');
    expect(log).toContain('attempt failed');
    for (const text of ['Inventada', '00000000T', 'inventada.example', '600000000']) {
      expect(log.split('\n').filter((line) => line.includes(text))).toEqual([]);
    }
  });
});
