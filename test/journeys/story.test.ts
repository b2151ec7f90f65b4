import { describe, expect, it } from 'vitest';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY, SIGNER } from '../support/changes.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, httpStatus, inTurn } from '../support/receiver.ts';

const { started, receiving } = journeyTest();
const NOWHERE = '00000000-0000-7000-8000-000000000000';

describe('the story of a notification', () => {
  it('tells how it was told, from what was logged', async () => {
    const receiver = await receiving(inTurn(httpStatus(503), httpStatus(503), acknowledge));
    const t = await started();
    await t.configure(receiver.url);
    const notification = fresh();
    const delivery = await t.deliver(change({ notification }));
    await t.finished(delivery);
    const { status, body, headers } = await t.call('GET', `/v1/notifications/${notification}/story`);
    expect([status, headers.get('content-language')]).toEqual([200, 'ca']);
    expect(body.sentence).toMatch(
      /^El dipòsit es va comunicar al tercer intent, el \S+ a les \S+\. Abans, el servei web de l’Ajuntament Inventat va respondre 503 dues vegades\.$/,
    );
    const items = itemsOf(body.items);
    expect(items.map(({ kind }) => kind)).toEqual([
      'change',
      'delivery',
      'attempt',
      'attempt',
      'attempt',
      'end',
    ]);
    const attempts = items.filter(({ kind }) => kind === 'attempt');
    const log = itemsOf((await t.delivery(delivery)).attemptList);
    expect(attempts.map(({ communication, attempt, outcome }) => [communication, attempt, outcome])).toEqual(
      log.map(({ id, attempt, outcome }) => [id, attempt, outcome]),
    );
    const own = await t.call('GET', `/v1/deliveries/${delivery}/story?lang=en`);
    expect(String(own.body.sentence)).toContain('was told at the third attempt');
  });

  it('tells what is waited for and what comes next', async () => {
    const receiver = await receiving(httpStatus(503));
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    await t.configure(receiver.url);
    const notification = fresh();
    const [delivery, later] = await t.take(
      change({ notification }),
      change({ notification, state: 'ACCEPTADA', minute: 1, signer: SIGNER }),
    );
    await t.attempted((event) => event.delivery === delivery);
    const read = async () => (await t.call('GET', `/v1/notifications/${notification}/story?lang=en`)).body;
    const body = await read();
    expect(String(body.sentence)).toMatch(
      /^The deposit could not be told yet: .* left: 1 attempt\. Another callback/,
    );
    const next = itemsOf(body.items).filter(({ kind }) => kind === 'next');
    expect(next.map((item) => [item.delivery, item.waitedFor])).toEqual([
      [delivery, 'retry'],
      [later, 'earlier'],
    ]);
    await t.call('POST', '/v1/entities/9900000001/1/pause', { reason: 'obres' });
    expect(String((await read()).sentence)).toContain('An operator'.toLowerCase());
    expect(JSON.stringify(body)).not.toContain('Persona Inventada');
  });

  it('tells why no callback is due, and of what is not there nothing', async () => {
    const t = await started();
    const notification = fresh();
    await t.take(change({ notification }));
    expect((await t.call('GET', `/v1/notifications/${notification}/story?lang=es`)).body.sentence).toBe(
      'No hay aviso del depósito: la entidad no está configurada.',
    );
    expect((await t.call('GET', '/v1/notifications/1/story')).status).toBe(404);
  });
});

it('an integrator is told of its own entities alone', async () => {
  const receiver = await receiving();
  const t = await started();
  await t.configure(receiver.url);
  const notification = fresh();
  const delivery = await t.deliver(change({ notification }));
  await t.finished(delivery);
  const own = await t.as('integrator', [ENTITY]);
  const foreign = await t.as('integrator', [{ organisation: '9900000002', department: '7' }]);
  for (const path of [`/v1/notifications/${notification}/story`, `/v1/deliveries/${delivery}/story`]) {
    expect((await own('GET', path)).status, path).toBe(200);
    const refused = await foreign('GET', path);
    const missing = await foreign('GET', path.replace(notification, '1').replace(delivery, NOWHERE));
    expect([refused.status, refused.body], path).toEqual([404, missing.body]);
  }
});
