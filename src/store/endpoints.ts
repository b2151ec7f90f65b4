import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { missingOf, originOf, type Authentication, type Endpoint } from '../domain/entity.ts';
import type { EntityKey } from '../domain/notification.ts';
import { MESSAGE_VERSIONS } from '../domain/report.ts';
import type { Queryable } from './database.ts';
import type { Sealer } from './secrets.ts';

/** A receiving endpoint (a row of nt30.aoc_nt_punts_recepcio), its secrets opened. */
export interface ConfiguredEndpoint {
  /** The row's number. */
  readonly id: string;
  /** The version of the configuration that it belongs to: changes with each PUT. */
  readonly version: string;
  /** The row of its URL's origin; null where there is no URL. */
  readonly originId: string | null;
  readonly endpoint: Endpoint;
}

/** How a row of nt30.aoc_nt_punts_recepcio is written; `secrets` in base64. */
interface EndpointRow {
  readonly backOffice: string;
  /** `originOf` its URL. */
  readonly origin: string | null;
  readonly url: string | null;
  readonly timeoutMs: number;
  readonly messageVersion: string;
  readonly settings: unknown;
  readonly secrets: string | null;
  readonly missing: readonly string[];
}

/** How a row of nt30.aoc_nt_punts_recepcio is read, with the entity's codes. */
export interface StoredEndpoint {
  readonly organisme: string;
  readonly departament: string;
  readonly backoffice: string;
  readonly url: string | null;
  readonly temps_maxim_ms: number;
  readonly versio_missatge: string;
  readonly configuracio: unknown;
  readonly secrets: Buffer | null;
}

/** What the column `configuracio` holds: everything but the secrets. */
const StoredSettings = Compile(
  Type.Object({
    policy: Type.Object({ type: Type.Literal('none') }),
    authentication: Type.Union([
      Type.Object({ type: Type.Literal('none') }),
      Type.Object({ type: Type.Literal('basic'), username: Type.String() }),
      Type.Object({ type: Type.Literal('bearer') }),
    ]),
    tls: Type.Object({
      ca: Type.Union([Type.String(), Type.Null()]),
      clientCertificate: Type.Union([Type.String(), Type.Null()]),
    }),
    envelope: Type.Object({
      soapVersion: Type.Union([Type.Literal('1.1'), Type.Literal('1.2')]),
      wrapper: Type.Boolean(),
      soapAction: Type.String(),
    }),
  }),
);

/** What the column `secrets` holds, sealed, as JSON. */
const StoredSecrets = Compile(
  Type.Object({
    password: Type.Optional(Type.String()),
    token: Type.Optional(Type.String()),
    clientKey: Type.Optional(Type.String()),
  }),
);

/** What the secrets of an endpoint are bound to: they open nowhere else. */
function placeOf(entity: EntityKey, backOffice: string): string {
  return `endpoint:${JSON.stringify([entity.organisation, entity.department, backOffice])}`;
}

/** @param backOffice '' for the entity's own endpoint */
function toEndpointRow(
  entity: EntityKey,
  backOffice: string,
  endpoint: Endpoint,
  sealer: Sealer,
): EndpointRow {
  const { url, timeoutMs, messageVersion, policy, authentication, tls, envelope } = endpoint;
  const secrets = {
    ...(authentication.type === 'basic' ? { password: authentication.password } : {}),
    ...(authentication.type === 'bearer' ? { token: authentication.token } : {}),
    ...(tls.clientKey === null ? {} : { clientKey: tls.clientKey }),
  };
  return {
    backOffice,
    origin: url === null ? null : originOf(url),
    url,
    timeoutMs,
    messageVersion,
    settings: {
      policy,
      authentication:
        authentication.type === 'basic'
          ? { type: authentication.type, username: authentication.username }
          : { type: authentication.type },
      tls: { ca: tls.ca, clientCertificate: tls.clientCertificate },
      envelope,
    },
    secrets:
      Object.keys(secrets).length === 0
        ? null
        : sealer.seal(JSON.stringify(secrets), placeOf(entity, backOffice)).toString('base64'),
    missing: missingOf(endpoint),
  };
}

/** @throws where the row was written by another program or sealed with another key */
export function fromEndpointRow(row: StoredEndpoint, sealer: Sealer): Endpoint {
  const settings = StoredSettings.Parse(row.configuracio);
  const entity = { organisation: row.organisme, department: row.departament };
  const opened: unknown =
    row.secrets === null ? {} : JSON.parse(sealer.open(row.secrets, placeOf(entity, row.backoffice)));
  const secrets = StoredSecrets.Parse(opened);
  const messageVersion = MESSAGE_VERSIONS.find((version) => version === row.versio_missatge);
  if (messageVersion === undefined) throw new Error('an endpoint has a message version that is not known');
  return {
    url: row.url,
    messageVersion,
    timeoutMs: row.temps_maxim_ms,
    policy: settings.policy,
    authentication: withSecrets(settings.authentication, secrets),
    tls: { ...settings.tls, clientKey: secrets.clientKey ?? null },
    envelope: settings.envelope,
  };
}

function withSecrets(
  authentication: { type: 'none' } | { type: 'basic'; username: string } | { type: 'bearer' },
  secrets: { password?: string; token?: string },
): Authentication {
  switch (authentication.type) {
    case 'none':
      return { type: 'none' };
    case 'basic':
      return { type: 'basic', username: authentication.username, password: secrets.password ?? '' };
    case 'bearer':
      return { type: 'bearer', token: secrets.token ?? '' };
  }
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
  const rows = [...endpoints].map(([code, endpoint]) => toEndpointRow(entity, code, endpoint, sealer));
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
       versio_missatge, configuracio, secrets, manca)
     select $1, r."backOffice", o.origen, r.url, r."timeoutMs", r."messageVersion", r.settings,
       decode(r.secrets, 'base64'), array(select json_array_elements_text(r.missing))
     from json_to_recordset($2) as r("backOffice" text, origin text, url text, "timeoutMs" integer,
       "messageVersion" text, settings jsonb, secrets text, missing json)
     left join nt30.aoc_nt_origens o on o.adreca = r.origin
     on conflict (entitat, backoffice) do update set origen = excluded.origen, url = excluded.url,
       temps_maxim_ms = excluded.temps_maxim_ms, versio_missatge = excluded.versio_missatge,
       configuracio = excluded.configuracio, secrets = excluded.secrets, manca = excluded.manca`,
    [id, JSON.stringify(rows)],
  );
  return before.map(({ punt }) => punt);
}

/** Reads endpoints by their numbers; those that are gone are left out. */
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
  return rows.map((row) => ({
    id: row.punt,
    version: row.versio,
    originId: row.origen,
    endpoint: fromEndpointRow(row, sealer),
  }));
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
