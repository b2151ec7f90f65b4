import type { Outcome } from '../domain/attempt.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { Scope } from '../domain/key.ts';
import type { Queryable } from './database.ts';
import { countNotices } from './event-notices.ts';
import { WAITING_AT } from './events.ts';
import { epochMs } from './instants.ts';
import { Parameters } from './newest.ts';

/** An endpoint in trouble: it fails, is suspended, or its server is only probed. Instants are milliseconds. */
export interface TroubledEndpoint extends EntityKey {
  /** The endpoint's row. */
  readonly id: string;
  /** '' for the entity's own. */
  readonly backOffice: string;
  /** Its server: scheme, host, port. */
  readonly origin: string | null;
  /** When its trouble began, whichever it is. */
  readonly since: number;
  readonly failingSince: number | null;
  readonly lastFailureAt: number | null;
  readonly failures: number;
  readonly lastOutcome: Outcome | null;
  readonly lastErrorCode: string | null;
  readonly lastHttpStatus: number | null;
  readonly suspendedSince: number | null;
  /** Unfinished deliveries, counted up to `MOST_WAITING`. */
  readonly waiting: number;
  /** Of its server, which others may share; null without one. */
  readonly window: number | null;
  readonly probedSince: number | null;
  readonly nextProbeAt: number | null;
}

/** Which endpoints are listed; null where all are. */
export interface TroubledFilters {
  readonly scope: Scope;
  readonly organisation: string | null;
  readonly department: string | null;
  /** The place after which the page begins. */
  readonly after: { readonly since: number; readonly id: string } | null;
}

/** SQL of the endpoints in trouble, by indexes of those alone. */
export const TROUBLED = `
  select s.punt from nt30.aoc_nt_salut_punts s where s.falla_des_de is not null
  union select p.punt from nt30.aoc_nt_punts_recepcio p where p.suspes_des_de is not null
  union select p.punt from nt30.aoc_nt_origens o join nt30.aoc_nt_punts_recepcio p on p.origen = o.origen
    where o.problema_des_de is not null`;

// In whole milliseconds, which a cursor can say.
const SINCE = `date_trunc('milliseconds', least(s.falla_des_de, p.suspes_des_de, o.problema_des_de))`;

/** Reads a page of the endpoints in trouble, those first whose trouble began first. */
export async function listTroubledEndpoints(
  db: Queryable,
  { scope, organisation, department, after }: TroubledFilters,
  limit: number,
): Promise<TroubledEndpoint[]> {
  const parameters = new Parameters();
  const conditions = [`${SINCE} is not null`];
  if (organisation !== null) conditions.push(`c.organisme = ${parameters.add(organisation)}`);
  if (department !== null) conditions.push(`c.departament = ${parameters.add(department)}`);
  if (scope !== null) {
    const organisations = parameters.add(scope.map((own) => own.organisation));
    const departments = parameters.add(scope.map((own) => own.department));
    conditions.push(`(c.organisme, c.departament) in (
      select * from unnest(${organisations}::text[], ${departments}::text[]))`);
  }
  if (after !== null) {
    const since = `to_timestamp(${parameters.add(after.since)}::float8 / 1000)`;
    conditions.push(`(${SINCE}, p.punt) > (${since}, ${parameters.add(after.id)}::bigint)`);
  }
  return db.query<TroubledEndpoint>(
    `with page as (
       select p.punt, ${SINCE} as since
       from (${TROUBLED}) k
       join nt30.aoc_nt_punts_recepcio p using (punt)
       join nt30.aoc_nt_configuracio_callbacks c using (entitat)
       left join nt30.aoc_nt_origens o on o.origen = p.origen
       left join nt30.aoc_nt_salut_punts s on s.punt = p.punt
       where ${conditions.join(' and ')}
       order by 2, 1 limit ${parameters.add(limit)}::integer
     )
     select p.punt as id, c.organisme as organisation, c.departament as department,
       p.backoffice as "backOffice", o.adreca as origin, ${epochMs('page.since')} as since,
       ${epochMs('s.falla_des_de')} as "failingSince",
       case when s.falla_des_de is not null then ${epochMs('s.darrera_fallada')} end as "lastFailureAt",
       coalesce(s.fallades, 0) as failures,
       case when s.falla_des_de is not null then s.darrer_resultat end as "lastOutcome",
       case when s.falla_des_de is not null then s.darrer_codi end as "lastErrorCode",
       case when s.falla_des_de is not null then s.darrer_http end as "lastHttpStatus",
       ${epochMs('p.suspes_des_de')} as "suspendedSince", ${WAITING_AT} as waiting, o.finestra as window,
       ${epochMs('o.problema_des_de')} as "probedSince",
       case when o.problema_des_de is not null then ${epochMs('o.sondeig_proper')} end as "nextProbeAt"
     from page
     join nt30.aoc_nt_punts_recepcio p on p.punt = page.punt
     join nt30.aoc_nt_configuracio_callbacks c using (entitat)
     left join nt30.aoc_nt_origens o on o.origen = p.origen
     left join nt30.aoc_nt_salut_punts s on s.punt = p.punt
     order by page.since, p.punt`,
    parameters.values,
  );
}

/** How many are in trouble, and what is still to be told of it. */
export interface Trouble {
  readonly failing: number;
  readonly suspended: number;
  /** Servers that are only probed, of those that an endpoint has. */
  readonly probedOrigins: number;
  /** Notices that wait to be sent, by channel. */
  readonly notices: readonly { readonly channel: string; readonly pending: number }[];
}

/** Counts endpoints and servers in trouble, and notices that wait. */
export async function readTrouble(db: Queryable): Promise<Trouble> {
  const [row] = await db.query<Omit<Trouble, 'notices'>>(
    `select count(*) filter (where s.falla_des_de is not null)::integer as failing,
       count(*) filter (where p.suspes_des_de is not null)::integer as suspended,
       count(distinct o.origen) filter (where o.problema_des_de is not null)::integer as "probedOrigins"
     from (${TROUBLED}) k join nt30.aoc_nt_punts_recepcio p using (punt)
     left join nt30.aoc_nt_origens o on o.origen = p.origen
     left join nt30.aoc_nt_salut_punts s on s.punt = p.punt`,
  );
  const none = { failing: 0, suspended: 0, probedOrigins: 0 };
  return { ...(row ?? none), notices: await countNotices(db) };
}
