import { OUTCOMES } from '../src/domain/attempt.ts';
import { STATUSES } from '../src/domain/delivery.ts';
import { median, rounded } from './figures.ts';
import { deliver, type Round } from './load.ts';
import { perDelivery, perSecond } from './compare.ts';
import { entity, ORIGINS } from './parts/changes.ts';
import { timeReads, type ReadTimes } from './reads.ts';
import type { Stage, Subject } from './stage.ts';

/** Finished deliveries, with all that belongs to them. */
const FINISHED = 100_000;

const WARM_UP = 5_000;

/** How long a list takes, in milliseconds, as its caller sees it. */
interface ListTime extends ReadTimes {
  readonly list: string;
}

/** What large tables cost. */
export interface FilledResult {
  readonly lists: readonly ListTime[];
  readonly slowestP95Ms: number;
  /** Medians of the rounds: a delivery with empty tables and with full ones. */
  readonly cpuMicrosEmpty: number;
  readonly cpuMicrosFilled: number;
  readonly perSecondEmpty: number;
  readonly perSecondFilled: number;
  /** The one by the other. */
  readonly cpuRatio: number;
  readonly wallRatio: number;
}

// The rows that 100,000 finished deliveries leave, each of its usual size; one in 50 was exhausted after seven
// attempts, of which the log here has the last alone.
const FILL = `
with r as (
  select n, 1 + n % $2::integer as k,
    encode(substring(int8send($3::bigint + n * 100) from 3) || decode('7000', 'hex'), 'hex') || '8000'
      || lpad(to_hex(n), 12, '0') as hex,
    800000000000 + n / 2 as notification,
    case when n % 2 = 0 then 'DIPOSITADA' else 'ACCEPTADA' end as state,
    to_timestamp(($3::bigint + n * 100) / 1000.0) as at,
    n % 50 = 0 as failed
  from generate_series(0, $1::integer - 1) n
), e as (
  select r.*, c.organisme, c.departament, p.punt, p.origen, p.url
  from r join nt30.aoc_nt_configuracio_callbacks c on c.organisme = (9900000000 + r.k)::text
  join nt30.aoc_nt_punts_recepcio p on p.entitat = c.entitat
), notifications as (
  insert into nt30.aoc_nt_notificacions (notificacio, tipus_objecte, creacio, organisme, departament, backoffice)
  select distinct on (notification) notification, 'NOTIFICACIO', 'INTEGRACIO', organisme, departament, 'GESTEXP'
  from e order by notification
), taken as (
  insert into nt30.aoc_nt_canvis_rebuts (id, resum, enviament)
  select hex, sha256(hex::bytea), hex::uuid from e
), changes as (
  insert into nt30.aoc_nt_canvis_estat (id, notificacio, estat, ocorregut, ocorregut_text, dades, enviament)
  select hex, notification, state, at, to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MSOF') || ':00',
    jsonb_build_object('backOffice', 'GESTEXP', 'reference', 'EXP-2026/' || n, 'issuerReference', 'A-' || n,
      'channel', 'DIGITAL', 'expirationDays', 10, 'registry', jsonb_build_object('number', 'S-2026-' || n)),
    hex::uuid
  from e order by n
), deliveries as (
  insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, backoffice,
    estat, posicio, situacio, primer, intents, gastats, proper_intent, darrer_resultat, punt, origen, creat,
    finalitzat)
  select hex::uuid, 'OnLine', notification, organisme, departament, 'GESTEXP', state, at,
    case when failed then 'exhausted' else 'acknowledged' end, true, case when failed then 7 else 1 end,
    case when failed then 7 else 0 end, at, case when failed then 'refused' else 'acknowledged' end, punt,
    origen, at, at
  from e order by n
), reports as (
  insert into nt30.aoc_nt_informes (enviament, versio, contingut)
  select hex::uuid, '4.0', repeat(md5(n::text), 40)
  from e
), log as (
  insert into nt30.aoc_nt_logs_comunicacio (log, enviament, notificacio, organisme, departament, estat, fase,
    intent, inici, durada_ms, punt_recepcio, resultat, http)
  select hex::uuid, hex::uuid, notification, organisme, departament, state, 'FASE_REPORT_ONLINE',
    case when failed then 7 else 1 end, at, 12, url,
    case when failed then 'refused' else 'acknowledged' end, 200
  from e order by n
)
insert into nt30.aoc_nt_cossos_comunicacio (log, peticio_capcaleres, peticio_resum, peticio_sobre,
  resposta_capcaleres, resposta)
select hex::uuid, jsonb_build_object('Idempotency-Key', hex, 'User-Agent', repeat(md5(n::text), 8)), md5(hex),
  '{}', jsonb_build_object('content-type', 'text/xml; charset=utf-8'), repeat(md5(n::text), 10)
from e`;

const EMPTY = `
truncate nt30.aoc_nt_enviaments, nt30.aoc_nt_informes, nt30.aoc_nt_logs_comunicacio,
  nt30.aoc_nt_cossos_comunicacio, nt30.aoc_nt_canvis_estat, nt30.aoc_nt_canvis_rebuts, nt30.aoc_nt_notificacions`;

/** Reads every list of 100,000 deliveries, and compares deliveries beside them with deliveries into empty tables. */
export async function filled(
  stage: Stage,
  rounds: number,
  deliveries: number,
  tell: (text: string) => void,
): Promise<FilledResult> {
  const empty = await stage.subject();
  const full = await stage.subject();
  tell(`writing ${FINISHED} finished deliveries`);
  const start = Date.now() - 86_400_000;
  await full.sql(FILL, [FINISHED, ORIGINS, start]);
  await full.sql('vacuum analyze');
  const lists = await readLists(full, start);
  for (const { list, p95Ms } of lists) tell(`p95 ${p95Ms.toFixed(1)} ms: ${list}`);
  for (const subject of [empty, full]) await deliver(stage, subject, { type: 'ndjson' }, WARM_UP);
  const atEmpty: Round[] = [];
  const atFull: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await empty.sql(EMPTY);
    const one = await deliver(stage, empty, { type: 'ndjson' }, deliveries);
    const other = await deliver(stage, full, { type: 'ndjson' }, deliveries);
    atEmpty.push(one);
    atFull.push(other);
    tell(
      `${round}/${rounds}: empty ${perDelivery(one).toFixed(0)} µs, ${perSecond(one).toFixed(0)}/s; filled ${perDelivery(other).toFixed(0)} µs, ${perSecond(other).toFixed(0)}/s`,
    );
  }
  const cpu = [atEmpty, atFull].map((of) => median(of.map(perDelivery)));
  const speed = [atEmpty, atFull].map((of) => median(of.map(perSecond)));
  const [cpuEmpty = Number.NaN, cpuFilled = Number.NaN] = cpu;
  const [speedEmpty = Number.NaN, speedFilled = Number.NaN] = speed;
  return {
    lists,
    slowestP95Ms: Math.max(...lists.map(({ p95Ms }) => p95Ms)),
    cpuMicrosEmpty: rounded(cpuEmpty),
    cpuMicrosFilled: rounded(cpuFilled),
    perSecondEmpty: Math.round(speedEmpty),
    perSecondFilled: Math.round(speedFilled),
    cpuRatio: rounded(cpuFilled / cpuEmpty, 2),
    wallRatio: rounded(speedEmpty / speedFilled, 2),
  };
}

async function readLists(subject: Subject, start: number): Promise<ListTime[]> {
  const { organisation, department } = entity(7);
  const instant = (share: number): string => new Date(start + share * FINISHED * 100).toISOString();
  const shared: Readonly<Record<string, string>>[] = [
    {},
    { limit: '200' },
    { organisation },
    { department },
    { organisation, department },
    { organisation: 'unknown' },
    { notification: '800000012345' },
    { state: 'ACCEPTADA' },
    { state: 'EXPIRADA' },
    { from: instant(0.5), to: instant(0.6) },
    { to: instant(0.01) },
    { organisation, state: 'DIPOSITADA', to: instant(0.5) },
    { department: 'unknown', state: 'ACCEPTADA' },
  ];
  const queries: [string, Readonly<Record<string, string>>][] = [
    ...[
      ...shared,
      ...STATUSES.map((status) => ({ status })),
      { organisation, status: 'exhausted' },
      { organisation, department, state: 'DIPOSITADA', status: 'acknowledged', from: instant(0.2) },
    ].map((query): [string, Readonly<Record<string, string>>] => ['/v1/deliveries', query]),
    ...[
      ...shared,
      ...OUTCOMES.map((outcome) => ({ outcome })),
      { organisation, outcome: 'refused' },
      { status: 'exhausted' },
    ].map((query): [string, Readonly<Record<string, string>>] => ['/v1/communications', query]),
  ];
  const times: ListTime[] = [];
  for (const [path, query] of queries) {
    const list = `${path}?${new URLSearchParams(query).toString()}`;
    times.push({ list, ...(await timeReads(async () => subject.call('GET', list))) });
  }
  return times;
}
