import type { HealthChange } from '../domain/health.ts';
import type { Queryable } from './database.ts';
import { insertEndpointEvents } from './events.ts';

/**
 * Writes what ended attempts change of their endpoints' health: the last rows that the transaction locks, by
 * endpoint. An endpoint whose failures were told of, and that acknowledges again, gets its event with it.
 *
 * @param now milliseconds of the database's clock
 */
export async function writeHealth(
  tx: Queryable,
  changes: readonly HealthChange[],
  now: number,
): Promise<void> {
  if (changes.length === 0) return;
  const recovered = changes.filter((change) => change.recovered).map(({ endpoint }) => endpoint);
  const failed = changes.filter(({ failures, exhausted }) => failures > 0 || exhausted > 0);
  // Begun together: they leave in one piece, and run in this order.
  await Promise.all([
    ...(recovered.length === 0 ? [] : [lockHealth(tx, changes)]),
    noteRecovered(tx, recovered, now),
    forgetFailures(tx, recovered),
    noteFailures(tx, failed, now),
  ]);
}

/** Takes the rows in order, where more than one statement follows: who recovers and who fails are mixed. */
async function lockHealth(tx: Queryable, changes: readonly HealthChange[]): Promise<void> {
  await tx.query(
    'select from nt30.aoc_nt_salut_punts where punt = any($1::bigint[]) order by punt for update',
    [changes.map(({ endpoint }) => endpoint)],
  );
}

/** Tells that endpoints have recovered, of those whose failures were told of. */
export async function noteRecovered(tx: Queryable, endpoints: readonly string[], now: number): Promise<void> {
  const events = endpoints.map((endpoint) => ({ endpoint, once: null, facts: {} }));
  await insertEndpointEvents(tx, 'endpoint.recovered', events, now);
}

/** Begins endpoints' health anew; what they have exhausted stays to be told of. */
export async function forgetFailures(tx: Queryable, endpoints: readonly string[]): Promise<void> {
  if (endpoints.length === 0) return;
  await tx.query(
    `with locked as (
       select punt from nt30.aoc_nt_salut_punts where punt = any($1::bigint[]) order by punt for update
     )
     update nt30.aoc_nt_salut_punts s set falla_des_de = null, fallades = 0, avisos = 0
     from locked where s.punt = locked.punt`,
    [endpoints],
  );
}

async function noteFailures(tx: Queryable, changes: readonly HealthChange[], now: number): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ endpoint, failures, exhausted, lastFailure }) => ({
    endpoint,
    failures,
    exhausted,
    outcome: lastFailure?.outcome ?? null,
    code: lastFailure?.errorCode ?? null,
    httpStatus: lastFailure?.httpStatus ?? null,
    failedAt: lastFailure === null ? null : now,
  }));
  await tx.query(
    `insert into nt30.aoc_nt_salut_punts as s (punt, falla_des_de, darrera_fallada, fallades, darrer_resultat,
       darrer_codi, darrer_http, esgotats)
     select r.endpoint, to_timestamp(r."failedAt" / 1000), to_timestamp(r."failedAt" / 1000), r.failures,
       r.outcome, r.code, r."httpStatus", r.exhausted
     from json_to_recordset($1) as r(endpoint bigint, failures integer, exhausted integer, outcome text,
       code text, "httpStatus" integer, "failedAt" float8)
     order by r.endpoint
     on conflict (punt) do update set
       falla_des_de = coalesce(s.falla_des_de, excluded.falla_des_de),
       darrera_fallada = coalesce(excluded.darrera_fallada, s.darrera_fallada),
       fallades = s.fallades + excluded.fallades,
       darrer_resultat = coalesce(excluded.darrer_resultat, s.darrer_resultat),
       darrer_codi = case when excluded.fallades > 0 then excluded.darrer_codi else s.darrer_codi end,
       darrer_http = case when excluded.fallades > 0 then excluded.darrer_http else s.darrer_http end,
       esgotats = s.esgotats + excluded.esgotats`,
    [JSON.stringify(rows)],
    'note-failures',
  );
}
