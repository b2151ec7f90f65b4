import { LOOK_BACK, MAX_UNFINISHED, type SkipReason } from '../domain/resend-job.ts';
import type { Queryable } from './database.ts';

/** The most deliveries that one piece goes through: those that are passed over cost little. */
const MAX_LOOK = 500;
/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** A delivery that a job has come to. */
export interface Candidate {
  readonly delivery: string;
  /** Why it is passed over, where that was known from the first. */
  readonly reason: SkipReason | null;
  /** The server that it went to (a row of aoc_nt_origens; 0: none). */
  readonly origin: string;
  /** Earlier deliveries of its notification that the job has not dealt with. */
  readonly earlier: readonly string[];
}

/** Where a job stands. */
export interface Place {
  readonly id: string;
  readonly round: number;
  /** The last delivery that it came to in this round. */
  readonly last: string | null;
}

/** The next deliveries of a round: of the first all, of a later one those that were left. */
export async function readCandidates(
  tx: Queryable,
  { id, round, last }: Place,
): Promise<{ candidates: readonly Candidate[]; isLast: boolean }> {
  const candidates = await tx.query<Candidate>(
    `select i.enviament as delivery, i.motiu as reason, coalesce(p.origen, 0)::text as origin,
       array(
         select o.enviament::text from nt30.aoc_nt_enviaments o
         join nt30.aoc_nt_reenviaments_enviaments j on j.reenviament = $1 and j.enviament = o.enviament
         where o.notificacio = e.notificacio and o.enviament < i.enviament and j.nou is null and j.motiu is null
       ) as earlier
     from (
       select enviament, motiu from nt30.aoc_nt_reenviaments_enviaments
       where reenviament = $1 and enviament > $2::uuid ${round === 1 ? '' : 'and nou is null and motiu is null'}
       order by enviament limit ${MAX_LOOK}
     ) i
     left join nt30.aoc_nt_enviaments e on e.enviament = i.enviament
     left join nt30.aoc_nt_punts_recepcio p on p.punt = e.punt
     order by i.enviament`,
    [id, last ?? FIRST_ID],
    round === 1 ? 'read-resend-items' : 'read-left-resend-items',
  );
  return { candidates, isLast: candidates.length < MAX_LOOK };
}

/** How many more of a job's deliveries each of these servers may have unfinished. */
export async function readRooms(
  tx: Queryable,
  job: string,
  origins: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ origin: string; unfinished: number }>(
    `select o.origen::text as origin, (
       select count(*)::integer from (
         select nou from nt30.aoc_nt_reenviaments_enviaments
         where reenviament = $1 and origen = o.origen and nou is not null order by nou desc limit ${LOOK_BACK}
       ) i join nt30.aoc_nt_enviaments e on e.enviament = i.nou
       where coalesce(e.finalitzat, 'infinity') = 'infinity'
     ) as unfinished from unnest($2::bigint[]) o(origen)`,
    [job, origins],
    'count-unfinished-resends',
  );
  return new Map(rows.map(({ origin, unfinished }) => [origin, MAX_UNFINISHED - unfinished]));
}

/** What one piece of a job does. */
export interface Piece {
  /** What is dealt with, in order. */
  readonly chosen: readonly Candidate[];
  /** How far the round comes; null: nowhere. */
  readonly last: string | null;
  /** Whether every candidate was come to. */
  readonly isWhole: boolean;
  /** Servers whose deliveries this round leaves. */
  readonly held: readonly string[];
}

/**
 * Chooses what a piece deals with: at most `most` to be sent again. A server without room is left until the next
 * round, though it may have room before that, and so is what comes after something left in a notification's line:
 * nothing is sent before what stands before it.
 *
 * @param rooms by server; used up
 * @param heldBefore the servers that this round has left so far
 */
export function choosePiece(
  candidates: readonly Candidate[],
  rooms: Map<string, number>,
  heldBefore: readonly string[],
  most: number,
): Piece {
  const held = new Set(heldBefore);
  const chosen: Candidate[] = [];
  const taken = new Set<string>();
  let last: string | null = null;
  let left = most;
  for (const candidate of candidates) {
    const { delivery, reason, origin, earlier } = candidate;
    const room = rooms.get(origin) ?? 0;
    const isLeft = held.has(origin) || room <= 0 || earlier.some((before) => !taken.has(before));
    if (reason === null && !isLeft) {
      if (left === 0) return { chosen, last, isWhole: false, held: [...held] };
      left -= 1;
      rooms.set(origin, room - 1);
      taken.add(delivery);
    }
    if (reason !== null || !isLeft) chosen.push(candidate);
    else held.add(origin);
    last = delivery;
  }
  return { chosen, last, isWhole: true, held: [...held] };
}
