import type { Outcome } from '../domain/attempt.ts';
import type { Scope } from '../domain/key.ts';
import type { EntityKey } from '../domain/notification.ts';
import { CALLBACK_STATES } from '../domain/state.ts';
import type { Queryable } from './database.ts';
import { WAITING_AT } from './events.ts';
import { epochMs } from './instants.ts';
import { Parameters } from './newest.ts';
import { TROUBLED } from './troubled-endpoints.ts';

/** What keeps the deliveries of an endpoint from going out, the worst first. */
export const STANDING_CAUSES = ['suspended', 'failing', 'probed', 'incomplete', 'paused'] as const;
type StandingCause = (typeof STANDING_CAUSES)[number];

/** An endpoint whose deliveries do not go out as they should, and why. Instants are milliseconds since the epoch. */
export interface Standing extends EntityKey {
  readonly cause: StandingCause;
  /** '' for the entity's own endpoint. */
  readonly backOffice: string;
  readonly organisationName: string;
  readonly departmentName: string;
  /** Its server: scheme, host, port; null where none is configured. */
  readonly origin: string | null;
  /** Null for a configuration that lacks something: nothing tells since when. */
  readonly since: number | null;
  readonly failures: number;
  readonly lastOutcome: Outcome | null;
  readonly lastErrorCode: string | null;
  readonly lastHttpStatus: number | null;
  /** How many stages of warning were told of its failures. */
  readonly told: number;
  /** What the configuration lacks, as members of the endpoint. */
  readonly missing: readonly string[];
  /** Its unfinished deliveries, counted up to `MOST_WAITING` of src/domain/event.ts. */
  readonly waiting: number;
  /** Those that would be retried at once if somebody asked: counted up to `MOST_RETRYING` of each state. */
  readonly retrying: number;
  readonly suspendedSince: number | null;
  readonly pausedSince: number | null;
  readonly pauseReason: string | null;
  readonly window: number | null;
  readonly nextProbeAt: number | null;
  /** When the next delivery that nothing holds is due there. */
  readonly nextAttemptAt: number | null;
}

/** Of a callback, and of the day's summary, which has none. */
const STATES = ['', ...CALLBACK_STATES];

/** So many deliveries that are retried are looked at, of each state of an entity. */
export const MOST_RETRYING = 1_000;

/**
 * SQL of how many deliveries of the endpoint `p`, of the entity `c`, wait for a retry that may come now: by the
 * entity's own index, so that what else waits for the same server costs nothing.
 */
const RETRYING_AT = (states: string): string => `(select count(*)::integer
  from unnest(${states}::text[]) v(estat) cross join lateral (
    select e.punt, e.no_abans from nt30.aoc_nt_enviaments e
    where e.organisme = c.organisme and e.departament = c.departament and coalesce(e.estat, '') = v.estat
      and e.situacio = 'retrying' and e.primer and e.bloquejat is null and e.retingut is null
    order by e.enviament limit ${MOST_RETRYING}) e
  where e.punt = p.punt and coalesce(e.no_abans, '-infinity') <= clock_timestamp())`;

/**
 * Counts the deliveries that wait for a retry which may come now, of the endpoint that an entity's deliveries of a
 * back office go to: up to `MOST_RETRYING` of each state.
 *
 * @param backOffice null: the entity's own
 */
export async function countRetrying(
  db: Queryable,
  { organisation, department }: EntityKey,
  backOffice: string | null,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select ${RETRYING_AT('$4')} as count
     from nt30.aoc_nt_configuracio_callbacks c join nt30.aoc_nt_punts_recepcio p using (entitat)
     where c.organisme = $1 and c.departament = $2 and p.backoffice in ('', $3)
     order by p.backoffice collate "C" desc limit 1`,
    [organisation, department, backOffice ?? '', STATES],
  );
  return row?.count ?? 0;
}

/** SQL of whether a delivery to the endpoint `p` is unfinished: with a limit it is looked up, never read through. */
const IS_WAITED_FOR = `(select true from nt30.aoc_nt_enviaments e
  where e.punt = p.punt and e.finalitzat is null limit 1) is not null`;

/** The endpoints in trouble, each found by an index of those alone. */
const CANDIDATES = `${TROUBLED}
  union select p.punt from nt30.aoc_nt_punts_recepcio p where p.manca <> '{}' and ${IS_WAITED_FOR}
  union select p.punt from nt30.aoc_nt_configuracio_callbacks c join nt30.aoc_nt_punts_recepcio p using (entitat)
    where c.pausat_des_de is not null and ${IS_WAITED_FOR}`;

const OF_SOME = (organisations: string, departments: string): string => `
  select p.punt from (select distinct * from unnest(${organisations}::text[], ${departments}::text[]))
    w(organisme, departament)
  join nt30.aoc_nt_configuracio_callbacks c using (organisme, departament)
  join nt30.aoc_nt_punts_recepcio p using (entitat)`;

const CAUSE = `case when p.suspes_des_de is not null then 'suspended'
  when s.falla_des_de is not null then 'failing' when o.problema_des_de is not null then 'probed'
  when p.manca <> '{}' then 'incomplete' when c.pausat_des_de is not null then 'paused' end`;

/**
 * Reads what keeps deliveries from going out: the worst endpoints first, at most `limit`, and how many there are.
 * What lacks something, or is paused, counts only while a delivery waits for it.
 */
export async function readStandings(
  db: Queryable,
  scope: Scope,
  limit: number,
): Promise<{ readonly items: readonly Standing[]; readonly total: number }> {
  const parameters = new Parameters();
  const candidates =
    scope === null
      ? CANDIDATES
      : OF_SOME(
          parameters.add(scope.map(({ organisation }) => organisation)),
          parameters.add(scope.map(({ department }) => department)),
        );
  const isWaiting = `(${CAUSE} not in ('incomplete', 'paused') or ${IS_WAITED_FOR})`;
  const rows = await db.query<Standing & { total: number }>(
    `with found as materialized (
       select p.punt, ${CAUSE} as cause, least(s.falla_des_de, p.suspes_des_de, o.problema_des_de,
         case when ${CAUSE} = 'paused' then c.pausat_des_de end) as since
       from (${candidates}) k
       join nt30.aoc_nt_punts_recepcio p on p.punt = k.punt
       join nt30.aoc_nt_configuracio_callbacks c on c.entitat = p.entitat
       left join nt30.aoc_nt_origens o on o.origen = p.origen
       left join nt30.aoc_nt_salut_punts s on s.punt = p.punt
       where ${CAUSE} is not null and ${isWaiting}
     ), page as (
       select f.*, (select count(*)::integer from found) as total from found f
       order by array_position(${parameters.add(STANDING_CAUSES)}::text[], f.cause), f.since, f.punt
       limit ${parameters.add(limit)}::integer
     )
     select page.cause, page.total, c.organisme as organisation, c.departament as department,
       p.backoffice as "backOffice", c.nom_organisme as "organisationName",
       c.nom_departament as "departmentName", o.adreca as origin, ${epochMs('page.since')} as since,
       coalesce(s.fallades, 0) as failures,
       case when s.falla_des_de is not null then s.darrer_resultat end as "lastOutcome",
       case when s.falla_des_de is not null then s.darrer_codi end as "lastErrorCode",
       case when s.falla_des_de is not null then s.darrer_http end as "lastHttpStatus",
       case when s.falla_des_de is not null then s.avisos else 0 end as told, p.manca as missing,
       ${WAITING_AT} as waiting, ${RETRYING_AT(parameters.add(STATES))} as retrying,
       ${epochMs('p.suspes_des_de')} as "suspendedSince",
       ${epochMs('c.pausat_des_de')} as "pausedSince", c.motiu_pausa as "pauseReason", o.finestra as window,
       case when o.problema_des_de is not null then ${epochMs('o.sondeig_proper')} end as "nextProbeAt",
       (select ${epochMs('e.proper_intent')} from nt30.aoc_nt_enviaments e
        where e.origen = p.origen and e.primer and e.bloquejat is null and e.retingut is null
          and e.situacio in ('waiting', 'retrying') and e.punt = p.punt
        order by e.proper_intent limit 1) as "nextAttemptAt"
     from page
     join nt30.aoc_nt_punts_recepcio p on p.punt = page.punt
     join nt30.aoc_nt_configuracio_callbacks c on c.entitat = p.entitat
     left join nt30.aoc_nt_origens o on o.origen = p.origen
     left join nt30.aoc_nt_salut_punts s on s.punt = p.punt
     order by array_position(${parameters.add(STANDING_CAUSES)}::text[], page.cause), page.since, page.punt`,
    parameters.values,
    // Planned once for each connection: it takes as long as reading.
    scope === null ? 'read-standings' : 'read-standings-of-some',
  );
  return { items: rows, total: rows[0]?.total ?? 0 };
}
