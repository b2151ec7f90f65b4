import { randomUUID } from 'node:crypto';
import type { Queryable } from './database.ts';

/** The right to test an entity's connection, until it is given back or its time is over. */
export interface HeldTest {
  /** The configuration's row. */
  readonly entityId: string;
  readonly token: string;
}

/**
 * Takes the right to test an entity's connection, which one test has at a time, whichever process runs it.
 *
 * @param entityId the configuration's row
 * @param forMs how long the test may last at the most
 * @returns null while another test has it
 */
export async function takeTest(db: Queryable, entityId: string, forMs: number): Promise<HeldTest | null> {
  const token = randomUUID();
  const taken = await db.query(
    // What others left behind goes by the way.
    `with over as (
       delete from nt30.aoc_nt_proves where fins < clock_timestamp() and entitat <> $1::bigint
     )
     insert into nt30.aoc_nt_proves as p (entitat, prova, fins)
     values ($1::bigint, $2::uuid, clock_timestamp() + $3::integer * interval '1 millisecond')
     on conflict (entitat) do update set prova = excluded.prova, fins = excluded.fins
       where p.fins < clock_timestamp()
     returning 1`,
    [entityId, token, forMs],
  );
  return taken.length === 0 ? null : { entityId, token };
}

/** Gives it back. */
export async function giveTestBack(db: Queryable, { entityId, token }: HeldTest): Promise<void> {
  await db.query('delete from nt30.aoc_nt_proves where entitat = $1::bigint and prova = $2::uuid', [
    entityId,
    token,
  ]);
}
