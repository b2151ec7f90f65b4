import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Database, Queryable } from './database.ts';

/** Changes that one transaction goes through. */
const CHUNK = 20_000;

/**
 * So long after a change was taken every one with a lower number is committed, in milliseconds: numbers are given
 * before the commit, and no transaction of the intake lasts nearly as long.
 */
const SETTLED_MS = 60_000;

const Progress = Compile(Type.Object({ change: Type.Optional(Type.String()) }));

/**
 * Fills in the references of the next changes. One process at a time does; another's turn is passed over.
 *
 * @returns whether there is more to do at once
 */
export async function fillReferences(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<{ value: string }>(
      `select valor as value from nt30.aoc_nt_parametres where nom = 'referencies' for update skip locked`,
    );
    if (row === undefined) return false;
    const after = Progress.Parse(JSON.parse(row.value)).change ?? '0';
    const [filled] = await tx.query<{ last: string | null; taken: number }>(
      `with taken as materialized (
         select canvi, notificacio, dades ->> 'reference' as referencia from nt30.aoc_nt_canvis_estat
         where canvi > $1::bigint and canvi <= (
           select coalesce(max(canvi), 0) from (
             select canvi, rebut from nt30.aoc_nt_canvis_estat where canvi > $1::bigint order by canvi limit ${CHUNK}) c
           where rebut < clock_timestamp() - ${SETTLED_MS} * interval '1 millisecond')
       ), filled as (
         insert into nt30.aoc_nt_referencies (referencia, notificacio)
         select distinct referencia, notificacio from taken where referencia is not null
         order by notificacio, referencia on conflict do nothing
       )
       select max(canvi) as last, count(*)::integer as taken from taken`,
      [after],
    );
    const last = filled?.last ?? null;
    if (last === null) return false;
    await tx.query(`update nt30.aoc_nt_parametres set valor = $1 where nom = 'referencies'`, [
      JSON.stringify({ change: last }),
    ]);
    return (filled?.taken ?? 0) === CHUNK;
  });
}

/** Up to which change references are filled in. */
export async function readFilledChange(db: Queryable): Promise<string> {
  const [row] = await db.query<{ value: string }>(
    `select valor as value from nt30.aoc_nt_parametres where nom = 'referencies'`,
  );
  return Progress.Parse(JSON.parse(row?.value ?? '{}')).change ?? '0';
}
