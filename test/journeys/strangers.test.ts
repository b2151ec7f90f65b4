import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, it } from 'vitest';
import { createSessions } from '../../src/api/auth/sessions.ts';
import { itemsOf } from '../support/answers.ts';
import { configuration, ENTITY } from '../support/changes.ts';
import { sharedJourney } from '../support/journey.ts';
import { refuse } from '../support/receiver.ts';
import { deliverToOther, OTHER, OTHER_NAME, OTHER_REFUSAL } from '../support/strangers.ts';

const journey = sharedJourney();

const NOWHERE = '00000000-0000-7000-8000-000000000000';

const Description = Type.Object({
  paths: Type.Record(
    Type.String(),
    Type.Record(
      Type.String(),
      Type.Object({
        'x-roles': Type.Optional(Type.Array(Type.String())),
        parameters: Type.Optional(Type.Array(Type.Object({ name: Type.String(), in: Type.String() }))),
      }),
    ),
  ),
});

const METHODS = ['GET', 'PUT', 'POST', 'DELETE'] as const;

/** Every call that is open to an integrator, as the service describes itself: a new one is tried without being named. */
async function openCalls() {
  const answer = await fetch(`${journey.t.url}/openapi.json`);
  const { paths } = Value.Parse(Description, await answer.json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([name, operation]) => {
      const method = METHODS.find((each) => each === name.toUpperCase());
      const isOpen = operation['x-roles']?.includes('integrator') === true;
      // A stream has no end; live.test.ts holds it to its reader’s own entities.
      if (method === undefined || !isOpen || path === '/v1/live') return [];
      const inQuery = operation.parameters?.filter((each) => each.in === 'query').map((each) => each.name);
      return [{ method, path, inQuery: inQuery ?? [] }];
    }),
  );
}

/** Somebody else's session. */
async function sessionOfOther() {
  const { t } = journey;
  const id = '4f1b6a52-7c1a-8000-8000-000000000003';
  const person = { id, name: 'Persona Aliena', role: 'operator', scope: null, key: null } as const;
  const origin = { by: 'provider', network: '192.0.2.0/24' } as const;
  await createSessions(t.database.db, 60_000).open(person, origin);
  const list = async () => itemsOf((await t.call('GET', `/v1/sessions?holder=${id}`)).body.items);
  const [session] = await list();
  return { id: String(session?.id), holder: id, name: person.name, list };
}

it('an integrator who tries each call with what is another’s is answered as of what does not exist', async () => {
  const { t, receiver } = journey;
  receiver.reply = refuse(OTHER_REFUSAL);
  await t.configure('https://backoffice.example/own');
  const other = await deliverToOther(t, receiver.url);
  const call = await t.as('integrator', [ENTITY]);
  const before = await Promise.all([
    t.call('GET', `/v1/entities/${OTHER.organisation}/${OTHER.department}`),
    t.delivery(other.delivery),
  ]);
  const session = await sessionOfOther();
  const marks = [...other.marks, session.name, session.holder];
  expect(JSON.stringify(before)).toContain(OTHER_NAME);
  const ids: Readonly<Record<string, string>> = {
    '/v1/deliveries': other.delivery,
    '/v1/communications': other.communication,
    '/v1/notifications': other.notification,
    '/v1/sessions': session.id,
  };
  const ofQuery: Readonly<Record<string, string>> = {
    ...OTHER,
    notification: other.notification,
    delivery: other.delivery,
    q: other.notification,
    holder: session.holder,
  };
  const body = configuration('https://thief.example/');
  const tried: string[] = [];
  for (const { method, path, inQuery } of await openCalls()) {
    const at = (id: string, { organisation, department }: typeof OTHER) =>
      path.replace('{id}', id).replace('{organisation}', organisation).replace('{department}', department);
    const own = Object.entries(ids).find(([start]) => path.startsWith(`${start}/{id}`))?.[1];
    if (path.includes('{id}')) expect(own, `${path} has an id that this test does not know`).toBeDefined();
    const sent = method === 'GET' ? undefined : path.includes('/entities/') ? body : {};
    const query = new URLSearchParams(
      inQuery.flatMap((name): [string, string][] => {
        const value = ofQuery[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ).toString();
    const suffix = query === '' ? '' : `?${query}`;
    const answer = await call(method, `${at(own ?? NOWHERE, OTHER)}${suffix}`, sent);
    tried.push(`${method} ${path}`);
    expect(
      marks.filter((mark) => answer.text.includes(mark)),
      `${method} ${path}`,
    ).toEqual([]);
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(500);
    if (!path.includes('{')) continue;
    const unknown = { organisation: '9900000099', department: '9' };
    const missing = await call(method, `${at(NOWHERE, unknown)}${suffix}`, sent);
    expect([answer.status, answer.body.code], `${method} ${path}`).toEqual([
      missing.status,
      missing.body.code,
    ]);
    expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
  }
  expect(tried.length).toBeGreaterThan(15);
  expect(
    await Promise.all([
      t.call('GET', `/v1/entities/${OTHER.organisation}/${OTHER.department}`),
      t.delivery(other.delivery),
    ]),
  ).toMatchObject([{ body: before[0].body }, before[1]]);
  expect(await session.list()).toHaveLength(1);
});
