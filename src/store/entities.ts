import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Actor } from '../domain/audit.ts';
import { DEFAULT_ENDPOINT, missingOf, type Endpoint } from '../domain/entity.ts';
import type { EntityKey } from '../domain/notification.ts';
import { recordAudit } from './audit.ts';
import { changedMembers, changedValues } from './changed-members.ts';
import { hasDailyChanges } from './daily-changes.ts';
import { ConcurrentChange, type Database, type Queryable } from './database.ts';
import { fromEndpointRow, type StoredEndpoint } from './endpoint-rows.ts';
import { missingPath, writeEndpoints } from './endpoints.ts';
import { followHold } from './holds.ts';
import { repointDeliveries } from './repoint.ts';
import { SecretUnreadableError, type Sealer } from './secrets.ts';
import { readSeenCertificate, SEEN_CERTIFICATE, type SeenCertificate } from './server-certificates.ts';
import { readServiceCertificate, SERVICE_CERTIFICATE } from './service-certificate.ts';

/** What an entity's configuration says. */
export interface EntitySettings {
  readonly organisationName: string;
  readonly departmentName: string;
  /** Whether online callbacks are made for new changes. */
  readonly online: boolean;
  /** Whether new changes are told by a daily report. */
  readonly daily: boolean;
  /** Whether ANUL·LADA is told too. */
  readonly sendCancelled: boolean;
  /** The entity's own delays between attempts, as written ("10m"); null: the service's. */
  readonly retryDelays: readonly string[] | null;
  readonly endpoint: Endpoint;
  /** By back office code: an endpoint that replaces the entity's wholly. */
  readonly backOffices: ReadonlyMap<string, Endpoint>;
}

/** An entity's configuration as it is stored, its secrets opened. */
export interface StoredEntity extends EntitySettings {
  /** The row's number: newer entities have greater ones. */
  readonly id: string;
  readonly key: EntityKey;
  /** Grows with each change. */
  readonly version: string;
  readonly paused: { readonly since: Date; readonly reason: string | null } | null;
  /** Since when the service itself holds back what goes to an endpoint, by back office code, '' for the entity's own. */
  readonly suspended: ReadonlyMap<string, Date>;
  /** What the configuration lacks, as paths; empty when callbacks can be sent. */
  readonly missing: readonly string[];
  /** Whether secrets of it do not open with the keys of this process: they read as not set, and lack. */
  readonly isSealed: boolean;
  /** The service's own signing certificate, PEM; null where it has none. */
  readonly serviceCertificate: string | null;
  /** What the endpoints' servers have shown last, by back office code, '' for the entity's own. */
  readonly serverCertificates: ReadonlyMap<string, SeenCertificate>;
}

/** What became of a configuration that was put. */
export interface PutEntity {
  readonly entity: StoredEntity;
  readonly created: boolean;
  /** Origins (rows) whose deliveries may have become due. */
  readonly origins: readonly string[];
}

/** How an entity and one of its endpoints are read. */
export interface EntityRow extends StoredEndpoint {
  entitat: string;
  nom_organisme: string;
  nom_departament: string;
  en_linia: boolean;
  diari: boolean;
  envia_anullades: boolean;
  terminis_reintent: unknown;
  versio: string;
  pausat_des_de: Date | null;
  motiu_pausa: string | null;
  manca: string[];
  suspes_des_de: Date | null;
  certificat_servei: string | null;
  certificat_servidor: unknown;
}

/** SQL of the columns of an entity `c` and of its endpoint `p`, as `toEntities` takes them. */
export const ENTITY_COLUMNS = `c.entitat, c.organisme, c.departament, c.nom_organisme, c.nom_departament, c.en_linia, c.diari,
  c.envia_anullades, c.terminis_reintent, c.versio, c.pausat_des_de, c.motiu_pausa, p.backoffice, p.url,
  p.temps_maxim_ms, p.versio_missatge, p.configuracio, p.secrets, p.manca, p.suspes_des_de,
  case when p.backoffice = '' then (
    select valor from nt30.aoc_nt_parametres where nom = '${SERVICE_CERTIFICATE}') end as certificat_servei,
  ${SEEN_CERTIFICATE} as certificat_servidor`;

const RetryDelays = Compile(Type.Union([Type.Array(Type.String()), Type.Null()]));

/** Reads one entity's configuration; null where it has none. */
export async function getEntity(
  db: Queryable,
  sealer: Sealer,
  { organisation, department }: EntityKey,
): Promise<StoredEntity | null> {
  const rows = await db.query<EntityRow>(
    `select ${ENTITY_COLUMNS} from nt30.aoc_nt_configuracio_callbacks c join nt30.aoc_nt_punts_recepcio p using (entitat)
     where c.organisme = $1 and c.departament = $2 order by p.backoffice collate "C"`,
    [organisation, department],
  );
  return toEntities(rows, sealer)[0] ?? null;
}

/** Rows of one entity follow each other; its own endpoint ('') comes first. */
export function toEntities(rows: readonly EntityRow[], sealer: Sealer): StoredEntity[] {
  const entities: StoredEntity[] = [];
  let backOffices = new Map<string, Endpoint>();
  let missing: string[] = [];
  let serverCertificates = new Map<string, SeenCertificate>();
  let suspended = new Map<string, Date>();
  for (const row of rows) {
    const { endpoint, missing: lacking, isSealed } = openEndpoint(row, sealer);
    const seen = readSeenCertificate(row.certificat_servidor);
    const lacks = lacking.map((member) => missingPath(row.backoffice, member));
    const entity = entities.at(-1);
    if (entity?.id !== row.entitat) suspended = new Map();
    if (row.suspes_des_de !== null) suspended.set(row.backoffice, row.suspes_des_de);
    if (entity?.id === row.entitat) {
      backOffices.set(row.backoffice, endpoint);
      missing.push(...lacks);
      if (seen !== null) serverCertificates.set(row.backoffice, seen);
      if (isSealed) entities.splice(-1, 1, { ...entity, isSealed });
      continue;
    }
    backOffices = new Map();
    missing = lacks;
    serverCertificates = new Map(seen === null ? [] : [[row.backoffice, seen]]);
    entities.push({
      id: row.entitat,
      key: { organisation: row.organisme, department: row.departament },
      version: row.versio,
      organisationName: row.nom_organisme,
      departmentName: row.nom_departament,
      online: row.en_linia,
      daily: row.diari,
      sendCancelled: row.envia_anullades,
      retryDelays: RetryDelays.Parse(row.terminis_reintent),
      endpoint: row.backoffice === '' ? endpoint : DEFAULT_ENDPOINT,
      backOffices,
      paused: row.pausat_des_de === null ? null : { since: row.pausat_des_de, reason: row.motiu_pausa },
      suspended,
      missing,
      isSealed,
      serviceCertificate: readServiceCertificate(row.certificat_servei)?.certificate ?? null,
      serverCertificates,
    });
  }
  return entities;
}

/** An endpoint, its secrets opened; where they do not open, it lacks them, so that they can be put again. */
function openEndpoint(
  row: EntityRow,
  sealer: Sealer,
): { readonly endpoint: Endpoint; readonly missing: readonly string[]; readonly isSealed: boolean } {
  try {
    return { endpoint: fromEndpointRow(row, sealer), missing: row.manca, isSealed: false };
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    const endpoint = fromEndpointRow({ ...row, secrets: null }, sealer);
    return { endpoint, missing: [...new Set([...row.manca, ...missingOf(endpoint, true)])], isSealed: true };
  }
}

/**
 * Creates or replaces an entity's configuration; in the same transaction its unfinished deliveries follow it.
 *
 * @param decide says what is to be stored, given what is; it may throw, and is called again when the
 * transaction begins again
 * @param actor noted in the audit trail
 */
export async function putEntity(
  db: Database,
  sealer: Sealer,
  key: EntityKey,
  decide: (current: StoredEntity | null) => EntitySettings,
  actor: Actor,
): Promise<PutEntity> {
  return db.transaction(async (tx) => {
    const current = await takeEntity(tx, sealer, key);
    const settings = decide(current);
    const id = current === null ? await insertEntity(tx, key, settings) : current.id;
    if (current !== null) await updateEntity(tx, id, settings);
    const origins = await applyEndpoints(tx, sealer, key, id, settings);
    const entity = await getEntity(tx, sealer, key);
    if (entity === null) throw new Error('a configuration that was just written is not there');
    await recordAudit(
      tx,
      actor,
      current === null
        ? { action: 'entity-created', entity: key }
        : { action: 'entity-replaced', entity: key, detail: detailOf(current, settings) },
    );
    return { entity, created: current === null, origins };
  });
}

function detailOf(before: StoredEntity, after: EntitySettings): Readonly<Record<string, unknown>> {
  const changed = changedMembers(before, after);
  const values = changedValues(before, after, changed);
  return values.length === 0 ? { changed } : { changed, values };
}

/** Writes a configuration, where there is one, again as it is, so that it follows the service's own settings. */
export async function rewriteEntity(db: Database, sealer: Sealer, key: EntityKey): Promise<void> {
  await db.transaction(async (tx) => {
    const current = await takeEntity(tx, sealer, key);
    // What does not open here must not be written as if it were not there.
    if (current === null || current.isSealed) return;
    await updateEntity(tx, current.id, current);
    await applyEndpoints(tx, sealer, key, current.id, current);
  });
}

/** Writes the endpoints, which the unfinished deliveries follow; answers the origins that may have work now. */
async function applyEndpoints(
  tx: Queryable,
  sealer: Sealer,
  key: EntityKey,
  id: string,
  settings: EntitySettings,
): Promise<string[]> {
  const before = await writeEndpoints(tx, sealer, key, id, endpointsOf(settings));
  if (before.length === 0) return [];
  const origins = await repointDeliveries(tx, key, id, before);
  // One that goes to another endpoint now is held by what holds that one.
  return [...new Set([...origins, ...(await followHold(tx, id))])];
}

/** Locks and reads a configuration; null where there is none. */
async function takeEntity(tx: Queryable, sealer: Sealer, key: EntityKey): Promise<StoredEntity | null> {
  return (await lockEntity(tx, key)) ? getEntity(tx, sealer, key) : null;
}

/** Takes the configuration's row: changes of it, and intake for its entity, follow one another. */
export async function lockEntity(tx: Queryable, key: EntityKey): Promise<string | null> {
  const [row] = await tx.query<{ entitat: string }>(
    `select entitat from nt30.aoc_nt_configuracio_callbacks
     where organisme = $1 and departament = $2 for update`,
    [key.organisation, key.department],
  );
  return row?.entitat ?? null;
}

/** Every endpoint by its back office's code, '' for the entity's own. */
function endpointsOf({ endpoint, backOffices }: EntitySettings): ReadonlyMap<string, Endpoint> {
  return new Map([['', endpoint], ...backOffices]);
}

function settingValues(settings: EntitySettings): unknown[] {
  return [
    settings.organisationName,
    settings.departmentName,
    settings.online,
    settings.daily,
    settings.sendCancelled,
    settings.retryDelays === null ? null : JSON.stringify(settings.retryDelays),
  ];
}

async function insertEntity(tx: Queryable, key: EntityKey, settings: EntitySettings): Promise<string> {
  const [row] = await tx.query<{ entitat: string }>(
    `insert into nt30.aoc_nt_configuracio_callbacks (nom_organisme, nom_departament, en_linia, diari,
       envia_anullades, terminis_reintent, organisme, departament)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning entitat`,
    [...settingValues(settings), key.organisation, key.department],
  );
  if (row === undefined) throw new ConcurrentChange('another request created the same entity');
  return row.entitat;
}

async function updateEntity(tx: Queryable, id: string, settings: EntitySettings): Promise<void> {
  await tx.query(
    `update nt30.aoc_nt_configuracio_callbacks set nom_organisme = $1, nom_departament = $2, en_linia = $3,
       diari = $4, envia_anullades = $5, terminis_reintent = $6, versio = versio + 1,
       modificat = clock_timestamp()
     where entitat = $7`,
    [...settingValues(settings), id],
  );
}

/**
 * Deletes an entity's configuration, unless a delivery of it is unfinished or a change waits for its daily report.
 *
 * @param check may refuse by throwing, given what is stored
 * @param actor noted in the audit trail
 */
export async function deleteEntity(
  db: Database,
  sealer: Sealer,
  key: EntityKey,
  check: (current: StoredEntity) => void,
  actor: Actor,
): Promise<'deleted' | 'not-found' | 'in-use'> {
  return db.transaction(async (tx) => {
    const current = await takeEntity(tx, sealer, key);
    if (current === null) return 'not-found';
    check(current);
    const [unfinished] = await tx.query(
      `select from nt30.aoc_nt_enviaments where finalitzat is null
         and punt in (select punt from nt30.aoc_nt_punts_recepcio where entitat = $1) limit 1`,
      [current.id],
    );
    if (unfinished !== undefined || (await hasDailyChanges(tx, key))) return 'in-use';
    await tx.query('delete from nt30.aoc_nt_configuracio_callbacks where entitat = $1', [current.id]);
    await recordAudit(tx, actor, { action: 'entity-deleted', entity: key });
    return 'deleted';
  });
}
