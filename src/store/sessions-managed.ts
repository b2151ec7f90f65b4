import type { Actor } from '../domain/audit.ts';
import type { KeyRole } from '../domain/key.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { lives, type SignInWay } from './sessions.ts';

/** A session that has not ended, as it is shown: no token, no address. Times are ISO 8601 in UTC with milliseconds. */
export interface OpenSession {
  readonly id: string;
  /** Whose it is, as `by` of the audit trail has it: a key's id, or that of a person who has no key. */
  readonly holder: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly by: SignInWay;
  readonly createdAt: string;
  /** When somebody was last seen at it, to half a minute. */
  readonly lastUsedAt: string;
  /** When it ends at the latest. */
  readonly endsAt: string;
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
}

/** Which sessions; null where one is not asked for. */
interface SessionFilters {
  /** Of this holder alone: no other's exist for who asks. */
  readonly own: string | null;
  readonly holder: string | null;
}

/**
 * Lists the sessions that have not ended, newest first, at most `limit`.
 *
 * @param page `after`: the id after which the page begins; `current`: the digest of the token that asks, if one does
 * @param idleMs how long one lasts while nobody is seen at it, in milliseconds
 */
export async function listSessions(
  db: Queryable,
  { own, holder }: SessionFilters,
  page: { readonly after: string | null; readonly current: string | null },
  idleMs: number,
  limit: number,
): Promise<OpenSession[]> {
  const rows = await db.query<
    Omit<OpenSession, 'createdAt' | 'lastUsedAt' | 'endsAt'> & { begun: Date; seen: Date; end: Date }
  >(
    `select s.identificador as id, s.titular as holder, coalesce(k.nom, s.nom) as name, coalesce(k.rol, s.rol) as role,
       s.entrada as by, s.inici as begun, s.vista as seen, s.fi as end,
       coalesce(s.sessio = decode($1, 'hex'), false) as "isCurrent"
     from nt30.aoc_nt_sessions s left join nt30.aoc_nt_claus k on k.clau = s.clau
     where ${lives('$2')} and ($3::uuid is null or s.titular = $3) and ($4::uuid is null or s.titular = $4)
       and ($5::uuid is null or s.identificador < $5)
     order by s.identificador desc limit $6`,
    [page.current, idleMs, own, holder, page.after, limit],
  );
  return rows.map(({ begun, seen, end, ...row }) => ({
    ...row,
    createdAt: begun.toISOString(),
    lastUsedAt: seen.toISOString(),
    endsAt: end.toISOString(),
  }));
}

/**
 * Ends sessions that have not ended, and notes each: at once, in every process, since a session is looked up at each
 * request.
 *
 * @param which `id`: this one; the same filters as of the list
 * @param idleMs how long one lasts while nobody is seen at it, in milliseconds
 * @returns how many there were
 */
export async function endSessions(
  db: Database,
  which: SessionFilters & { readonly id: string | null },
  idleMs: number,
  actor: Actor,
): Promise<number> {
  return db.transaction(async (tx) => {
    const ended = await tx.query<{ key: string | null; holder: string; name: string; role: KeyRole }>(
      `delete from nt30.aoc_nt_sessions where sessio in (
         select s.sessio from nt30.aoc_nt_sessions s left join nt30.aoc_nt_claus k on k.clau = s.clau
         where ${lives('$1')} and ($2::uuid is null or s.titular = $2) and ($3::uuid is null or s.titular = $3)
           and ($4::uuid is null or s.identificador = $4))
       returning clau as key, titular as holder, nom as name, rol as role`,
      [idleMs, which.own, which.holder, which.id],
    );
    for (const { key, holder, name, role } of ended) {
      const whose = key === null ? { detail: { name, role, holder } } : { key, detail: { name, role } };
      await recordAudit(tx, actor, { action: 'session-ended', entity: null, ...whose });
    }
    return ended.length;
  });
}
