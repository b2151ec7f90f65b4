import {
  describePolicy,
  EXHAUSTED_EVERY_MS,
  FAILURES_TO_WARN,
  stagesReached,
  type Health,
  type TroublePolicy,
} from '../domain/health.ts';
import type { Database, Queryable } from './database.ts';
import { insertEndpointEvents } from './events.ts';
import { epochMs, readClock } from './instants.ts';

/** Endpoints that one transaction warns of. */
const CHUNK = 200;

/** SQL of the health `s`, as `Health` has it. */
export const HEALTH_COLUMNS = `${epochMs('s.falla_des_de')} as "failingSince",
  ${epochMs('s.darrera_fallada')} as "lastFailureAt", s.fallades as failures, s.avisos as told`;

/**
 * Writes an event for each endpoint that has come to a further stage of its failures. What another process warns
 * of is left to it.
 *
 * @returns whether there may be more
 */
export async function warnOfFailing(db: Database, policy: TroublePolicy): Promise<boolean> {
  const { warnAfter } = describePolicy(policy);
  return db.transaction(async (tx) => {
    const rows = await tx.query<Health & { endpoint: string }>(
      `select s.punt as endpoint, ${HEALTH_COLUMNS}
       from nt30.aoc_nt_salut_punts s join nt30.aoc_nt_punts_recepcio p on p.punt = s.punt
       where s.falla_des_de + ($1::float8[])[s.avisos + 1] * interval '1 millisecond' <= clock_timestamp()
         and s.fallades >= ${FAILURES_TO_WARN} and p.suspes_des_de is null
       order by s.punt limit ${CHUNK} for update of s skip locked`,
      [policy.stagesMs],
    );
    if (rows.length === 0) return false;
    const now = await readClock(tx);
    const reached = rows
      .map((row) => ({ ...row, stages: stagesReached(row, policy, now) }))
      .filter(({ stages, told }) => stages > told);
    await tx.query(
      `update nt30.aoc_nt_salut_punts s set avisos = r.stages
       from json_to_recordset($1) as r(endpoint bigint, stages integer) where s.punt = r.endpoint`,
      [JSON.stringify(reached.map(({ endpoint, stages }) => ({ endpoint, stages })))],
    );
    // Where several were come to at once, after the service stood still, the last of them says it all.
    const events = reached.map(({ endpoint, failingSince, stages }) => {
      const stage = warnAfter[stages - 1] ?? '';
      return { endpoint, once: `${failingSince}:${stage}`, facts: { stage } };
    });
    await insertEndpointEvents(tx, 'endpoint.failing', events, now);
    return rows.length === CHUNK;
  });
}

/**
 * Writes an event for each endpoint that has exhausted deliveries, at most once a day, with their number.
 *
 * @returns whether there may be more
 */
export async function tellExhausted(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const taken = await tx.query<{ endpoint: string; exhausted: number }>(
      `with taken as (
         select punt, esgotats from nt30.aoc_nt_salut_punts
         where esgotats > 0 and coalesce(esgotats_dits, '-infinity')
           <= clock_timestamp() - ${EXHAUSTED_EVERY_MS} * interval '1 millisecond'
         order by punt limit ${CHUNK} for update skip locked
       )
       update nt30.aoc_nt_salut_punts s set esgotats = 0, esgotats_dits = clock_timestamp()
       from taken where s.punt = taken.punt
       returning s.punt as endpoint, taken.esgotats as exhausted`,
    );
    if (taken.length === 0) return false;
    const now = await readClock(tx);
    const events = taken.map(({ endpoint, exhausted }) => ({
      endpoint,
      once: String(now),
      facts: { exhausted },
    }));
    await insertEndpointEvents(tx, 'delivery.exhausted', events, now);
    return taken.length === CHUNK;
  });
}

/** Removes the health of endpoints that are gone. */
export async function removeOrphanedHealth(db: Queryable): Promise<void> {
  await db.query(
    `delete from nt30.aoc_nt_salut_punts s
     where not exists (select from nt30.aoc_nt_punts_recepcio p where p.punt = s.punt)`,
  );
}
