import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_KEY_ENTITIES, type Scope } from '../../src/domain/key.ts';
import { isUuid, uuidFloor } from '../../src/domain/uuid.ts';
import type { ResendFilter } from '../../src/domain/resend-job.ts';
import { readBacklog } from '../../src/store/backlog.ts';
import { listCommunications, type CommunicationFilters } from '../../src/store/communications.ts';
import { listDeliveries } from '../../src/store/deliveries.ts';
import type { ListFilters } from '../../src/store/newest.ts';
import { previewResends } from '../../src/store/resend-creation.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { analyse, explaining, type Scan } from '../support/explain.ts';

/** Deliveries, and as many rows of the log. */
const ROWS = 30_000;
const START_MS = Date.parse('2026-01-01T00:00:00Z');
const LIMIT = 51;

/**
 * Rows that lie as badly as they can: one body has nearly all, the rare statuses and states come all at the
 * old end and belong to others, and each has combinations that no row has.
 */
const LOAD = `
with r as (
  select n,
    encode(substring(int8send($2::bigint + n * 1000) from 3) || decode('7000', 'hex'), 'hex')
      || '8000' || lpad(to_hex(n), 12, '0') as hex,
    case when n < 600 then '99' || lpad((n % 40)::text, 8, '0') else '9900009999' end as organisme,
    case when n < 600 then (n % 3)::text else (n % 5)::text end as departament,
    case when n < 300 then 'ERROR' when n % 2 = 0 then 'DIPOSITADA' else 'ACCEPTADA' end as estat,
    case when n < 200 then 'exhausted' when n < 220 then 'cancelled' when n > $1 - 20 then 'retrying'
      else 'acknowledged' end as situacio,
    to_timestamp(($2::bigint + n * 1000) / 1000.0) as creat
  from generate_series(1, $1::integer) n
), e as (
  insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, estat,
    posicio, situacio, primer, intents, proper_intent, creat, finalitzat)
  select hex::uuid, 'OnLine', 1000 + n / 2, organisme, departament, estat, creat, situacio, true, 1, creat,
    creat, case when situacio <> 'retrying' then creat end
  from r
), b as (
  insert into nt30.aoc_nt_cossos_comunicacio (log, text_error) select hex::uuid, 'invented' from r
)
insert into nt30.aoc_nt_logs_comunicacio (log, enviament, notificacio, organisme, departament, estat, fase,
  intent, inici, durada_ms, resultat)
select hex::uuid, hex::uuid, 1000 + n / 2, organisme, departament, estat, 'FASE_REPORT_ONLINE', 1, creat, 10,
  case when situacio = 'acknowledged' then 'acknowledged' when n % 2 = 0 then 'refused' else 'faulted' end
from r`;

const ANY: ListFilters = {
  scope: null,
  organisation: null,
  department: null,
  notification: null,
  state: null,
  result: null,
  floor: null,
  ceiling: null,
};

const ANY_RESEND: ResendFilter = {
  organisation: null,
  department: null,
  kind: null,
  state: null,
  status: null,
  from: null,
  to: null,
};

const MIDDLE = uuidFloor(START_MS + (ROWS / 2) * 1_000);
const OLD = uuidFloor(START_MS + 1_000_000);
const BIG = '9900009999';
const SMALL = '9900000007';

/** Filters of any list: alone, and combined where a walk in order would go through everything. */
const SHARED: Readonly<Record<string, Partial<ListFilters>>> = {
  nothing: {},
  'a period': { floor: OLD, ceiling: MIDDLE },
  'a cursor': { ceiling: MIDDLE },
  'a body': { organisation: BIG },
  'a small body': { organisation: SMALL },
  'an unknown body': { organisation: '0' },
  'an entity': { organisation: BIG, department: '1' },
  'a department of any body': { department: '2' },
  'an unknown department': { department: 'none' },
  'a notification': { notification: '5000' },
  'an unknown notification': { notification: '7' },
  'a state': { state: 'ACCEPTADA' },
  'a rare state': { state: 'ERROR' },
  'a state that no row has': { state: 'EXPIRADA' },
  'a state that the body has not': { organisation: BIG, state: 'ERROR' },
  'a body and a period': { organisation: BIG, floor: OLD, ceiling: MIDDLE },
  'a small body and a period': { organisation: SMALL, floor: MIDDLE },
  'a state and a cursor': { state: 'DIPOSITADA', ceiling: OLD },
};

/** As many entities as a key may have: of the large body, of small ones, and some that have no rows. */
const WIDE: Scope = Array.from({ length: MAX_KEY_ENTITIES }, (_, n) =>
  n < 5
    ? { organisation: BIG, department: String(n) }
    : { organisation: `99${String(n % 40).padStart(8, '0')}`, department: String(n % 3) },
);
const FEW: Scope = [
  { organisation: BIG, department: '1' },
  { organisation: BIG, department: '3' },
  { organisation: SMALL, department: '1' },
];

/** The same for readers who know of some entities alone. */
const SCOPED: Readonly<Record<string, Partial<ListFilters>>> = {
  'one entity that is known': { scope: [{ organisation: BIG, department: '2' }] },
  'no entity that is known': { scope: [] },
  'entities that are known': { scope: FEW },
  'many entities that are known': { scope: WIDE },
  'many that are known and a period': { scope: WIDE, floor: OLD, ceiling: MIDDLE },
  'many that are known and a rare state': { scope: WIDE, state: 'ERROR' },
  'many that are known and a usual result': { scope: WIDE, result: 'acknowledged' },
  'many that are known and a result that no row has': { scope: WIDE, result: 'waiting' },
  'a body of which some is known': { scope: FEW, organisation: BIG },
  'an entity that is known': { scope: FEW, organisation: BIG, department: '3' },
  'an entity that is not known': { scope: FEW, organisation: BIG, department: '2' },
  'a department of what is known': { scope: FEW, department: '1' },
  'a notification of what is known': { scope: WIDE, notification: '5000' },
  'a notification of what is not known': {
    scope: [
      { organisation: BIG, department: '9' },
      { organisation: SMALL, department: '9' },
    ],
    notification: '5000',
  },
};

const BY_STATUS: Readonly<Record<string, Partial<ListFilters>>> = {
  'the usual status': { result: 'acknowledged' },
  'a rare status': { result: 'exhausted' },
  'a status that no row has': { result: 'waiting' },
  'a status that the body has not': { organisation: BIG, result: 'exhausted' },
  'a status that the entity has not': { organisation: BIG, department: '1', result: 'cancelled' },
  'a status that the state has not': { state: 'ACCEPTADA', result: 'waiting' },
  'a status and a period without it': { result: 'exhausted', floor: MIDDLE },
  'a status, a state and an entity': {
    organisation: BIG,
    department: '3',
    state: 'ACCEPTADA',
    result: 'acknowledged',
  },
};

const LOG_ONLY: Readonly<Record<string, Partial<CommunicationFilters>>> = {
  'the usual outcome': { result: 'acknowledged' },
  'a rare outcome': { result: 'refused' },
  'an outcome that no row has': { result: 'blocked' },
  'an outcome that the body has not': { organisation: BIG, result: 'refused' },
  'an outcome that the state has not': { state: 'ACCEPTADA', result: 'unreachable' },
  'the usual status of the delivery': { status: 'acknowledged' },
  'a rare status of the delivery': { status: 'exhausted' },
  'a status of the delivery that no row has': { status: 'waiting' },
  'a status of the delivery that the body has not': { organisation: BIG, status: 'exhausted' },
  'a status of the delivery and an outcome': { status: 'exhausted', result: 'faulted' },
  'a notification and a status of the delivery': { notification: '5000', status: 'acknowledged' },
};

/** The large tables, which are never read through. */
const LARGE = new Set(['aoc_nt_enviaments', 'aoc_nt_logs_comunicacio', 'aoc_nt_cossos_comunicacio']);

/** A page of each of some dozens of combinations, and as many deliveries as are looked up one by one. */
const MOST_ROWS_READ = 4_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  await database.db.query('alter table nt30.aoc_nt_enviaments set (autovacuum_enabled = off)');
  await database.db.query('alter table nt30.aoc_nt_logs_comunicacio set (autovacuum_enabled = off)');
  await database.db.query(LOAD, [ROWS, START_MS]);
});

afterAll(() => database.drop());

function expectNarrow(scans: readonly Scan[]): void {
  const large = scans.filter(({ table }) => LARGE.has(table));
  expect(large.filter(({ type }) => type === 'Seq Scan')).toEqual([]);
  expect(large.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(MOST_ROWS_READ);
}

// The planner knows nothing of the rows in the first minute after they come, and much later on.
describe.each(['before', 'after'])('%s the tables were analysed', (when) => {
  beforeAll(async () => {
    if (when === 'after') await analyse(database.db);
  });

  it.each(Object.entries({ ...SHARED, ...SCOPED, ...BY_STATUS }))(
    'deliveries by %s are found through an index',
    async (_name, filters) => {
      const { db, scans } = explaining(database.db);
      const found = await listDeliveries(db, { ...ANY, kind: null, ...filters }, LIMIT);
      expectNarrow(scans);
      expect(found.map(({ id }) => id)).toEqual(await expectedDeliveries(filters));
    },
  );

  it.each(Object.entries({ ...SHARED, ...SCOPED, ...LOG_ONLY }))(
    'communications by %s are found through an index',
    async (_name, filters) => {
      const { db, scans } = explaining(database.db);
      const found = await listCommunications(db, { ...ANY, status: null, ...filters }, LIMIT);
      expectNarrow(scans);
      expect(found.map(({ id }) => id)).toEqual(await expectedCommunications(filters));
    },
  );

  it.each<[string, Partial<ResendFilter>]>([
    ['a rare status and a period', { status: 'exhausted', from: '2026-01-01T00:00:00.000Z' }],
    ['a small body', { organisation: SMALL }],
    ['a short period', { from: '2026-01-01T01:00:00.000Z', to: '2026-01-01T01:10:00.000Z' }],
  ])('what is sent again by %s is found without reading the rest', async (_name, filter) => {
    const { db, scans } = explaining(database.db);
    const { total } = await previewResends(db, { ...ANY_RESEND, ...filter });
    expect(total).toBeGreaterThan(0);
    expectNarrow(scans);
  });

  it('the backlog is counted without reading what is finished', async () => {
    const { db, scans } = explaining(database.db);
    const backlog = await readBacklog(db);
    expect(backlog).toEqual([expect.objectContaining({ status: 'retrying', deliveries: 20 })]);
    expectNarrow(scans);
  });
});

/** The same rows by the plainest query. */
const PLAIN = `
  ($1::text is null or organisme = $1) and ($2::text is null or departament = $2)
  and ($3::bigint is null or t.notificacio = $3) and ($4::text is null or t.estat = $4)`;

function plainValues(filters: Partial<ListFilters>): unknown[] {
  const { organisation, department, notification, state, result, floor, ceiling } = { ...ANY, ...filters };
  return [organisation, department, notification, state, result, floor, ceiling, LIMIT];
}

/** What a reader of the scope knows of; a condition without parameters, for these codes need no escapes. */
function plainScope({ scope = null }: Partial<ListFilters>): string {
  if (scope === null) return 'true';
  const known = scope.map(({ organisation, department }) => `('${organisation}', '${department}')`);
  return known.length === 0 ? 'false' : `(organisme, departament) in (${known.join(', ')})`;
}

async function expectedDeliveries(filters: Partial<ListFilters>): Promise<string[]> {
  const rows = await database.db.query<{ id: string }>(
    `select enviament as id from nt30.aoc_nt_enviaments t where ${PLAIN} and ${plainScope(filters)}
       and ($5::text is null or situacio = $5) and ($6::uuid is null or enviament >= $6)
       and ($7::uuid is null or enviament < $7)
     order by enviament desc limit $8`,
    plainValues(filters),
  );
  return rows.map(({ id }) => id).filter(isUuid);
}

async function expectedCommunications(filters: Partial<CommunicationFilters>): Promise<string[]> {
  const rows = await database.db.query<{ id: string }>(
    `select log as id from nt30.aoc_nt_logs_comunicacio t where ${PLAIN} and ${plainScope(filters)}
       and ($5::text is null or resultat = $5) and ($6::uuid is null or log >= $6)
       and ($7::uuid is null or log < $7)
       and ($9::text is null or $9 = (select e.situacio from nt30.aoc_nt_enviaments e where e.enviament = t.enviament))
     order by log desc limit $8`,
    [...plainValues(filters), filters.status ?? null],
  );
  return rows.map(({ id }) => id).filter(isUuid);
}
