import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_NOTIFICATIONS } from '../../src/api/soap/find-report.ts';
import { recoverRoutes } from '../../src/api/soap/routes.ts';
import { readItemsAt, listChangedOn } from '../../src/store/recovered.ts';
import { bodyError, ourRecoverContract } from '../contracts/schema.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { analyse, explaining, type Scan } from '../support/explain.ts';
import { keyOf, type TestKey } from '../support/keys.ts';
import { recoverMessage, recoverRequest } from '../support/recover.ts';
import { insertEntity } from '../support/rows.ts';

/** A day on which one notification more changed than an answer may have; some are of a back office. */
const FULL_DAY = '2026-05-20';
const OF_BACK_OFFICE = 10_000;
/** A day of some changes, nearly all of other departments. */
const QUIET_DAY = '2026-02-01';

const LOAD = `
with n as (
  select 1000000 + n as id, '1' as departament, case when n <= ${OF_BACK_OFFICE} then 'GESTEXP' end as backoffice,
    timestamptz '${FULL_DAY} 08:00+02' as ocorregut
  from generate_series(1, ${MAX_NOTIFICATIONS + 1}) n
  union all
  select 5000000 + n, case when n % 100 = 0 then '1' else '2' end, null,
    timestamptz '2026-01-01 12:00+01' + (n % 60) * interval '1 day'
  from generate_series(1, 30000) n
), i as (
  insert into nt30.aoc_nt_notificacions (notificacio, tipus_objecte, creacio, organisme, departament, backoffice)
  select id, 'NOTIFICACIO', 'INTEGRACIO', '9900000001', departament, backoffice from n
)
insert into nt30.aoc_nt_canvis_estat (id, notificacio, estat, ocorregut, ocorregut_text, dades)
select id::text, id, 'DIPOSITADA', ocorregut, to_char(ocorregut, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  json_build_object('reference', 'EXP-' || id || repeat(' d’un expedient inventat', 10),
    'issuerReference', null, 'channel', null, 'expirationDays', null, 'registry', null, 'signer', null,
    'channelChange', null)
from n order by ocorregut`;

let database: TestDatabase;
let api: TestApi;
let key: TestKey;

beforeAll(async () => {
  database = await createDatabase();
  await insertEntity(database.db);
  await database.db.query(LOAD);
  api = await startApi(database.db, [recoverRoutes]);
  key = await integratorKey();
}, 180_000);

afterAll(async () => {
  await api.close();
  await database.drop();
});

const ENTITY = { organisation: '9900000001', department: '1' };

async function integratorKey(): Promise<TestKey> {
  return keyOf(database.db, api, 'integrator', { entities: [ENTITY] });
}

async function pull(asked: Parameters<typeof recoverRequest>[0], by = key) {
  return by.request('/soap/reports/4.0', {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: recoverMessage(recoverRequest(asked)),
  });
}

interface Row {
  readonly outcome: string;
  readonly code: string | null;
  readonly notifications: number | null;
}

async function lastRow(): Promise<Row | undefined> {
  const [row] = await database.db.query<{
    outcome: string;
    code: string | null;
    notifications: number | null;
  }>(
    `select resultat as outcome, codi_error as code, notificacions as notifications
     from nt30.aoc_nt_logs_comunicacio order by log desc limit 1`,
  );
  return row;
}

/** A request whose answer has begun and is not read. */
async function begin(by: TestKey): Promise<{ answer: IncomingMessage; leave: () => void }> {
  const sent = httpRequest(`${api.url}/soap/reports/4.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', authorization: `Bearer ${by.text}` },
  });
  sent.on('error', () => undefined);
  sent.end(recoverMessage(recoverRequest({ date: FULL_DAY, backOffice: 'GESTEXP' })));
  const answer = await new Promise<IncomingMessage>((resolve) => {
    sent.once('response', resolve);
  });
  answer.on('error', () => undefined);
  return { answer, leave: () => sent.destroy() };
}

describe('a day with many notifications', () => {
  it('is sent piece by piece, whole and in order', async () => {
    const answer = await pull({ date: FULL_DAY, backOffice: 'GESTEXP' });
    expect([answer.status, answer.headers.get('transfer-encoding')]).toEqual([200, 'chunked']);
    const ids = [...answer.text.matchAll(/<IdNotificacio>(\d+)</g)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: OF_BACK_OFFICE }, (_, n) => 1_000_001 + n));
    expect(bodyError(ourRecoverContract().answers, answer.text)).toBeNull();
    expect(await lastRow()).toEqual({ outcome: 'answered', code: null, notifications: OF_BACK_OFFICE });
  });

  it('with more than an answer may have is error 103, which says what to do', async () => {
    const answer = await pull({ date: FULL_DAY });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('<CodiError>103</CodiError>');
    expect(answer.text).toContain('ask by BackOffice');
    expect(await lastRow()).toEqual({ outcome: 'refused', code: 'recover-103', notifications: null });
  });

  it('is sent to two readers of a key at once, and to no third; who goes away leaves a row and its place', async () => {
    const slow = await integratorKey();
    const first = await begin(slow);
    const second = await begin(slow);
    const third = await pull({ date: QUIET_DAY }, slow);
    expect([third.status, Number(third.headers.get('retry-after')) > 0]).toEqual([503, true]);
    expect(third.text).toContain('busy');
    expect((await pull({ notification: '1000001' }, slow)).status).toBe(200);
    expect((await pull({ date: QUIET_DAY })).status).toBe(200);
    first.leave();
    await vi.waitFor(
      async () => {
        const cutOff = await database.db.query(
          `select resultat, codi_error, notificacions from nt30.aoc_nt_logs_comunicacio
           where resultat = 'interrupted'`,
        );
        expect(cutOff).toEqual([
          { resultat: 'interrupted', codi_error: 'recover-cut-off', notificacions: null },
        ]);
      },
      { timeout: 10_000 },
    );
    expect((await pull({ date: QUIET_DAY }, slow)).status).toBe(200);
    second.leave();
  });
});

describe('the statements of a day', () => {
  const readOf = (scans: readonly Scan[], table: string): number =>
    scans.filter((scan) => scan.table === table).reduce((sum, { rows }) => sum + rows, 0);

  it.each(['before', 'after'])('read that day alone, %s the tables were analysed', async (when) => {
    if (when === 'after') await analyse(database.db);
    const { db, scans } = explaining(database.db);
    const ids = await listChangedOn(db, ENTITY, { day: QUIET_DAY, backOffice: null, limit: 1_000 });
    const [expected] = await database.db.query<{ day: number; own: number }>(
      `select count(*)::int as day, count(*) filter (where departament = '1')::int as own
       from nt30.aoc_nt_canvis_estat join nt30.aoc_nt_notificacions using (notificacio)
       where (ocorregut at time zone 'Europe/Madrid')::date = $1`,
      [QUIET_DAY],
    );
    expect(ids).toHaveLength(expected?.own ?? 0);
    const items = await readItemsAt(db, ids, QUIET_DAY);
    expect(items.map(({ notification }) => notification.id)).toEqual(ids);
    expect(scans.filter(({ type }) => type === 'Seq Scan')).toEqual([]);
    expect(readOf(scans, 'aoc_nt_canvis_estat')).toBeLessThanOrEqual((expected?.day ?? 0) + ids.length);
    expect(readOf(scans, 'aoc_nt_notificacions')).toBeLessThanOrEqual((expected?.day ?? 0) + ids.length);
  });
});
