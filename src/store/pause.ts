import type { Actor, AuditAction } from '../domain/audit.ts';
import type { EntityKey } from '../domain/notification.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { getEntity, lockEntity, type StoredEntity } from './entities.ts';
import { forgetFailures } from './health.ts';
import { followHold } from './holds.ts';
import type { Sealer } from './secrets.ts';
import { takeSuspensionsAway } from './suspensions.ts';

/** What a pause or its end has made of an entity. */
export interface HeldEntity {
  readonly entity: StoredEntity;
  /** Origins (rows) whose deliveries may go now, or have left a place. */
  readonly origins: readonly string[];
}

/**
 * Holds an entity's deliveries: from the commit on no attempt of them begins, those under way end as they would.
 * Pausing one that is paused changes nothing, its reason neither. The configuration's version stays: it is what
 * it was.
 *
 * @param reason null where none was given
 * @param check may refuse by throwing, given what is stored
 * @param actor noted in the audit trail
 * @returns null where the entity has no configuration
 */
export async function pauseEntity(
  db: Database,
  sealer: Sealer,
  key: EntityKey,
  reason: string | null,
  check: (current: StoredEntity) => void,
  actor: Actor,
): Promise<HeldEntity | null> {
  return change(db, sealer, key, check, actor, async (tx, current) => {
    if (current.paused !== null) return null;
    await tx.query(
      `update nt30.aoc_nt_configuracio_callbacks set pausat_des_de = clock_timestamp(), motiu_pausa = $2
       where entitat = $1`,
      [current.id, reason],
    );
    return { action: 'entity-paused', lifted: [] };
  });
}

/**
 * Releases an entity's deliveries, from a pause and from suspensions of its endpoints, whose health begins anew; the
 * relay lets them go in the order in which they became due, as far as their origins' windows allow. Resuming one
 * that nothing holds changes nothing.
 *
 * @param check may refuse by throwing, given what is stored
 * @param actor noted in the audit trail
 * @returns null where the entity has no configuration
 */
export async function resumeEntity(
  db: Database,
  sealer: Sealer,
  key: EntityKey,
  check: (current: StoredEntity) => void,
  actor: Actor,
): Promise<HeldEntity | null> {
  return change(db, sealer, key, check, actor, async (tx, current) => {
    const lifted = await takeSuspensionsAway(tx, current.id, null);
    if (current.paused === null && lifted.length === 0) return null;
    await tx.query(
      `update nt30.aoc_nt_configuracio_callbacks set pausat_des_de = null, motiu_pausa = null
       where entitat = $1`,
      [current.id],
    );
    return { action: 'entity-resumed', lifted };
  });
}

/** What was changed of what holds an entity. */
interface Changed {
  readonly action: AuditAction;
  /** Endpoints (rows) that were suspended. */
  readonly lifted: readonly string[];
}

/** @param write changes what holds the entity; null: nothing was to be changed */
async function change(
  db: Database,
  sealer: Sealer,
  key: EntityKey,
  check: (current: StoredEntity) => void,
  actor: Actor,
  write: (tx: Queryable, current: StoredEntity) => Promise<Changed | null>,
): Promise<HeldEntity | null> {
  return db.transaction(async (tx) => {
    // The lock excludes intake and resends of the entity, which share the row: none makes a delivery under the
    // state of before once the others were marked.
    if ((await lockEntity(tx, key)) === null) return null;
    const current = await getEntity(tx, sealer, key);
    if (current === null) return null;
    check(current);
    const changed = await write(tx, current);
    if (changed === null) return { entity: current, origins: [] };
    const { action, lifted } = changed;
    const origins = await followHold(tx, current.id);
    await forgetFailures(tx, lifted);
    await recordAudit(tx, actor, { action, entity: key });
    const entity = await getEntity(tx, sealer, key);
    return entity === null ? null : { entity, origins };
  });
}
