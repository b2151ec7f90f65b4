import { randomBytes } from 'node:crypto';
import { KEY_ROLES } from '../domain/key.ts';
import type { Queryable } from './database.ts';
import { USABLE } from './keys.ts';
import { digestOf } from './keys-text.ts';
import type { SessionSubject } from './sessions.ts';

/** How long a link signs in, in milliseconds. */
export const LINK_LIFE_MS = 10 * 60_000;
const CODE_BYTES = 24;

/** Makes a code that signs in as the key, once; null where there is no such key. It is kept nowhere but as its digest. */
export async function createSignInCode(db: Queryable, key: string): Promise<string | null> {
  const code = randomBytes(CODE_BYTES).toString('base64url');
  await db.query('delete from nt30.aoc_nt_enllacos_entrada where fi < clock_timestamp()');
  const made = await db.query(
    `insert into nt30.aoc_nt_enllacos_entrada (codi, clau, fi)
     select decode($1, 'hex'), clau, clock_timestamp() + $3::float8 * interval '1 millisecond'
     from nt30.aoc_nt_claus where clau = $2 returning clau`,
    [digestOf(code), key, LINK_LIFE_MS],
  );
  return made.length === 0 ? null : code;
}

/** The same for the administrator's key that is longest there, of those that work; null where none does. */
export async function createAdminSignInCode(db: Queryable): Promise<string | null> {
  const [key] = await db.query<{ id: string }>(
    `select clau as id from nt30.aoc_nt_claus where rol = 'admin' and ${USABLE} order by clau limit 1`,
  );
  return key === undefined ? null : createSignInCode(db, key.id);
}

/** Takes a code, which no other sign-in then has; null where it was taken, has ended, or its key works no more. */
export async function takeSignInCode(db: Queryable, code: string): Promise<SessionSubject | null> {
  const [row] = await db.query<{ id: string; name: string; role: string }>(
    `with taken as (
       delete from nt30.aoc_nt_enllacos_entrada where codi = decode($1, 'hex') returning clau, fi)
     select k.clau as id, k.nom as name, k.rol as role
     from taken t join nt30.aoc_nt_claus k on k.clau = t.clau where t.fi > clock_timestamp() and ${USABLE}`,
    [digestOf(code)],
  );
  const role = KEY_ROLES.find((known) => known === row?.role);
  if (row === undefined || role === undefined) return null;
  return { id: row.id, name: row.name, role, scope: null, key: row.id };
}
