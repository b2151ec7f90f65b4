import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { acknowledge, refuse } from '../support/receiver.ts';
import { TEST_KEY } from '../support/service.ts';
import { makeKey } from '../support/keys.ts';
import { until } from '../support/watch.ts';

const journey = sharedJourney();
const OTHER = { organisation: '9900000002', department: '7' };
/** More than one page of an export. */
const ROWS = 4_500;

beforeAll(async () => {
  const { t, receiver } = journey;
  await t.configure(receiver.url);
  await t.configure(receiver.url, {}, OTHER);
  receiver.reply = (request, response) =>
    (request.attempt === 1 ? refuse('=cmd|"calc", no') : acknowledge)(request, response);
  for (const entity of [ENTITY, OTHER]) {
    await t.finished(await t.deliver(change({ notification: fresh(), entity })));
  }
});

async function csv(path: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(journey.t.url + path, {
    headers: { authorization: `Bearer ${TEST_KEY}`, ...headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { response, bytes, lines: bytes.toString('utf8').split('\r\n') };
}

describe('an export', () => {
  it('has a byte order mark, titles in the language that is asked for, and a line for each delivery', async () => {
    const { response, bytes, lines } = await csv('/v1/deliveries.csv?lang=es');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="deliveries.csv"');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(lines[0]).toContain('Envío,Notificación,Estado,Organismo,Departamento');
    const { body } = await journey.t.call('GET', '/v1/deliveries?limit=200');
    expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(
      itemsOf(body.items).map(({ id }) => id),
    );
    expect(lines.at(-1)).toBe('');
    const [first] = itemsOf(body.items);
    expect(lines[1]).toContain(`,${String(first?.createdAt)},`);
  });

  it('takes the filters of the list, and no others', async () => {
    const own = await csv('/v1/deliveries.csv?organisation=9900000001&status=acknowledged');
    expect(own.lines).toHaveLength(3);
    expect((await csv('/v1/deliveries.csv?status=cancelled')).lines).toHaveLength(2);
    expect((await csv('/v1/deliveries.csv?limit=5')).response.status).toBe(400);
    expect((await csv('/v1/deliveries.csv?kind=Diari&state=ERROR')).response.status).toBe(400);
  });

  it('of the log keeps texts from outside from being formulas', async () => {
    const { lines } = await csv('/v1/communications.csv?outcome=refused');
    expect(lines.slice(1, -1)).toHaveLength(2);
    for (const line of lines.slice(1, -1)) expect(line).toContain(`,"'=cmd|""calc"", no"`);
  });

  it('goes on page by page, each row once, newest first', async () => {
    await journey.t.rows(
      `insert into nt30.aoc_nt_logs_comunicacio (log, enviament, organisme, departament, fase, intent, inici,
         durada_ms, resultat)
       select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, gen_random_uuid(), '9900000003', '1',
         'FASE_REPORT_ONLINE', 1, '2026-01-01Z', 12, 'faulted' from generate_series(1, ${ROWS}) n`,
    );
    const { lines } = await csv('/v1/communications.csv?organisation=9900000003');
    const ids = lines.slice(1, -1).map((line) => line.split(',')[0] ?? '');
    expect(ids).toHaveLength(ROWS);
    expect(ids).toEqual([...new Set(ids)].sort().toReversed());
    expect(lines[1]).toContain('2026-01-01 01:00:00,2026-01-01T00:00:00.000Z');
  });

  it('of a client that goes away ends, and gives its place back', async () => {
    const { text } = await makeKey(journey.t.database.db, 'operator', {});
    for (let time = 0; time < 4; time += 1) {
      const leaving = new AbortController();
      const response = await until(async () => {
        const answer = await fetch(`${journey.t.url}/v1/communications.csv`, {
          headers: { authorization: `Bearer ${text}` },
          signal: leaving.signal,
        });
        return answer.status === 200 ? answer : null;
      });
      if (response.body !== null) for await (const _ of Readable.fromWeb(response.body)) break;
      leaving.abort();
    }
    expect((await csv('/v1/communications.csv')).response.status).toBe(200);
  });
});

it('an integrator exports its own entities alone', async () => {
  const { text } = await makeKey(journey.t.database.db, 'integrator', { entities: [ENTITY] });
  for (const path of ['/v1/deliveries.csv', '/v1/communications.csv']) {
    const { lines, response } = await csv(path, { authorization: `Bearer ${text}` });
    expect(response.status).toBe(200);
    const all = lines.join('\n');
    expect(all).toContain(ENTITY.organisation);
    expect(all).not.toContain(OTHER.organisation);
    expect(
      (await csv(`${path}?organisation=9900000002`, { authorization: `Bearer ${text}` })).lines,
    ).toHaveLength(2);
  }
});

it('an auditor exports no texts of errors', async () => {
  const { text } = await makeKey(journey.t.database.db, 'auditor', {});
  const { lines } = await csv('/v1/communications.csv', { authorization: `Bearer ${text}` });
  expect(lines.join('\n')).not.toContain('calc');
});
