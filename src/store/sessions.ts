import { KEY_ROLES, REQUESTS_PER_MINUTE, type Caller, type KeyRole, type Scope } from '../domain/key.ts';
import type { Actor } from '../domain/audit.ts';
import type { EntityKey } from '../domain/notification.ts';
import { uuidV7 } from '../domain/uuid.ts';
import type { Queryable } from './database.ts';
import { epochMs, readClock } from './instants.ts';
import { USABLE } from './keys.ts';

/** How much older the last sight of a session must be before it is written again, in milliseconds. */
const NOTE_EVERY_MS = 30_000;

/** How a session is begun: with a key, with a link that a key made, or by a provider of identity. */
export const SIGN_IN_WAYS = ['key', 'link', 'provider'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

/**
 * SQL of whether a session `s`, joined with the key `k` that it may be of, has not ended.
 *
 * @param idleMs the parameter of how long one lasts while nobody is seen at it, in milliseconds
 */
export const lives = (idleMs: string): string =>
  `s.fi > clock_timestamp() and s.vista > clock_timestamp() - ${idleMs}::float8 * interval '1 millisecond'
   and (s.clau is null or ${USABLE})`;

/** Whom a session is of. */
export interface SessionSubject {
  /** Who it is in the audit trail: a UUID, of the key where it is a key's. */
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  /** What it reads where it is no key's: a key's own entities are read each time. */
  readonly scope: Scope;
  /** The key that it ends with; null: it is no key's. */
  readonly key: string | null;
}

/** A session that has not ended. */
export interface FoundSession {
  /** Opens nothing; see `OpenSession`. */
  readonly id: string;
  readonly caller: Caller;
  readonly by: SignInWay;
  /** How long ago its holder proved who they are, in milliseconds; null: not known. */
  readonly provedMs: number | null;
  /** When it ends whatever happens, in milliseconds since the epoch. */
  readonly endsAt: number;
}

/** How a session is begun. */
export interface SignIn {
  readonly by: SignInWay;
  /** When its holder proved who they are, in milliseconds since the epoch; null: not known. */
  readonly provedAt: number | null;
}

/** Begins a session that ends after so many milliseconds at the latest. Those that have ended are removed. */
export async function createSession(
  db: Queryable,
  digest: string,
  { id, name, role, scope, key }: SessionSubject,
  { by, provedAt }: SignIn,
  lifeMs: number,
): Promise<void> {
  await db.query('delete from nt30.aoc_nt_sessions where fi < clock_timestamp()');
  await db.query(
    `insert into nt30.aoc_nt_sessions
       (sessio, identificador, clau, titular, nom, rol, entitats, entrada, inici, vista, fi, provada)
     select decode($1, 'hex'), $2, $3, $4, $5, $6, $7, $8, now, now, now + $9::float8 * interval '1 millisecond',
       case when $10::float8 is not null then least(now, to_timestamp($10::float8 / 1000)) end
     from clock_timestamp() as now`,
    [
      digest,
      uuidV7(await readClock(db), 0),
      key,
      id,
      name,
      role,
      scope === null ? null : JSON.stringify(scope),
      by,
      lifeMs,
      provedAt,
    ],
  );
}

/**
 * The session of a token that has not ended, and whose key works; null for any other.
 *
 * @param isAttended whether somebody is there: the session then counts as seen now
 */
export async function findSession(
  db: Queryable,
  digest: string,
  idleMs: number,
  isAttended: boolean,
): Promise<FoundSession | null> {
  const [row] = await db.query<{
    id: string;
    holder: string;
    name: string;
    role: string;
    by: SignInWay;
    provedMs: number | null;
    limit: number | null;
    entities: EntityKey[] | null;
    unseenMs: number;
    endsAt: number;
  }>(
    `select s.identificador as id, s.titular as holder, coalesce(k.nom, s.nom) as name, coalesce(k.rol, s.rol) as role,
       s.entrada as by, k.peticions_minut as limit, ${epochMs('(clock_timestamp() - s.provada)')} as "provedMs",
       case when s.clau is null then s.entitats else
         (select coalesce(jsonb_agg(jsonb_build_object('organisation', e.organisme, 'department', e.departament)), '[]')
          from nt30.aoc_nt_claus_entitats e where e.clau = s.clau) end as entities,
       ${epochMs('(clock_timestamp() - s.vista)')} as "unseenMs", ${epochMs('s.fi')} as "endsAt"
     from nt30.aoc_nt_sessions s left join nt30.aoc_nt_claus k on k.clau = s.clau
     where s.sessio = decode($1, 'hex') and ${lives('$2')}`,
    [digest, idleMs],
    'find-session',
  );
  const role = KEY_ROLES.find((known) => known === row?.role);
  if (row === undefined || role === undefined) return null;
  if (isAttended && row.unseenMs > Math.min(NOTE_EVERY_MS, idleMs / 10)) await noteSeen(db, digest);
  const caller = {
    id: row.holder,
    name: row.name,
    role,
    scope: role === 'integrator' ? (row.entities ?? []) : null,
    requestsPerMinute: row.limit ?? REQUESTS_PER_MINUTE[role],
  };
  const { id, by, provedMs, endsAt } = row;
  return { id, caller, by, provedMs, endsAt };
}

async function noteSeen(db: Queryable, digest: string): Promise<void> {
  await db.query(
    `update nt30.aoc_nt_sessions set vista = clock_timestamp() where sessio = decode($1, 'hex')`,
    [digest],
    'note-session-seen',
  );
}

/** Ends a session; answers whose it was, null where there was none. */
export async function deleteSession(db: Queryable, digest: string): Promise<Actor | null> {
  const [row] = await db.query<{ id: string; name: string }>(
    `delete from nt30.aoc_nt_sessions where sessio = decode($1, 'hex') returning titular as id, nom as name`,
    [digest],
  );
  return row ?? null;
}
