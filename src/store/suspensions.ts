import { THE_SERVICE, type Actor } from '../domain/audit.ts';
import { isToBeSuspended, type Health, type TroublePolicy } from '../domain/health.ts';
import type { EntityKey } from '../domain/notification.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { lockEntity } from './entities.ts';
import { insertEndpointEvents } from './events.ts';
import { forgetFailures, noteRecovered } from './health.ts';
import { HEALTH_COLUMNS } from './health-watch.ts';
import { followHold } from './holds.ts';
import { readClock } from './instants.ts';

/** Endpoints that one look finds. */
const CHUNK = 200;

/** An endpoint, and whose it is. */
export interface OwnedEndpoint {
  /** The endpoint's row. */
  readonly endpoint: string;
  readonly entity: EntityKey;
  /** '' for the entity's own. */
  readonly backOffice: string;
}

const OWNED = `p.punt as endpoint, c.organisme as organisation, c.departament as department,
  p.backoffice as "backOffice"
from nt30.aoc_nt_punts_recepcio p join nt30.aoc_nt_configuracio_callbacks c using (entitat)`;

type OwnedRow = EntityKey & Omit<OwnedEndpoint, 'entity'>;

function toOwned({ organisation, department, endpoint, backOffice }: OwnedRow): OwnedEndpoint {
  return { endpoint, backOffice, entity: { organisation, department } };
}

/** Finds endpoints whose failures span the time after which they are suspended. */
export async function findToSuspend(
  db: Queryable,
  { suspendAfterMs }: TroublePolicy,
): Promise<OwnedEndpoint[]> {
  if (suspendAfterMs === null) return [];
  const rows = await db.query<OwnedRow>(
    `select ${OWNED} join nt30.aoc_nt_salut_punts s on s.punt = p.punt
     where s.darrera_fallada - s.falla_des_de >= $1::float8 * interval '1 millisecond'
       and p.suspes_des_de is null
     order by p.punt limit ${CHUNK}`,
    [suspendAfterMs],
  );
  return rows.map(toOwned);
}

/**
 * Suspends an endpoint, unless it has acknowledged meanwhile: its deliveries are held from the commit on, those
 * that are being sent end as they would.
 *
 * @returns the origins (rows) that have a place free now
 */
export async function suspendEndpoint(
  db: Database,
  { endpoint, entity, backOffice }: OwnedEndpoint,
  policy: TroublePolicy,
): Promise<string[]> {
  return db.transaction(async (tx) => {
    const entityId = await lockEntity(tx, entity);
    if (entityId === null) return [];
    const [health] = await tx.query<Health>(
      `select ${HEALTH_COLUMNS}
       from nt30.aoc_nt_salut_punts s join nt30.aoc_nt_punts_recepcio p on p.punt = s.punt
       where s.punt = $1 and p.suspes_des_de is null and s.falla_des_de is not null`,
      [endpoint],
    );
    if (health === undefined || !isToBeSuspended(health, policy)) return [];
    await tx.query(
      'update nt30.aoc_nt_punts_recepcio set suspes_des_de = clock_timestamp() where punt = $1',
      [endpoint],
    );
    const origins = await followHold(tx, entityId);
    // Its recovery is to be told, also where no stage was.
    await tx.query('update nt30.aoc_nt_salut_punts set avisos = greatest(avisos, 1) where punt = $1', [
      endpoint,
    ]);
    const event = { endpoint, once: String(health.failingSince), facts: {} };
    await insertEndpointEvents(tx, 'endpoint.suspended', [event], await readClock(tx));
    await recordAudit(tx, THE_SERVICE, {
      action: 'endpoint-suspended',
      entity,
      detail: { backOffice: backOffice || null },
    });
    return origins;
  });
}

/**
 * Takes the suspensions of an entity's endpoints away; what was held follows with `followHold`.
 *
 * Precondition: the transaction holds the configuration's row.
 *
 * @param endpoint the one alone; null: all of them
 * @returns the endpoints (rows) that were suspended
 */
export async function takeSuspensionsAway(
  tx: Queryable,
  entityId: string,
  endpoint: string | null,
): Promise<string[]> {
  const rows = await tx.query<{ punt: string }>(
    `update nt30.aoc_nt_punts_recepcio set suspes_des_de = null
     where entitat = $1 and suspes_des_de is not null and ($2::bigint is null or punt = $2) returning punt`,
    [entityId, endpoint],
  );
  return rows.map(({ punt }) => punt);
}

/**
 * Lifts the suspension of an endpoint that has acknowledged, and tells that it has recovered.
 *
 * @param actor noted in the audit trail
 * @returns the origins (rows) whose deliveries may go now
 */
export async function liftSuspension(
  db: Database,
  { endpoint, entity, backOffice }: OwnedEndpoint,
  actor: Actor,
): Promise<string[]> {
  return db.transaction(async (tx) => {
    const entityId = await lockEntity(tx, entity);
    if (entityId === null) return [];
    const lifted = await takeSuspensionsAway(tx, entityId, endpoint);
    if (lifted.length === 0) return [];
    const origins = await followHold(tx, entityId);
    await noteRecovered(tx, lifted, await readClock(tx));
    await forgetFailures(tx, lifted);
    await recordAudit(tx, actor, {
      action: 'endpoint-resumed',
      entity,
      detail: { backOffice: backOffice || null },
    });
    return origins;
  });
}

/** Finds suspended endpoints that have acknowledged since: by an attempt that was under way. */
export async function findHealed(db: Queryable): Promise<OwnedEndpoint[]> {
  const rows = await db.query<OwnedRow>(
    `select ${OWNED} where p.suspes_des_de is not null and not exists (
       select from nt30.aoc_nt_salut_punts s where s.punt = p.punt and s.falla_des_de is not null)
     order by p.punt limit ${CHUNK}`,
  );
  return rows.map(toOwned);
}

/**
 * The suspended endpoint that an entity's deliveries of a back office go to: the back office's own, or the
 * entity's; null where that is not suspended.
 */
export async function findSuspended(
  db: Queryable,
  { organisation, department }: EntityKey,
  backOffice: string | null,
): Promise<OwnedEndpoint | null> {
  const [row] = await db.query<OwnedRow & { suspended: boolean }>(
    `select p.suspes_des_de is not null as suspended, ${OWNED}
     where c.organisme = $1 and c.departament = $2 and p.backoffice in ('', $3)
     order by p.backoffice collate "C" desc limit 1`,
    [organisation, department, backOffice ?? ''],
  );
  return row?.suspended === true ? toOwned(row) : null;
}
