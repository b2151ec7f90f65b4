import type { EntityKey } from '../domain/notification.ts';
import type { Queryable } from './database.ts';

/** What something that came about is a row of. */
export type RecentKind = 'communications' | 'deliveries' | 'audit' | 'events';

/** The newest rows of each kind that are looked at. */
export const RECENT_ROWS: Readonly<Record<RecentKind, number>> = {
  communications: 500,
  deliveries: 200,
  audit: 50,
  events: 50,
};

/** A row that is among the newest of its table. */
export interface Recent {
  readonly kind: RecentKind;
  readonly id: string;
  /** Null where it concerns none. */
  readonly entity: EntityKey | null;
}

const newest = (kind: RecentKind, table: string, id: string): string => `
(select '${kind}' as kind, ${id} as id, organisme as organisation, departament as department
 from nt30.${table} order by ${id} desc limit ${RECENT_ROWS[kind]})`;

const RECENT = [
  newest('communications', 'aoc_nt_logs_comunicacio', 'log'),
  newest('deliveries', 'aoc_nt_enviaments', 'enviament'),
  newest('audit', 'aoc_nt_auditoria', 'registre'),
  newest('events', 'aoc_nt_esdeveniments', 'esdeveniment'),
].join(' union all ');

/**
 * Reads the newest rows of what comes about: attempts and pulls, deliveries, what people do, what is told. By primary
 * keys alone, whatever the tables hold.
 */
export async function readRecent(db: Queryable): Promise<Recent[]> {
  const rows = await db.query<{
    kind: RecentKind;
    id: string;
    organisation: string | null;
    department: string | null;
  }>(RECENT, [], 'read-recent');
  return rows.map(({ kind, id, organisation, department }) => ({
    kind,
    id,
    entity: organisation === null || department === null ? null : { organisation, department },
  }));
}
