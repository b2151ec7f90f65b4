import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import type { Status } from '../../src/domain/delivery.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { insertDelivery, type DeliveryOptions } from '../support/rows.ts';

const PATH = '/v1/entities/9900000001/1';
const NAMES = { organisationName: 'Ajuntament Inventat', departmentName: 'Secretaria' };
const URL_A = 'https://backoffice.example/reports';
const URL_B = 'https://other.example:8443/reports';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createDatabase();
  api = await startApi(database.db, [entityRoutes]);
});

beforeEach(async () => {
  api.woken.length = 0;
  await database.db.query(`truncate nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio,
    nt30.aoc_nt_enviaments, nt30.aoc_nt_logs_comunicacio, nt30.aoc_nt_cossos_comunicacio`);
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

const put = async (body: unknown) => api.request(PATH, { method: 'PUT', body });

describe('unfinished deliveries', () => {
  interface DeliveryRow extends Record<string, unknown> {
    situacio: Status;
    bloquejat: string | null;
    address: string | null;
    url: string | null;
    due: boolean;
    darrer_resultat: string | null;
  }

  /** Deliveries of the entity as it is configured now, each by its own notification. */
  async function deliver(options: DeliveryOptions & { to?: string }): Promise<string> {
    const [punt] = await database.db.query<{ punt: string; origen: string | null; missing: boolean }>(
      `select punt, origen, manca <> '{}' as missing from nt30.aoc_nt_punts_recepcio where backoffice = $1`,
      [options.to ?? ''],
    );
    return insertDelivery(database.db, {
      notification: String(Math.floor(Math.random() * 1e12)),
      dueAt: Date.now() + 3_600_000,
      endpoint: punt?.punt ?? null,
      origin: punt?.origen ?? null,
      blockedBy: punt?.missing === true ? 'configuration-incomplete' : null,
      ...options,
    });
  }

  async function row(id: string): Promise<DeliveryRow | undefined> {
    const [found] = await database.db.query<DeliveryRow>(
      `select e.situacio, e.bloquejat, o.adreca as address, p.url, e.proper_intent <= now() as due, e.darrer_resultat
       from nt30.aoc_nt_enviaments e left join nt30.aoc_nt_punts_recepcio p using (punt)
       left join nt30.aoc_nt_origens o on o.origen = e.origen where enviament = $1`,
      [id],
    );
    return found;
  }

  const logOf = async (id: string) =>
    database.db.query(
      `select l.resultat, l.codi_error, l.intent, l.durada_ms, l.fase, l.punt_recepcio, c.text_error
       from nt30.aoc_nt_logs_comunicacio l join nt30.aoc_nt_cossos_comunicacio c using (log)
       where enviament = $1`,
      [id],
    );

  const A = { ...NAMES, endpoint: { url: URL_A } };
  const B = { ...NAMES, endpoint: { url: URL_B } };
  const NONE = { ...NAMES };

  it('follow a new address; a retry keeps its time, and both origins are woken', async () => {
    await put(A);
    const retrying = await deliver({ status: 'retrying' });
    const queued = await deliver({ status: 'queued' });
    const finished = await deliver({ status: 'acknowledged' });
    await put(B);
    const moved = { url: URL_B, address: 'https://other.example:8443', bloquejat: null };
    expect(await row(retrying)).toMatchObject({ ...moved, situacio: 'retrying', due: false });
    expect(await row(queued)).toMatchObject({ ...moved, situacio: 'queued' });
    expect(await row(finished)).toMatchObject({ address: 'https://backoffice.example:443' });
    expect(new Set(api.woken).size).toBe(2);
    expect(await logOf(retrying)).toEqual([]);
  });

  it('wait when the configuration comes to lack something, with one row in the log', async () => {
    await put(A);
    const waiting = await deliver({ status: 'waiting' });
    const queued = await deliver({ status: 'queued' });
    const queuedAgain = await deliver({ status: 'queued', attempts: 2 });
    const sending = await deliver({ status: 'sending' });
    await put(NONE);
    const blocked = { bloquejat: 'configuration-incomplete', address: null };
    expect(await row(waiting)).toMatchObject({ ...blocked, situacio: 'waiting', darrer_resultat: 'blocked' });
    expect(await row(queued)).toMatchObject({ ...blocked, situacio: 'waiting' });
    expect(await row(queuedAgain)).toMatchObject({ ...blocked, situacio: 'retrying' });
    expect(await row(sending)).toMatchObject({ ...blocked, situacio: 'sending', darrer_resultat: null });
    await put({ ...NONE, online: false });
    for (const id of [waiting, queued, queuedAgain, sending]) {
      expect(await logOf(id)).toEqual([
        {
          resultat: 'blocked',
          codi_error: 'configuration-incomplete',
          intent: null,
          durada_ms: 0,
          fase: 'FASE_REPORT_ONLINE',
          punt_recepcio: null,
          text_error: 'The configuration lacks: endpoint.url.',
        },
      ]);
    }
  });

  it('go out at once when what was missing is there', async () => {
    await put(NONE);
    const waiting = await deliver({ status: 'waiting' });
    const refused = await deliver({ status: 'retrying', blockedBy: 'address-not-allowed' });
    await put(A);
    const due = { bloquejat: null, due: true, url: URL_A, address: 'https://backoffice.example:443' };
    expect(await row(waiting)).toMatchObject({ ...due, situacio: 'waiting' });
    expect(await row(refused)).toMatchObject({ ...due, situacio: 'retrying' });
    expect(api.woken).toHaveLength(1);
  });

  it('that 3.2 cannot express go out when they are sent in 4.0, whatever else changed before', async () => {
    const in32 = (url: string | null) => ({ ...NAMES, endpoint: { url, messageVersion: '3.2' } });
    await put(in32(URL_A));
    const id = await deliver({ status: 'waiting', blockedBy: 'version-cannot-express' });
    await put(in32(URL_B));
    expect(await row(id)).toMatchObject({ bloquejat: 'version-cannot-express', url: URL_B, due: false });
    expect(await logOf(id)).toEqual([]);
    await put(in32(null));
    expect(await row(id)).toMatchObject({ bloquejat: 'configuration-incomplete' });
    expect(await logOf(id)).toMatchObject([{ codi_error: 'configuration-incomplete' }]);
    const other = await deliver({ status: 'waiting', blockedBy: 'version-cannot-express' });
    await put(B);
    for (const each of [id, other]) {
      expect(await row(each)).toMatchObject({ bloquejat: null, due: true, situacio: 'waiting' });
    }
  });

  it('of a back office go to its endpoint while it has one', async () => {
    await put(A);
    const own = await deliver({ status: 'waiting', backOffice: 'GESTEXP' });
    const other = await deliver({ status: 'waiting', backOffice: 'ALTRE' });
    const nobody = await deliver({ status: 'waiting' });
    await put({ ...A, backOffices: { GESTEXP: { endpoint: { url: URL_B } } } });
    expect(await row(own)).toMatchObject({ url: URL_B });
    expect(await row(other)).toMatchObject({ url: URL_A });
    expect(await row(nobody)).toMatchObject({ url: URL_A });
    await put({ ...A, backOffices: { GESTEXP: { endpoint: {} } } });
    expect(await row(own)).toMatchObject({ bloquejat: 'configuration-incomplete', url: null });
    expect(await logOf(own)).toMatchObject([
      { text_error: 'The configuration lacks: backOffices.GESTEXP.endpoint.url.' },
    ]);
    await put(A);
    expect(await row(own)).toMatchObject({ url: URL_A, bloquejat: null, due: true });
  });

  it('by the thousand follow in a few statements', async () => {
    await put(A);
    const one = await deliver({ status: 'queued' });
    await database.db.query(
      `insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, estat,
         posicio, situacio, primer, proper_intent, punt, origen, creat)
       select gen_random_uuid(), tipus_informe, n, organisme, departament, estat, posicio, situacio, primer,
         proper_intent, punt, origen, creat
       from nt30.aoc_nt_enviaments, generate_series(1, 3000) n where enviament = $1`,
      [one],
    );
    const before = database.db.counters.statements;
    expect((await put(NONE)).status).toBe(200);
    expect(database.db.counters.statements - before).toBeLessThan(20);
    const [counts] = await database.db.query(
      `select count(*)::integer as blocked, (select count(*)::integer from nt30.aoc_nt_logs_comunicacio) as logged
       from nt30.aoc_nt_enviaments where bloquejat is not null and situacio = 'waiting' and origen is null`,
    );
    expect(counts).toEqual({ blocked: 3_001, logged: 3_001 });
  });

  it('keep the configuration from being deleted', async () => {
    await put(A);
    const id = await deliver({ status: 'waiting' });
    const remove = async (headers = {}) => api.request(PATH, { method: 'DELETE', headers });
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'entity-in-use' } });
    await database.db.query(
      `update nt30.aoc_nt_enviaments set situacio = 'cancelled', finalitzat = now() where enviament = $1`,
      [id],
    );
    expect((await remove({ 'if-match': '"0.0"' })).status).toBe(412);
    const tag = (await api.request(PATH)).headers.get('etag');
    expect(await remove({ 'if-match': tag ?? '' })).toMatchObject({ status: 204, text: '' });
    expect((await remove()).status).toBe(404);
    expect(await row(id)).toMatchObject({ situacio: 'cancelled' });
  });
});
