import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { OUTCOMES, type Outcome } from '../domain/attempt.ts';
import { CERTIFICATE_KINDS, type CertificateKind } from '../domain/certificate.ts';
import {
  EVENT_TYPES,
  MOST_WAITING,
  NO_FACTS,
  type EventFacts,
  type EventType,
  type OperationalEvent,
} from '../domain/event.ts';
import { uuidV7 } from '../domain/uuid.ts';
import type { Queryable } from './database.ts';
import { epochMs } from './instants.ts';
import { Parameters } from './newest.ts';

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Count = Type.Optional(Type.Union([Type.Integer(), Type.Null()]));

/** What the column `dades` holds; what a type does not say is left out. */
const Facts = Compile(
  Type.Object({
    entityName: Text,
    origin: Text,
    stage: Text,
    since: Text,
    lastFailureAt: Text,
    failures: Count,
    outcome: Type.Optional(
      Type.Union([Type.Unsafe<Outcome>({ type: 'string', enum: [...OUTCOMES] }), Type.Null()]),
    ),
    code: Text,
    httpStatus: Count,
    waiting: Count,
    exhausted: Count,
    certificate: Type.Optional(
      Type.Object({
        kind: Type.Unsafe<CertificateKind>({ type: 'string', enum: [...CERTIFICATE_KINDS] }),
        fingerprint: Type.Union([Type.String(), Type.Null()]),
        expiresAt: Type.String(),
        endpoints: Type.Integer(),
      }),
    ),
  }),
);

/** An event about an endpoint, to be written. */
export interface NewEndpointEvent {
  /** The endpoint's row. */
  readonly endpoint: string;
  /** What makes it another event than the last of its type; null: the time of failures that it is about. */
  readonly once: string | null;
  /** What it says besides what is known of the endpoint. */
  readonly facts: Partial<Pick<EventFacts, 'stage' | 'exhausted'>>;
}

/** SQL of an instant as an event writes it. */
const isoText = (instant: string): string =>
  `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** SQL of how many deliveries of the endpoint `p` are unfinished, at most `MOST_WAITING`. */
export const WAITING_AT = `(select count(*)::integer from (
  select from nt30.aoc_nt_enviaments e where e.punt = p.punt and e.finalitzat is null limit ${MOST_WAITING}) w)`;

const insertAbout = (condition: string): string => `
insert into nt30.aoc_nt_esdeveniments (esdeveniment, moment, clau, tipus, organisme, departament, backoffice, dades)
select r.id, to_timestamp(r.at / 1000),
  concat_ws(':', r.type, p.punt, coalesce(r.once, ${epochMs('s.falla_des_de')}::text)),
  r.type, c.organisme, c.departament, p.backoffice,
  jsonb_build_object('entityName', c.nom_organisme || ', ' || c.nom_departament, 'origin', o.adreca,
    'since', ${isoText('s.falla_des_de')}, 'lastFailureAt', ${isoText('s.darrera_fallada')},
    'failures', s.fallades, 'outcome', s.darrer_resultat, 'code', s.darrer_codi, 'httpStatus', s.darrer_http,
    'waiting', ${WAITING_AT}) || r.facts
from json_to_recordset($1) as r(id uuid, at float8, type text, endpoint bigint, once text, facts jsonb)
join nt30.aoc_nt_salut_punts s on s.punt = r.endpoint
join nt30.aoc_nt_punts_recepcio p on p.punt = r.endpoint
join nt30.aoc_nt_configuracio_callbacks c on c.entitat = p.entitat
left join nt30.aoc_nt_origens o on o.origen = p.origen
where ${condition}
order by p.punt
on conflict (clau) do nothing
returning 1`;

const INSERT_ABOUT = insertAbout('true');
// What was never told to fail is not told to have recovered.
const INSERT_RECOVERED = insertAbout('s.avisos > 0');

/**
 * Writes events about endpoints, with what is known of their health in this transaction; of `endpoint.recovered`
 * those alone whose failures were told of. One that was written before is not written again.
 *
 * @param now milliseconds of the database's clock
 * @returns how many were new
 */
export async function insertEndpointEvents(
  tx: Queryable,
  type: EventType,
  events: readonly NewEndpointEvent[],
  now: number,
): Promise<number> {
  if (events.length === 0) return 0;
  const rows = events.map((event, place) => ({ id: uuidV7(now, place), at: now, type, ...event }));
  const statement = type === 'endpoint.recovered' ? INSERT_RECOVERED : INSERT_ABOUT;
  return (await tx.query(statement, [JSON.stringify(rows)])).length;
}

/** An event that is not about the health of an endpoint, to be written. */
export interface NewEvent extends Pick<
  OperationalEvent,
  'type' | 'organisation' | 'department' | 'backOffice'
> {
  /** What it tells, once. */
  readonly key: string;
  readonly facts: Partial<EventFacts>;
}

/** Writes events; one that was written before is not written again. */
export async function insertEvents(db: Queryable, events: readonly NewEvent[], now: number): Promise<void> {
  if (events.length === 0) return;
  await db.query(
    `insert into nt30.aoc_nt_esdeveniments (esdeveniment, moment, clau, tipus, organisme, departament, backoffice,
       dades)
     select r.id, to_timestamp($2::float8 / 1000), r.key, r.type, r.organisation, r.department, r."backOffice",
       r.facts
     from json_to_recordset($1) as r(id uuid, key text, type text, organisation text, department text,
       "backOffice" text, facts jsonb)
     order by r.key on conflict (clau) do nothing`,
    [JSON.stringify(events.map((event, place) => ({ id: uuidV7(now, place), ...event }))), now],
  );
}

/** SQL of the columns of event `v`, as `readEvent` takes them. */
export const EVENT_COLUMNS = `v.esdeveniment as id, v.moment as at, v.tipus as type, v.organisme as organisation,
  v.departament as department, v.backoffice as "backOffice", v.dades as facts`;

/** A row of `EVENT_COLUMNS`. */
export interface EventRow {
  id: string;
  at: Date;
  type: string;
  organisation: string | null;
  department: string | null;
  backOffice: string | null;
  facts: unknown;
}

/** @throws where another program wrote the row */
export function readEvent(row: EventRow): OperationalEvent {
  const type = EVENT_TYPES.find((known) => known === row.type);
  if (type === undefined) throw new Error('an event has a type that is not known');
  return {
    id: row.id,
    at: row.at.toISOString(),
    type,
    organisation: row.organisation,
    department: row.department,
    backOffice: row.backOffice === '' ? null : row.backOffice,
    ...NO_FACTS,
    ...Facts.Parse(row.facts),
  };
}

/** What the list of events is filtered by; null where one is not asked for. */
export interface EventFilters {
  readonly type: EventType | null;
  readonly organisation: string | null;
  readonly department: string | null;
  /** Ids from here on, included; and ids before here. */
  readonly floor: string | null;
  readonly ceiling: string | null;
}

/** What became of an event by one channel. */
export interface NoticeView {
  readonly channel: string;
  readonly status: 'pending' | 'sent' | 'given-up';
  readonly attempts: number;
  readonly sentAt: string | null;
  /** Why it was not sent the last time. */
  readonly errorCode: string | null;
}

/** Reads events, newest first, at most `limit`, each with its notices. */
export async function listEvents(
  db: Queryable,
  filters: EventFilters,
  limit: number,
): Promise<(OperationalEvent & { readonly notices: readonly NoticeView[] })[]> {
  const parameters = new Parameters();
  const conditions = Object.entries({
    'v.tipus =': filters.type,
    'v.organisme =': filters.organisation,
    'v.departament =': filters.department,
    'v.esdeveniment >=': filters.floor,
    'v.esdeveniment <': filters.ceiling,
  }).flatMap(([condition, value]) => (value === null ? [] : [`${condition} ${parameters.add(value)}`]));
  const rows = await db.query<EventRow & { notices: NoticeView[] }>(
    `select ${EVENT_COLUMNS}, array(
       select json_build_object('channel', a.canal, 'attempts', a.intents, 'errorCode', a.codi_error,
         'status', case when a.enviat is not null then 'sent' when a.proper_intent is null then 'given-up'
           else 'pending' end, 'sentAt', ${isoText('a.enviat')})
       from nt30.aoc_nt_avisos_esdeveniments a where a.esdeveniment = v.esdeveniment order by a.canal) as notices
     from nt30.aoc_nt_esdeveniments v
     ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
     order by v.esdeveniment desc limit ${parameters.add(limit)}`,
    parameters.values,
  );
  return rows.map(({ notices, ...row }) => ({ ...readEvent(row), notices }));
}
