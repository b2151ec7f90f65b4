import { entityId, type EntityKey } from '../domain/notification.ts';
import type { Queryable } from './database.ts';

/**
 * Reads the versions of configurations, by `entityId`.
 *
 * A statement of its own, after the deliveries' locks: a configuration that was put before them is seen, and
 * one that is put after them finds what the transaction wrote.
 */
export async function readConfigurationVersions(
  tx: Queryable,
  entities: readonly EntityKey[],
): Promise<ReadonlyMap<string, string>> {
  if (entities.length === 0) return new Map();
  const rows = await tx.query<{ organisation: string; department: string; version: string }>(
    `select c.organisme as organisation, c.departament as department, c.versio as version
     from nt30.aoc_nt_configuracio_callbacks c
     join (select distinct * from unnest($1::text[], $2::text[])) as w(organisation, department)
       on w.organisation = c.organisme and w.department = c.departament`,
    [entities.map(({ organisation }) => organisation), entities.map(({ department }) => department)],
    'configuration-versions',
  );
  return new Map(rows.map((row) => [entityId(row), row.version]));
}
