import type { Actor } from '../domain/audit.ts';
import { ProblemError } from '../domain/errors.ts';
import { REQUESTS_PER_MINUTE, type KeyRole } from '../domain/key.ts';
import type { EntityKey } from '../domain/notification.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { epochMs, readClock } from './instants.ts';
import { USABLE } from './keys.ts';
import { digestOf, makeKeyText } from './keys-text.ts';

/** Whether a key works. */
export const KEY_STATUSES = ['active', 'expired', 'revoked'] as const;
type KeyStatus = (typeof KEY_STATUSES)[number];

/** A key as it is shown: never the key itself. Times are ISO 8601 in UTC with milliseconds. */
export interface KeyView {
  readonly id: string;
  /** What the key begins with; null where it is not of our making. */
  readonly prefix: string | null;
  readonly name: string;
  readonly role: KeyRole;
  readonly status: KeyStatus;
  /** The entities that an integrator's key reads; null for the other roles. */
  readonly entities: readonly EntityKey[] | null;
  readonly requestsPerMinute: number;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** To the minute. */
  readonly lastUsedAt: string | null;
  /** The key that it follows, and the one that follows it. */
  readonly rotatedFrom: string | null;
  readonly rotatedTo: string | null;
  /** SHA-256 (hex) of the client certificate that may be shown in its place; null: none. */
  readonly certificate: string | null;
}

/** What a new key is to be. */
export interface KeySettings {
  readonly name: string;
  readonly role: KeyRole;
  /** Of an integrator alone; empty for the other roles. */
  readonly entities: readonly EntityKey[];
  /** Null: what its role has. */
  readonly requestsPerMinute: number | null;
  /** Milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null;
  /** SHA-256 (hex) of a client certificate that stands for the key; null: none. */
  readonly certificate: string | null;
}

/** A key that was made, with its text, which is shown now and never again. */
export interface MadeKey {
  readonly view: KeyView;
  readonly text: string;
}

interface Row {
  id: string;
  prefix: string | null;
  name: string;
  role: KeyRole;
  status: KeyStatus;
  entities: EntityKey[] | null;
  limit: number | null;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  rotatedFrom: string | null;
  rotatedTo: string | null;
  certificate: string | null;
}

const SELECT = `
select k.clau as id, k.prefix, k.nom as name, k.rol as role, k.peticions_minut as limit, k.creat as created_at,
  k.caduca as expires_at, k.revocada as revoked_at, k.darrer_us as last_used_at,
  case when k.revocada is not null then 'revoked' when ${USABLE} then 'active' else 'expired' end as status,
  (select json_agg(json_build_object('organisation', e.organisme, 'department', e.departament)
     order by e.organisme, e.departament)
   from nt30.aoc_nt_claus_entitats e where e.clau = k.clau) as entities,
  k.substitueix as "rotatedFrom", encode(k.certificat, 'hex') as certificate,
  (select s.clau from nt30.aoc_nt_claus s where s.substitueix = k.clau) as "rotatedTo"
from nt30.aoc_nt_claus k`;

function toView({ limit, created_at, expires_at, revoked_at, last_used_at, ...rest }: Row): KeyView {
  return {
    ...rest,
    requestsPerMinute: limit ?? REQUESTS_PER_MINUTE[rest.role],
    createdAt: created_at.toISOString(),
    expiresAt: expires_at?.toISOString() ?? null,
    revokedAt: revoked_at?.toISOString() ?? null,
    lastUsedAt: last_used_at?.toISOString() ?? null,
  };
}

/**
 * Reads keys, newest first, at most `limit`.
 *
 * @param page `after`: the id after which the page begins; `prefix`: only the key that begins so
 */
export async function listKeys(
  db: Queryable,
  page: { readonly after: string | null; readonly prefix: string | null },
  limit: number,
): Promise<KeyView[]> {
  const rows = await db.query<Row>(
    `${SELECT}
     where ($1::uuid is null or (k.creat, k.clau) < (select a.creat, a.clau from nt30.aoc_nt_claus a where a.clau = $1))
       and ($2::text is null or k.prefix = $2)
     order by k.creat desc, k.clau desc limit $3`,
    [page.after, page.prefix, limit],
  );
  return rows.map(toView);
}

/** Reads one key; null where there is none. */
export async function getKey(db: Queryable, id: string): Promise<KeyView | null> {
  const [row] = await db.query<Row>(`${SELECT} where k.clau = $1`, [id]);
  return row === undefined ? null : toView(row);
}

/** Makes a key. @throws ProblemError `certificate-in-use` where another key that is not revoked has the certificate */
export async function createKey(db: Database, settings: KeySettings, actor: Actor): Promise<MadeKey> {
  return db.transaction(async (tx) => {
    const made = await insertKey(tx, settings, null);
    const { role, name } = settings;
    await recordAudit(tx, actor, {
      action: 'key-created',
      entity: null,
      key: made.view.id,
      detail: { name, role, entities: settings.entities },
    });
    return made;
  });
}

async function insertKey(tx: Queryable, settings: KeySettings, rotatedFrom: string | null): Promise<MadeKey> {
  const { id, prefix, text } = makeKeyText(await readClock(tx));
  if (settings.certificate !== null) await assertUnused(tx, settings.certificate);
  await tx.query(
    `insert into nt30.aoc_nt_claus
       (clau, nom, rol, resum, prefix, peticions_minut, caduca, substitueix, certificat, creat)
     values ($1, $2, $3, decode($4, 'hex'), $5, $6, to_timestamp($7::float8 / 1000), $8, decode($9, 'hex'),
       clock_timestamp())`,
    [
      id,
      settings.name,
      settings.role,
      digestOf(text),
      prefix,
      settings.requestsPerMinute,
      settings.expiresAt,
      rotatedFrom,
      settings.certificate,
    ],
  );
  await tx.query(
    `insert into nt30.aoc_nt_claus_entitats (clau, organisme, departament)
     select $1, * from unnest($2::text[], $3::text[]) on conflict do nothing`,
    [id, settings.entities.map((e) => e.organisation), settings.entities.map((e) => e.department)],
  );
  const view = await getKey(tx, id);
  if (view === null) throw new Error('a key that was just made is not there');
  return { view, text };
}

async function assertUnused(tx: Queryable, certificate: string): Promise<void> {
  // Two at once: the second waits here, and finds what the first has made.
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [certificate]);
  const users = await tx.query(
    `select from nt30.aoc_nt_claus where certificat = decode($1, 'hex') and revocada is null`,
    [certificate],
  );
  if (users.length > 0) throw new ProblemError('certificate-in-use', 'Another key has this certificate.');
}

/**
 * Makes a key that follows another: of the same name, role, entities and limit. The old one works on for a while,
 * so that whoever uses it has time to change it; a certificate goes over to the new one.
 *
 * @param options `overlapMs`: how long the old one works on, unless it ends before; `expiresAt`: when the new one
 * ends; null: after as long a life as the old one was given
 * @returns null where there is no such key
 * @throws ProblemError `key-ended` where the old one works no more, or has a successor already
 */
export async function rotateKey(
  db: Database,
  id: string,
  options: { readonly overlapMs: number; readonly expiresAt: number | null },
  actor: Actor,
): Promise<MadeKey | null> {
  return db.transaction(async (tx) => {
    const [locked] = await tx.query<{ life: number | null; limit: number | null }>(
      `select ${epochMs('(caduca - creat)')} as life, peticions_minut as limit
       from nt30.aoc_nt_claus where clau = $1 for update`,
      [id],
    );
    const old = await getKey(tx, id);
    if (locked === undefined || old === null) return null;
    if (old.status !== 'active' || old.rotatedTo !== null) {
      throw new ProblemError('key-ended', 'The key has ended, or was rotated already.');
    }
    const { name, role, entities, certificate } = old;
    const lifeEnd = locked.life === null ? null : (await readClock(tx)) + locked.life;
    const expiresAt = options.expiresAt ?? lifeEnd;
    const settings = {
      name,
      role,
      entities: entities ?? [],
      requestsPerMinute: locked.limit,
      expiresAt,
      certificate,
    };
    await tx.query('update nt30.aoc_nt_claus set certificat = null where clau = $1', [id]);
    const made = await insertKey(tx, settings, id);
    await tx.query(
      `update nt30.aoc_nt_claus
       set caduca = least(caduca, clock_timestamp() + $2::float8 * interval '1 millisecond') where clau = $1`,
      [id, options.overlapMs],
    );
    await recordAudit(tx, actor, {
      action: 'key-rotated',
      entity: null,
      key: id,
      detail: { name, role, rotatedTo: made.view.id, overlapMs: options.overlapMs },
    });
    return made;
  });
}

/**
 * Ends a key at once; one that was revoked stays so.
 *
 * @throws ProblemError `last-admin-key` where no other administrator's key works
 */
export async function revokeKey(db: Database, id: string, actor: Actor): Promise<'revoked' | 'not-found'> {
  return db.transaction(async (tx) => {
    // All administrators' keys: of two that revoke each other's at once, one comes too late.
    const admins = await tx.query<{ id: string }>(
      `select clau as id from nt30.aoc_nt_claus where rol = 'admin' and ${USABLE} order by clau for update`,
    );
    const [key] = await tx.query<{ name: string; role: KeyRole; isRevoked: boolean }>(
      `select nom as name, rol as role, revocada is not null as "isRevoked"
       from nt30.aoc_nt_claus where clau = $1 for update`,
      [id],
    );
    if (key === undefined) return 'not-found';
    if (key.isRevoked) return 'revoked';
    if (admins.length === 1 && admins[0]?.id === id) {
      throw new ProblemError('last-admin-key', 'No other administrator’s key works.');
    }
    await tx.query('update nt30.aoc_nt_claus set revocada = clock_timestamp() where clau = $1', [id]);
    const { name, role } = key;
    await recordAudit(tx, actor, { action: 'key-revoked', entity: null, key: id, detail: { name, role } });
    return 'revoked';
  });
}
