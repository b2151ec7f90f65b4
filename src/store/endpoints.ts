import type { Endpoint } from '../domain/entity.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { Queryable } from './database.ts';
import { fromEndpointRow, toEndpointRow, type StoredEndpoint } from './endpoint-rows.ts';
import { SecretUnreadableError, type Sealer } from './secrets.ts';
import { sealingNow } from './secrets-key.ts';
import { shareServiceCertificate } from './service-certificate.ts';

/** A receiving endpoint (a row of nt30.aoc_nt_punts_recepcio), its secrets opened. */
export interface ConfiguredEndpoint {
  /** The row's number. */
  readonly id: string;
  /** The version of the configuration that it belongs to: changes with each PUT. */
  readonly version: string;
  /** The back office's code; '' for the entity's own endpoint. */
  readonly backOffice: string;
  /** The row of its URL's origin; null where there is no URL. */
  readonly originId: string | null;
  readonly endpoint: Endpoint;
}

/**
 * Writes an entity's endpoints; one that stays keeps its number.
 *
 * @param id the configuration's row
 * @param endpoints by back office code, '' for the entity's own
 * @returns the numbers of those there were
 */
export async function writeEndpoints(
  tx: Queryable,
  sealer: Sealer,
  entity: EntityKey,
  id: string,
  endpoints: ReadonlyMap<string, Endpoint>,
): Promise<string[]> {
  const serviceSigns = (await shareServiceCertificate(tx)) !== null;
  const sealing = await sealingNow(tx, sealer);
  const rows = [...endpoints].map(([code, endpoint]) =>
    toEndpointRow(entity, code, endpoint, sealing, serviceSigns),
  );
  const before = await tx.query<{ punt: string }>(
    'select punt from nt30.aoc_nt_punts_recepcio where entitat = $1',
    [id],
  );
  // Sorted: two transactions that add the same origins must not wait for each other in a circle.
  await tx.query(
    `insert into nt30.aoc_nt_origens (adreca)
     select distinct a from unnest($1::text[]) a
     where not exists (select from nt30.aoc_nt_origens o where o.adreca = a) order by a
     on conflict do nothing`,
    [rows.flatMap(({ origin }) => origin ?? [])],
  );
  await tx.query(
    'delete from nt30.aoc_nt_punts_recepcio where entitat = $1 and not backoffice = any($2::text[])',
    [id, [...endpoints.keys()]],
  );
  await tx.query(
    `insert into nt30.aoc_nt_punts_recepcio (entitat, backoffice, origen, url, temps_maxim_ms,
       versio_missatge, configuracio, secrets, manca, certificats, signatura_caduca, client_caduca, ca_caduca)
     select $1, r."backOffice", o.origen, r.url, r."timeoutMs", r."messageVersion", r.settings,
       decode(r.secrets, 'base64'), array(select json_array_elements_text(r.missing)), r.certificates,
       (r.certificates #>> '{signing,expiresAt}')::timestamptz,
       (r.certificates #>> '{client,expiresAt}')::timestamptz,
       (r.certificates #>> '{ca,expiresAt}')::timestamptz
     from json_to_recordset($2) as r("backOffice" text, origin text, url text, "timeoutMs" integer,
       "messageVersion" text, settings jsonb, secrets text, missing json, certificates jsonb)
     left join nt30.aoc_nt_origens o on o.adreca = r.origin
     on conflict (entitat, backoffice) do update set origen = excluded.origen, url = excluded.url,
       temps_maxim_ms = excluded.temps_maxim_ms, versio_missatge = excluded.versio_missatge,
       configuracio = excluded.configuracio, secrets = excluded.secrets, manca = excluded.manca,
       certificats = excluded.certificats, signatura_caduca = excluded.signatura_caduca,
       client_caduca = excluded.client_caduca, ca_caduca = excluded.ca_caduca`,
    [id, JSON.stringify(rows)],
  );
  return before.map(({ punt }) => punt);
}

/** Reads endpoints by their numbers; those that are gone, or whose secrets do not open, are left out. */
export async function loadEndpoints(
  db: Queryable,
  sealer: Sealer,
  ids: readonly string[],
): Promise<ConfiguredEndpoint[]> {
  const rows = await db.query<StoredEndpoint & { punt: string; versio: string; origen: string | null }>(
    `select p.punt, p.origen, c.versio, c.organisme, c.departament, p.backoffice, p.url, p.temps_maxim_ms,
       p.versio_missatge, p.configuracio, p.secrets
     from nt30.aoc_nt_punts_recepcio p join nt30.aoc_nt_configuracio_callbacks c using (entitat)
     where p.punt = any($1::bigint[])`,
    [ids],
    'load-endpoints',
  );
  return rows.flatMap((row) => {
    const endpoint = openEndpoint(row, sealer);
    if (endpoint === null) return [];
    return { id: row.punt, version: row.versio, backOffice: row.backoffice, originId: row.origen, endpoint };
  });
}

/** One whose secrets do not open must not hold up the others that are claimed with it. */
function openEndpoint(row: StoredEndpoint, sealer: Sealer): Endpoint | null {
  try {
    return fromEndpointRow(row, sealer);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return null;
    throw error;
  }
}

/**
 * The path, in an entity's configuration, of something that one of its endpoints lacks.
 *
 * @param backOffice '' for the entity's own endpoint
 * @param member as `missingOf` names it
 */
export function missingPath(backOffice: string, member: string): string {
  return backOffice === '' ? `endpoint.${member}` : `backOffices.${backOffice}.endpoint.${member}`;
}
