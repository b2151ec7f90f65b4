import { ProblemError } from '../domain/errors.ts';
import { chunkDelayMs, chunkSize, WAIT_MS, type SkipReason } from '../domain/resend-job.ts';
import type { Database, Queryable } from './database.ts';
import { epochMs } from './instants.ts';
import {
  choosePiece,
  readCandidates,
  readRooms,
  type Candidate,
  type Piece,
  type Place,
} from './resend-candidates.ts';
import { lockForResends, resendLocked, type LockedForResend, type Resent } from './resend.ts';

/** A running job, and how long until its next piece may be worked, in milliseconds; 0: now. */
export interface DueJob {
  readonly id: string;
  readonly dueInMs: number;
}

/** Reads the running jobs, that due longest first. */
export async function readRunningJobs(db: Queryable): Promise<DueJob[]> {
  return db.query<DueJob>(
    `select reenviament as id, greatest(${epochMs('proper - clock_timestamp()')}, 0) as "dueInMs"
     from nt30.aoc_nt_reenviaments where finalitzat is null and situacio = 'running' order by proper`,
    [],
    'read-running-resends',
  );
}

/** What became of an item: the delivery that was made, or why none was. */
interface Done {
  readonly delivery: string;
  /** The server that it counts for. */
  readonly origin: string;
  readonly made: Resent | null;
  readonly reason: SkipReason | null;
}

interface Job extends Place {
  readonly pace: number;
  /** The servers that its round leaves. */
  readonly held: readonly string[];
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
}

/**
 * Works the next piece of a job, whole or not at all: what is sent again in the order in which it was made, as
 * many as the pace allows, and all that is passed over between. The job's row is locked before all else, and
 * left alone where another process has it: so no delivery is dealt with twice, and the order holds. What is for a
 * server that has as many unfinished as it may is left for the next round: it holds up what is for others no longer
 * than it takes to read past it.
 *
 * @returns the origins (rows) that have something to send now
 */
export async function workResendChunk(db: Database, id: string): Promise<string[]> {
  return db.transaction(async (tx) => {
    const [job] = await tx.query<Job>(
      `select reenviament as id, ritme as pace, darrer as last, omesos as skipped, volta as round,
         ajornats::text[] as held from nt30.aoc_nt_reenviaments
       where reenviament = $1 and situacio = 'running' and proper <= clock_timestamp()
       for update skip locked`,
      [id],
      'lock-resends',
    );
    if (job === undefined) return [];
    const { candidates, isLast } = await readCandidates(tx, job);
    const origins = [...new Set(candidates.map(({ origin }) => origin))];
    const rooms = await readRooms(tx, id, origins);
    const piece = choosePiece(candidates, rooms, job.held, chunkSize(job.pace));
    const done = await workItems(tx, piece.chosen);
    await writeItems(tx, id, done);
    await writeJob(tx, job, piece, done, isLast && piece.isWhole);
    return [...new Set(done.flatMap(({ made }) => made?.originId ?? []))];
  });
}

async function workItems(tx: Queryable, items: readonly Candidate[]): Promise<readonly Done[]> {
  const wanted = items.flatMap(({ delivery, reason }) => (reason === null ? [delivery] : []));
  const locked = await lockForResends(tx, wanted);
  const done: Done[] = [];
  for (const [place, { delivery, origin, reason }] of items.entries()) {
    done.push(
      reason === null
        ? { delivery, origin, ...(await sendAgain(tx, locked, delivery, place)) }
        : { delivery, origin, made: null, reason },
    );
  }
  return done;
}

async function sendAgain(
  tx: Queryable,
  { originals, now }: LockedForResend,
  delivery: string,
  place: number,
): Promise<Pick<Done, 'made' | 'reason'>> {
  const original = originals.find(({ id }) => id === delivery);
  if (original === undefined) return { made: null, reason: 'delivery-gone' };
  try {
    return { made: await resendLocked(tx, original, now, place), reason: null };
  } catch (error) {
    // Refused before anything was written: the transaction goes on.
    if (!(error instanceof ProblemError)) throw error;
    if (error.code === 'delivery-unfinished') return { made: null, reason: 'resend-unfinished' };
    if (error.code === 'entity-unknown') return { made: null, reason: 'entity-unknown' };
    throw error;
  }
}

async function writeItems(tx: Queryable, id: string, done: readonly Done[]): Promise<void> {
  const rows = done.map(({ delivery, origin, made, reason }) => ({
    delivery,
    made: made?.id ?? null,
    origin: made === null ? null : origin,
    reason,
  }));
  await tx.query(
    `update nt30.aoc_nt_reenviaments_enviaments i set nou = d.made, motiu = d.reason, origen = d.origin
     from json_to_recordset($2) as d(delivery uuid, made uuid, origin bigint, reason text)
     where i.reenviament = $1 and i.enviament = d.delivery
       and (i.nou, i.motiu) is distinct from (d.made, d.reason)`,
    [id, JSON.stringify(rows)],
    'write-resend-items',
  );
}

/**
 * Notes how far the job is. Its pace is kept on average: after a piece that came late the next comes sooner. At the
 * end of a round that has left something the next one begins, after a while.
 *
 * @param endsRound whether the job has come to all of its round
 */
async function writeJob(
  tx: Queryable,
  job: Job,
  piece: Piece,
  done: readonly Done[],
  endsRound: boolean,
): Promise<void> {
  const resent = done.filter(({ made }) => made !== null).length;
  const skipped = { ...job.skipped };
  for (const { reason } of done) if (reason !== null) skipped[reason] = (skipped[reason] ?? 0) + 1;
  const isDone = endsRound && piece.held.length === 0;
  const waits = endsRound && !isDone;
  await tx.query(
    `update nt30.aoc_nt_reenviaments set
       darrer = case when $7 then null else coalesce($2::uuid, darrer) end,
       volta = case when $7 then volta + 1 else volta end,
       ajornats = case when $7 then '{}' else $8::bigint[] end,
       reenviats = reenviats + $3, omesos = $4,
       iniciat = coalesce(iniciat, clock_timestamp()),
       proper = greatest(proper, clock_timestamp() - interval '1 second') + $5::float8 * interval '1 millisecond',
       espera = $7, situacio = case when $6 then 'done' else situacio end,
       finalitzat = case when $6 then clock_timestamp() end
     where reenviament = $1`,
    [
      job.id,
      piece.last,
      resent,
      JSON.stringify(skipped),
      waits ? chunkDelayMs(job.pace, resent) + WAIT_MS : chunkDelayMs(job.pace, resent),
      isDone,
      waits,
      piece.held,
    ],
    'write-resend-job',
  );
}
