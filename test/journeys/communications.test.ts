import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { communicationRoutes } from '../../src/api/routes/communications.ts';
import { DEFAULT_ENDPOINT } from '../../src/domain/entity.ts';
import { writeEnvelope } from '../../src/soap/envelope.ts';
import { writeReport40 } from '../../src/soap/report-40.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import {
  DEPARTMENT,
  insertCommunication,
  insertDelivery,
  insertEntity,
  inventedReport,
  ORGANISATION,
} from '../support/rows.ts';
import { itemsOf } from '../support/answers.ts';
import { serveRoutes, type ServedRoutes } from '../support/serve-routes.ts';

const NOON_MS = Date.parse('2026-11-24T12:00:00.000Z');

let database: TestDatabase;
let api: ServedRoutes;

beforeAll(async () => {
  database = await createDatabase();
  api = await serveRoutes(database.db, [communicationRoutes]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

afterEach(async () => {
  await database.db.query(`truncate nt30.aoc_nt_enviaments, nt30.aoc_nt_informes, nt30.aoc_nt_notificacions,
    nt30.aoc_nt_logs_comunicacio, nt30.aoc_nt_cossos_comunicacio`);
});

const ids = (list: unknown): unknown[] => itemsOf(list).map(({ id }) => id);

describe('the communications log', () => {
  it('shows each attempt with every member, newest start first', async () => {
    await insertEntity(database.db);
    const delivery = await insertDelivery(database.db);
    const first = await insertCommunication(database.db, delivery, {
      startedAt: NOON_MS,
      outcome: 'refused',
      errorCode: 'error-element',
      errorText: 'Element desconegut',
    });
    const second = await insertCommunication(database.db, delivery, { startedAt: NOON_MS + 5, attempt: 2 });
    const { status, body } = await api.get('/v1/communications');
    expect(status).toBe(200);
    expect(ids(body.items)).toEqual([second, first]);
    expect(itemsOf(body.items)[1]).toEqual({
      id: first,
      delivery,
      notification: '900000000001',
      organisation: ORGANISATION,
      department: DEPARTMENT,
      entityName: 'Ajuntament Inventat, Secretaria',
      phase: 'FASE_REPORT_ONLINE',
      attempt: 1,
      startedAt: '2026-11-24T12:00:00.000Z',
      durationMs: 12,
      endpoint: 'https://backoffice.example/reports',
      outcome: 'refused',
      httpStatus: 200,
      errorCode: 'error-element',
      errorText: 'Element desconegut',
      pull: null,
    });
  });

  it('is paged without a row twice, though attempts are written while it is read', async () => {
    const delivery = await insertDelivery(database.db);
    const made: string[] = [];
    for (let n = 1; n <= 5; n += 1) {
      made.unshift(
        await insertCommunication(database.db, delivery, { startedAt: NOON_MS + n * 10, attempt: n }),
      );
    }
    const read: unknown[] = [];
    let path = '/v1/communications?limit=2';
    for (let page = 1; ; page += 1) {
      const { body } = await api.get(path);
      read.push(...ids(body.items));
      const { next } = body;
      if (typeof next !== 'string') break;
      await insertCommunication(database.db, delivery, {
        startedAt: NOON_MS + 100 + page,
        attempt: 10 + page,
      });
      path = `/v1/communications?limit=2&after=${next}`;
    }
    expect(read).toEqual(made);
  });

  it('combines outcome, the delivery’s status, entity, notification, state and period', async () => {
    const exhausted = await insertDelivery(database.db, { status: 'exhausted', notification: '5' });
    const other = await insertDelivery(database.db, { status: 'acknowledged', notification: '6' });
    const facts = { notification: '5', organisation: '77', department: '3', state: 'ERROR' } as const;
    const wanted = await insertCommunication(database.db, exhausted, {
      ...facts,
      startedAt: NOON_MS,
      outcome: 'faulted',
    });
    await insertCommunication(database.db, exhausted, {
      ...facts,
      startedAt: NOON_MS - 1,
      attempt: 2,
      outcome: 'refused',
    });
    await insertCommunication(database.db, other, {
      ...facts,
      notification: '6',
      startedAt: NOON_MS,
      outcome: 'faulted',
    });
    await database.db.query(
      `update nt30.aoc_nt_enviaments set organisme = '77', departament = '3', estat = 'ERROR'`,
    );
    const entity = 'organisation=77&department=3&state=ERROR';
    const period = 'from=2026-11-24T12:00:00Z&to=2026-11-24T12:00:00.001Z';
    for (const query of [
      'status=exhausted&outcome=faulted',
      `status=exhausted&outcome=faulted&${entity}&${period}`,
      'notification=5&outcome=faulted',
      `notification=5&status=exhausted&${period}`,
      `organisation=77&status=exhausted&${period}`,
    ]) {
      const { body } = await api.get(`/v1/communications?${query}`);
      expect(ids(body.items), query).toEqual([wanted]);
    }
    expect((await api.get('/v1/communications?status=cancelled')).body).toEqual({ items: [], next: null });
  });

  it.each(['outcome=lost', 'status=lost', 'after=!', 'delivery=x'])('refuses %s', async (query) => {
    expect(await api.get(`/v1/communications?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
  });
});

describe('one communication', () => {
  const { envelope } = DEFAULT_ENDPOINT;
  const sent = writeEnvelope(writeReport40(inventedReport('900000000001', 'DIPOSITADA')), envelope);
  const requestHash = createHash('sha256').update(sent).digest('hex');
  const requestHeaders = { 'Content-Type': 'text/xml; charset=utf-8', Authorization: '***' };

  it('has the request, rebuilt byte for byte, the answer, and where the time went', async () => {
    const delivery = await insertDelivery(database.db);
    const response = { headers: { 'content-type': 'text/xml' }, body: '<answer/>' };
    const phases = { connectingMs: 3, waitingMs: 9, readingMs: null };
    const id = await insertCommunication(database.db, delivery, {
      requestHeaders,
      requestHash,
      envelope,
      response,
      phases,
    });
    const { status, body } = await api.get(`/v1/communications/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, delivery, request: { headers: requestHeaders, body: sent } });
    expect(body).toMatchObject({ response, phases });
  });

  it('has no request’s body where the report was written anew since', async () => {
    const delivery = await insertDelivery(database.db);
    const id = await insertCommunication(database.db, delivery, { requestHeaders, requestHash, envelope });
    await database.db.query(`update nt30.aoc_nt_informes set contingut = '<Report/>'`);
    const { body } = await api.get(`/v1/communications/${id}`);
    expect(body).toMatchObject({ request: { headers: requestHeaders, body: null }, response: null });
  });

  it('has neither where nothing was sent', async () => {
    const delivery = await insertDelivery(database.db);
    const id = await insertCommunication(database.db, delivery, {
      outcome: 'blocked',
      attempt: null,
      endpoint: null,
      httpStatus: null,
      errorCode: 'configuration-incomplete',
    });
    const { body } = await api.get(`/v1/communications/${id}`);
    expect(body).toMatchObject({
      attempt: null,
      endpoint: null,
      request: null,
      response: null,
      phases: null,
    });
  });

  it('keeps its row when what may quote personal data is gone', async () => {
    const delivery = await insertDelivery(database.db);
    const id = await insertCommunication(database.db, delivery, {
      requestHeaders,
      requestHash,
      envelope,
      errorText: 'quoted',
      response: { headers: {}, body: 'x' },
    });
    await database.db.query('delete from nt30.aoc_nt_cossos_comunicacio');
    const { status, body } = await api.get(`/v1/communications/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, errorText: null, request: null, response: null });
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'x'])('that is not there (%s) is a 404', async (id) => {
    expect(await api.get(`/v1/communications/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});
