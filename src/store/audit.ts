import type { Actor, AuditAction, AuditedAction } from '../domain/audit.ts';
import { uuidV7 } from '../domain/uuid.ts';
import type { Queryable } from './database.ts';
import { readClock } from './instants.ts';
import { Parameters } from './newest.ts';

/** A row of the audit trail as it is shown. */
export interface AuditView {
  readonly id: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  /** `key` null: the service itself. */
  readonly by: { readonly key: string | null; readonly name: string };
  readonly action: AuditAction;
  readonly organisation: string | null;
  readonly department: string | null;
  readonly key: string | null;
  readonly delivery: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the trail is filtered by; null where one is not asked for. */
export interface AuditFilters {
  readonly organisation: string | null;
  readonly department: string | null;
  /** The key that did it. */
  readonly by: string | null;
  readonly action: AuditAction | null;
  /** One of these; all where absent. */
  readonly actions?: readonly AuditAction[];
  /** Ids from here on, included. */
  readonly floor: string | null;
  /** Ids before here. */
  readonly ceiling: string | null;
}

/**
 * Notes what is done, in the transaction that does it: neither is there without the other.
 */
export async function recordAudit(tx: Queryable, actor: Actor, done: AuditedAction): Promise<void> {
  const now = await readClock(tx);
  await tx.query(
    `insert into nt30.aoc_nt_auditoria (registre, moment, autor, nom_autor, accio, organisme, departament, clau,
       enviament, detall)
     values ($1, to_timestamp($2::float8 / 1000), $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      uuidV7(now, 0),
      now,
      actor.id,
      actor.name,
      done.action,
      done.entity?.organisation ?? null,
      done.entity?.department ?? null,
      done.key ?? null,
      done.delivery ?? null,
      JSON.stringify(done.detail ?? {}),
    ],
  );
}

/** Reads the audit trail, newest first, at most `limit`. */
export async function listAudit(db: Queryable, filters: AuditFilters, limit: number): Promise<AuditView[]> {
  const parameters = new Parameters();
  const conditions = Object.entries({
    'organisme =': filters.organisation,
    'departament =': filters.department,
    'autor =': filters.by,
    'accio =': filters.action,
    'registre >=': filters.floor,
    'registre <': filters.ceiling,
  }).flatMap(([condition, value]) => (value === null ? [] : [`${condition} ${parameters.add(value)}`]));
  if (filters.actions !== undefined)
    conditions.push(`accio = any(${parameters.add(filters.actions)}::text[])`);
  const rows = await db.query<{
    id: string;
    moment: Date;
    by: string | null;
    name: string;
    action: AuditAction;
    organisation: string | null;
    department: string | null;
    key: string | null;
    delivery: string | null;
    detail: Record<string, unknown>;
  }>(
    `select registre as id, moment, autor as by, nom_autor as name, accio as action, organisme as organisation,
       departament as department, clau as key, enviament as delivery, detall as detail
     from nt30.aoc_nt_auditoria ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
     order by registre desc limit ${parameters.add(limit)}`,
    parameters.values,
  );
  return rows.map(({ moment, by, name, ...row }) => ({
    ...row,
    at: moment.toISOString(),
    by: { key: by, name },
  }));
}
