import type { Scope } from '../domain/key.ts';
import { codesOf } from './activity.ts';
import type { Queryable } from './database.ts';
import { ENTITY_COLUMNS, toEntities, type EntityRow, type StoredEntity } from './entities.ts';
import { Parameters } from './newest.ts';
import type { Sealer } from './secrets.ts';

/** Whether a configuration has a text in what people know it by, whatever its letters' case; codes as they are shown. */
const hasText = (text: string): string => `(position(lower(${text}) in
    lower(concat_ws(' ', k.organisme || '/' || k.departament, k.nom_organisme, k.nom_departament))) > 0
  or exists (select from nt30.aoc_nt_punts_recepcio q
    where q.entitat = k.entitat and position(lower(${text}) in lower(q.url)) > 0))`;

/** An entity among others. */
export interface ListedEntity extends StoredEntity {
  /** Since when an endpoint of it has failed, the first of them; null where the last attempt at each was acknowledged. */
  readonly failingSince: Date | null;
}

type ListedRow = EntityRow & { falla_des_de: Date | null };

/** SQL of since when an endpoint of the entity `c` fails. */
const FAILING_SINCE = `(select min(s.falla_des_de) from nt30.aoc_nt_punts_recepcio q
  join nt30.aoc_nt_salut_punts s using (punt) where q.entitat = c.entitat)`;

/** Which configurations are listed; null: all. */
interface EntityFilters {
  /** The number of the row after which the page begins. */
  readonly after: string | null;
  /** The entities that the reader may know of. */
  readonly scope: Scope;
  readonly organisation: string | null;
  readonly department: string | null;
  /** What a code, a name or an address of them has in it. */
  readonly text: string | null;
}

/** Reads a page of configurations, newest first, at most `limit`. */
export async function listEntities(
  db: Queryable,
  sealer: Sealer,
  { after, scope, organisation, department, text }: EntityFilters,
  limit: number,
): Promise<ListedEntity[]> {
  const parameters = new Parameters();
  const conditions = ['true'];
  if (after !== null) conditions.push(`k.entitat < ${parameters.add(after)}::bigint`);
  if (organisation !== null) conditions.push(`k.organisme = ${parameters.add(organisation)}`);
  if (department !== null) conditions.push(`k.departament = ${parameters.add(department)}`);
  if (text !== null) conditions.push(hasText(`${parameters.add(text)}::text`));
  let source = 'nt30.aoc_nt_configuracio_callbacks k';
  if (scope !== null) {
    // Those of a scope by key, each once: there are few.
    const [organisations, departments] = codesOf(scope).map((codes) => parameters.add(codes));
    source = `unnest(${organisations}::text[], ${departments}::text[]) as w(organisme, departament)
      join ${source} using (organisme, departament)`;
  }
  const rows = await db.query<ListedRow>(
    `select ${ENTITY_COLUMNS}, ${FAILING_SINCE} as falla_des_de from (
       select k.* from ${source} where ${conditions.join(' and ')}
       order by k.entitat desc limit ${parameters.add(limit)}::integer
     ) c join nt30.aoc_nt_punts_recepcio p using (entitat)
     order by c.entitat desc, p.backoffice collate "C"`,
    parameters.values,
  );
  const failing = new Map(rows.map((row) => [row.entitat, row.falla_des_de]));
  return toEntities(rows, sealer).map((entity) => ({
    ...entity,
    failingSince: failing.get(entity.id) ?? null,
  }));
}
