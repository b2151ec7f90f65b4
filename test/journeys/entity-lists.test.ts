import { beforeAll, describe, expect, it } from 'vitest';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import type { CallApi } from '../support/service.ts';

const journey = sharedJourney();
const OTHER = { organisation: '9900000002', department: '7' };
const GONE = { organisation: '9900000003', department: '1' };
const NAMES = { organisationName: 'Ajuntament de Sant Invent', departmentName: 'Secretaria' };

beforeAll(async () => {
  const { t, receiver } = journey;
  await t.configure(receiver.url);
  await t.configure('http://127.0.0.1:1/', { organisationName: 'Diputació de Ficció' }, OTHER);
  await t.configure(receiver.url, {}, GONE);
  await t.finished(await t.deliver(change({ notification: fresh() })));
  const failing = await t.deliver(change({ notification: fresh(), entity: OTHER }));
  await t.attempted(({ delivery }) => delivery === failing);
  await t.finished(await t.deliver(change({ notification: fresh(), entity: GONE })));
  const path = `/v1/entities/${GONE.organisation}/${GONE.department}`;
  expect((await t.call('DELETE', path)).status).toBe(204);
});

async function list(path: string, call: CallApi = journey.t.call) {
  const { status, body } = await call('GET', path);
  expect(status).toBe(200);
  return itemsOf(body.items);
}

describe.each(['deliveries', 'communications'])('each row of the %s', (name) => {
  it('has the names that its entity has now', async () => {
    await journey.t.configure(journey.receiver.url, NAMES);
    const [row] = await list(`/v1/${name}?organisation=9900000001`);
    expect(row?.entityName).toBe('Ajuntament de Sant Invent, Secretaria');
  });

  it('has none of an entity whose configuration is gone', async () => {
    const [row] = await list(`/v1/${name}?organisation=${GONE.organisation}`);
    expect(row).toMatchObject({ ...GONE, entityName: null });
  });
});

describe('the entities', () => {
  const path = `/v1/entities?organisation=${OTHER.organisation}`;

  it('are found by their codes alone', async () => {
    expect(await list(path)).toMatchObject([OTHER]);
    expect(await list(`${path}&department=7`)).toMatchObject([OTHER]);
    expect(await list(`${path}&department=8`)).toEqual([]);
  });

  it('are found by nobody who may not know of them', async () => {
    const integrator = await journey.t.as('integrator', [ENTITY]);
    expect(await list(path, integrator)).toEqual([]);
    expect(await list('/v1/entities?organisation=9900000001', integrator)).toMatchObject([ENTITY]);
  });

  it('say in a list since when they fail', async () => {
    const items = await list('/v1/entities');
    expect(items).toMatchObject([
      { ...OTHER, failingSince: expect.stringMatching(/^\d{4}-.*Z$/) },
      { ...ENTITY, failingSince: null },
    ]);
    const [failing] = await list('/v1/endpoints');
    expect(failing?.failingSince).toBe(items[0]?.failingSince);
  });
});
