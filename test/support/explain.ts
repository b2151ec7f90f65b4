import type { QueryResultRow } from 'pg';
import type { Database, Queryable } from '../../src/store/database.ts';

/** One scan of a plan, with what it really read. */
export interface Scan {
  readonly type: string;
  readonly table: string;
  readonly rows: number;
}

/** Gathers statistics of all tables, however long PostgreSQL's own gathering of them holds one. */
export async function analyse(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(`set local lock_timeout = '30s'`);
    await tx.query('analyze');
  });
}

/** A database that explains each statement it runs, and keeps its scans and the names of the indexes it read. */
export function explaining(db: Queryable): { db: Queryable; scans: Scan[]; indexes: Set<string> } {
  const scans: Scan[] = [];
  const indexes = new Set<string>();
  return {
    scans,
    indexes,
    db: {
      async query<Row extends QueryResultRow>(text: string, values: unknown[] = []) {
        const [row] = await db.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
          `explain (analyze, format json) ${text}`,
          values,
        );
        for (const { Plan } of row?.['QUERY PLAN'] ?? []) collect(Plan, scans, indexes);
        return db.query<Row>(text, values);
      },
    },
  };
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

function collect(node: PlanNode, scans: Scan[], indexes: Set<string>): void {
  if (node['Index Name'] !== undefined) indexes.add(node['Index Name']);
  const table = node['Relation Name'];
  if (table !== undefined) {
    const read = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
    scans.push({ type: node['Node Type'], table, rows: read * node['Actual Loops'] });
  }
  for (const child of node.Plans ?? []) collect(child, scans, indexes);
}
