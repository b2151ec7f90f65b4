import { beforeAll, describe, expect, it } from 'vitest';
import { fillReferences } from '../../src/store/references.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { sharedJourney } from '../support/journey.ts';
import type { CallApi } from '../support/service.ts';

const journey = sharedJourney();
const OTHER = { organisation: '9900000002', department: '7' };
const OWN_NOTIFICATION = '987654321001';
const OTHER_NOTIFICATION = '987654321002';
let own: string;
let other: string;
let integrator: CallApi;

beforeAll(async () => {
  const { t, receiver } = journey;
  await t.configure(receiver.url, {
    organisationName: 'Ajuntament de Sant Invent',
    departmentName: 'Secretaria',
  });
  await t.configure(
    receiver.url,
    { organisationName: 'Diputació de Ficció', departmentName: 'Àrea d’Hisenda' },
    OTHER,
  );
  own = await t.deliver(change({ notification: OWN_NOTIFICATION, facts: { reference: 'EXP-2026/0042' } }));
  other = await t.deliver(
    change({ notification: OTHER_NOTIFICATION, entity: OTHER, facts: { reference: 'EXP-2026/0043_x' } }),
  );
  integrator = await t.as('integrator', [ENTITY]);
});

async function find(q: string, call: CallApi = journey.t.call): Promise<unknown[]> {
  const { status, body } = await call('GET', `/v1/search?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
  return itemsOf(body.items).map(({ kind, id }) => `${String(kind)} ${String(id)}`);
}

describe('what people have at hand is found', () => {
  it('by a notification’s number, or its beginning', async () => {
    expect(await find(OWN_NOTIFICATION)).toEqual([`notification ${OWN_NOTIFICATION}`]);
    expect(await find('9876543210')).toEqual([
      `notification ${OWN_NOTIFICATION}`,
      `notification ${OTHER_NOTIFICATION}`,
    ]);
    expect(await find('1'.repeat(30))).toEqual([]);
  });

  it.each(['before', 'after'])('by a reference, or its beginning, %s it is filled in', async (when) => {
    if (when === 'after') {
      await journey.t.rows(`update nt30.aoc_nt_canvis_estat set rebut = rebut - interval '2 minutes'`);
      await fillReferences(journey.t.database.db);
      const [row] = await journey.t.rows<{ n: number }>(
        'select count(*)::int as n from nt30.aoc_nt_referencies',
      );
      expect(row?.n).toBe(2);
    }
    expect(await find('EXP-2026/0042')).toEqual([`notification ${OWN_NOTIFICATION}`]);
    expect(await find('EXP-2026')).toHaveLength(2);
    expect(await find('EXP-2026/0043_')).toEqual([`notification ${OTHER_NOTIFICATION}`]);
    expect(await find('EXP-2026/004_')).toEqual([]);
  });

  it('by a delivery’s id, or its beginning', async () => {
    expect(await find(own)).toEqual([`delivery ${own}`]);
    expect(await find(own.slice(0, 24).toUpperCase())).toEqual([`delivery ${own}`]);
    expect(await find(own.slice(0, 7))).toEqual([]);
  });

  it('by an entity’s code, or beginnings of words of its names, without accents', async () => {
    expect(await find('9900000002')).toEqual(['entity 9900000002/7']);
    expect(await find('9900000002/7')).toEqual(['entity 9900000002/7']);
    expect(await find('ficcio')).toEqual(['entity 9900000002/7']);
    expect(await find('diputacio de fic')).toEqual(['entity 9900000002/7']);
    expect(await find('HISENDA')).toEqual(['entity 9900000002/7']);
    expect(await find('inventat ajunt')).toEqual(['entity 9900000001/1']);
    expect(await find(`d'Hisenda & !x | (`)).toEqual([]);
  });

  it('has a title and its entity', async () => {
    const { body } = await journey.t.call('GET', `/v1/search?q=${OWN_NOTIFICATION}`);
    expect(itemsOf(body.items)).toEqual([
      { kind: 'notification', id: OWN_NOTIFICATION, title: 'EXP-2026/0042', ...ENTITY, notification: null },
    ]);
  });

  it.each(['', '%20', 'x'.repeat(256), '%00'])('but not for nothing: %s', async (q) => {
    expect((await journey.t.call('GET', `/v1/search?q=${q}`)).status).toBe(400);
  });
});

it('an integrator finds its own entities alone', async () => {
  expect(await find(OTHER_NOTIFICATION, integrator)).toEqual([]);
  expect(await find(other, integrator)).toEqual([]);
  expect(await find('EXP-2026', integrator)).toEqual([`notification ${OWN_NOTIFICATION}`]);
  expect(await find('99000', integrator)).toEqual(['entity 9900000001/1']);
  expect(await find('ficcio', integrator)).toEqual([]);
});
