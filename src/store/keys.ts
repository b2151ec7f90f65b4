import { KEY_ROLES, REQUESTS_PER_MINUTE, type Caller } from '../domain/key.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { Queryable } from './database.ts';
import { epochMs } from './instants.ts';

/** SQL of whether a key works now. */
export const USABLE = '(revocada is null and (caduca is null or caduca > clock_timestamp()))';

/** A key that works. */
export interface UsableKey {
  readonly caller: Caller;
  /** What it was found by. */
  readonly digest: string;
  /** Until it expires, in milliseconds from now; null: it does not. */
  readonly endsInMs: number | null;
}

/** What a caller shows: the key itself, or the client certificate that stands for it. */
export interface Credential {
  readonly by: 'key' | 'certificate';
  /** SHA-256, hexadecimal: of the key's text as `digestOf` makes it, or of the certificate. */
  readonly digest: string;
}

/** The columns of what may be shown. */
const COLUMNS = { key: 'k.resum', certificate: 'k.certificat' } as const;

/** The key of this credential; null where there is none, or it has expired or was revoked. */
export async function findKey(db: Queryable, { by, digest }: Credential): Promise<UsableKey | null> {
  const [row] = await db.query<{
    id: string;
    name: string;
    role: string;
    limit: number | null;
    digest: string;
    endsInMs: number | null;
    entities: EntityKey[];
  }>(
    `select k.clau as id, k.nom as name, k.rol as role, k.peticions_minut as limit, encode(${COLUMNS[by]}, 'hex') as digest,
       ${epochMs('(k.caduca - clock_timestamp())')} as "endsInMs",
       (select coalesce(json_agg(json_build_object('organisation', e.organisme, 'department', e.departament)), '[]')
        from nt30.aoc_nt_claus_entitats e where e.clau = k.clau) as entities
     from nt30.aoc_nt_claus k where ${COLUMNS[by]} = decode($1, 'hex') and ${USABLE}`,
    [digest],
    `find-key-by-${by}`,
  );
  const role = KEY_ROLES.find((known) => known === row?.role);
  if (row === undefined || role === undefined) return null;
  const caller = {
    id: row.id,
    name: row.name,
    role,
    scope: role === 'integrator' ? row.entities : null,
    requestsPerMinute: row.limit ?? REQUESTS_PER_MINUTE[role],
  };
  return { caller, digest: row.digest, endsInMs: row.endsInMs };
}

/** Notes when keys were last used, by their ids; what is there already and later stays. */
export async function noteKeyUses(db: Queryable, uses: ReadonlyMap<string, number>): Promise<void> {
  await db.query(
    `update nt30.aoc_nt_claus k set darrer_us = greatest(k.darrer_us, to_timestamp(u.ms / 1000))
     from unnest($1::uuid[], $2::float8[]) as u(clau, ms) where k.clau = u.clau`,
    [[...uses.keys()], [...uses.values()]],
    'note-key-uses',
  );
}
