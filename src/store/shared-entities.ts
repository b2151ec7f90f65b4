import type { Hold } from '../domain/delivery.ts';
import { entityId, type EntityKey } from '../domain/notification.ts';
import type { Queryable } from './database.ts';
import { missingPath } from './endpoints.ts';
import { HELD_BY } from './holds.ts';

/** An endpoint that a new delivery may go to. */
export interface EndpointRow {
  readonly id: string;
  readonly originId: string | null;
  readonly originProbed: boolean;
  readonly url: string | null;
  /** What the configuration lacks for it, as paths; empty when callbacks can be sent. */
  readonly missing: readonly string[];
  /** What holds its deliveries back; null: nothing. */
  readonly heldBy: Hold | null;
}

/** What a new delivery needs of an entity's configuration. */
export interface EntityRow {
  readonly entity: EntityKey;
  readonly organisationName: string;
  readonly departmentName: string;
  readonly online: boolean;
  readonly daily: boolean;
  readonly sendCancelled: boolean;
  /** By back office code; '' is the entity's own. */
  readonly endpoints: ReadonlyMap<string, EndpointRow>;
}

/** An entity and the back office that is asked for. */
export interface EntityWanted {
  readonly entity: EntityKey;
  readonly backOffice: string | null;
}

/**
 * Share-locks configurations, so that one that is being replaced re-points every delivery made under the old
 * one. A statement of its own, before `readEntities`: having waited for a configuration that was being replaced,
 * one statement would see the new one beside the endpoints of the old.
 */
export async function lockEntities(tx: Queryable, entities: readonly EntityKey[]): Promise<void> {
  await tx.query(
    `select from nt30.aoc_nt_configuracio_callbacks
     where (organisme, departament) in (select * from unnest($1::text[], $2::text[]))
     order by entitat for share`,
    [entities.map((e) => e.organisation), entities.map((e) => e.department)],
    'lock-entities',
  );
}

/**
 * Reads configurations that the transaction has locked, with the endpoints that may apply: those of the back
 * offices that are named, and of the ones that these notifications are known to belong to.
 */
export async function readEntities(
  tx: Queryable,
  wanted: readonly EntityWanted[],
  notifications: readonly string[] = [],
): Promise<EntityRow[]> {
  const organisations = wanted.map((w) => w.entity.organisation);
  const departments = wanted.map((w) => w.entity.department);
  const rows = await tx.query<{
    organisation: string;
    department: string;
    organisationName: string;
    departmentName: string;
    online: boolean;
    daily: boolean;
    sendCancelled: boolean;
    heldBy: Hold | null;
    backOffice: string | null;
    id: string;
    originId: string | null;
    originProbed: boolean;
    url: string | null;
    missing: string[];
  }>(
    `with w as materialized (
       select organisation, department, array_agg(distinct back_office) || array[''] as back_offices
       from (
         select * from unnest($1::text[], $2::text[], $3::text[])
         union all
         select organisme, departament, backoffice from nt30.aoc_nt_notificacions
         where notificacio = any($4::bigint[]) and backoffice is not null
       ) as w(organisation, department, back_office)
       group by organisation, department
     )
     select c.organisme as organisation, c.departament as department, c.nom_organisme as "organisationName",
       c.nom_departament as "departmentName", c.en_linia as online, c.diari as daily,
       c.envia_anullades as "sendCancelled", ${HELD_BY} as "heldBy",
       p.backoffice as "backOffice", p.punt as id, p.origen as "originId",
       coalesce(o.finestra <= 1, false) as "originProbed", p.url, p.manca as missing
     from w
     join nt30.aoc_nt_configuracio_callbacks c on c.organisme = w.organisation and c.departament = w.department
     left join nt30.aoc_nt_punts_recepcio p on p.entitat = c.entitat and p.backoffice = any(w.back_offices)
     left join nt30.aoc_nt_origens o on o.origen = p.origen`,
    [organisations, departments, wanted.map((w) => w.backOffice ?? ''), notifications],
    'read-entities',
  );
  const entities = new Map<string, EntityRow & { readonly endpoints: Map<string, EndpointRow> }>();
  for (const row of rows) {
    const entity = { organisation: row.organisation, department: row.department };
    const key = entityId(entity);
    const known = entities.get(key) ?? { ...row, entity, endpoints: new Map<string, EndpointRow>() };
    entities.set(key, known);
    const { backOffice } = row;
    if (backOffice === null) continue;
    const missing = row.missing.map((member) => missingPath(backOffice, member));
    known.endpoints.set(backOffice, { ...row, missing });
  }
  return [...entities.values()];
}

/** Where a delivery goes: the back office's own endpoint where it has one, else the entity's. */
export function endpointFor(entity: EntityRow, backOffice: string | null): EndpointRow | null {
  return entity.endpoints.get(backOffice ?? '') ?? entity.endpoints.get('') ?? null;
}
