import { ProblemError } from '../domain/errors.ts';
import {
  chunkDelayMs,
  chunkSize,
  LOOK_BACK,
  MAX_UNFINISHED,
  WAIT_MS,
  type SkipReason,
} from '../domain/resend-job.ts';
import type { Database, Queryable } from './database.ts';
import { epochMs } from './instants.ts';
import { lockForResends, resendLocked, type LockedForResend, type Resent } from './resend.ts';

/** The most deliveries that one piece goes through: those that are passed over cost little. */
const MAX_LOOK = 500;
/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

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

interface Item {
  readonly delivery: string;
  /** Why it is passed over, where that was known from the first. */
  readonly reason: SkipReason | null;
}

/** What became of an item: the delivery that was made, or why none was. */
interface Done {
  readonly delivery: string;
  readonly made: Resent | null;
  readonly reason: SkipReason | null;
}

interface Job {
  readonly id: string;
  readonly pace: number;
  /** The last delivery that was dealt with. */
  readonly last: string | null;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
}

/**
 * Works the next piece of a job, whole or not at all: what is sent again in the order in which it was made, as
 * many as the pace allows, and all that is passed over between. The job's row is locked before all else, and
 * left alone where another process has it: so no delivery is dealt with twice, and the order holds.
 *
 * @returns the origins (rows) that have something to send now
 */
export async function workResendChunk(db: Database, id: string): Promise<string[]> {
  return db.transaction(async (tx) => {
    const [job] = await tx.query<Job>(
      `select reenviament as id, ritme as pace, darrer as last, omesos as skipped from nt30.aoc_nt_reenviaments
       where reenviament = $1 and situacio = 'running' and proper <= clock_timestamp()
       for update skip locked`,
      [id],
      'lock-resends',
    );
    if (job === undefined) return [];
    const room = MAX_UNFINISHED - (await countUnfinished(tx, job));
    if (room <= 0) {
      await tx.query(WAIT, [id, WAIT_MS], 'let-resends-wait');
      return [];
    }
    const { items, isLast } = await readItems(tx, job, Math.min(room, chunkSize(job.pace)));
    const done = await workItems(tx, items);
    await writeItems(tx, id, done);
    await writeJob(tx, job, done, isLast);
    return [...new Set(done.flatMap(({ made }) => made?.originId ?? []))];
  });
}

const WAIT = `
update nt30.aoc_nt_reenviaments set espera = true,
  proper = clock_timestamp() + $2::float8 * interval '1 millisecond'
where reenviament = $1`;

/** How many are unfinished of the deliveries that the job has made last. */
async function countUnfinished(tx: Queryable, { id, last }: Job): Promise<number> {
  if (last === null) return 0;
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from (
       select nou from nt30.aoc_nt_reenviaments_enviaments where reenviament = $1 and nou is not null
       order by enviament desc limit ${LOOK_BACK}
     ) i join nt30.aoc_nt_enviaments e on e.enviament = i.nou
     where coalesce(e.finalitzat, 'infinity') = 'infinity'`,
    [id],
    'count-unfinished-resends',
  );
  return row?.count ?? 0;
}

/** The next items, up to and with so many that are to be sent again. */
async function readItems(
  tx: Queryable,
  job: Job,
  resends: number,
): Promise<{ items: readonly Item[]; isLast: boolean }> {
  const next = await tx.query<Item>(
    `select enviament as delivery, motiu as reason from nt30.aoc_nt_reenviaments_enviaments
     where reenviament = $1 and enviament > $2::uuid order by enviament limit ${MAX_LOOK}`,
    [job.id, job.last ?? FIRST_ID],
    'read-resend-items',
  );
  let left = resends;
  const items = next.filter(({ reason }) => {
    if (left === 0) return false;
    if (reason === null) left -= 1;
    return true;
  });
  return { items, isLast: items.length === next.length && next.length < MAX_LOOK };
}

async function workItems(tx: Queryable, items: readonly Item[]): Promise<readonly Done[]> {
  const wanted = items.flatMap(({ delivery, reason }) => (reason === null ? [delivery] : []));
  const locked = await lockForResends(tx, wanted);
  const done: Done[] = [];
  for (const [place, { delivery, reason }] of items.entries()) {
    done.push(
      reason === null
        ? { delivery, ...(await sendAgain(tx, locked, delivery, place)) }
        : { delivery, made: null, reason },
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
  const rows = done.map(({ delivery, made, reason }) => ({ delivery, made: made?.id ?? null, reason }));
  await tx.query(
    `update nt30.aoc_nt_reenviaments_enviaments i set nou = d.made, motiu = d.reason
     from json_to_recordset($2) as d(delivery uuid, made uuid, reason text)
     where i.reenviament = $1 and i.enviament = d.delivery
       and (i.nou, i.motiu) is distinct from (d.made, d.reason)`,
    [id, JSON.stringify(rows)],
    'write-resend-items',
  );
}

/** Notes how far the job is. Its pace is kept on average: after a piece that came late the next comes sooner. */
async function writeJob(tx: Queryable, job: Job, done: readonly Done[], isLast: boolean): Promise<void> {
  const resent = done.filter(({ made }) => made !== null).length;
  const skipped = { ...job.skipped };
  for (const { reason } of done) if (reason !== null) skipped[reason] = (skipped[reason] ?? 0) + 1;
  await tx.query(
    `update nt30.aoc_nt_reenviaments set
       darrer = coalesce($2::uuid, darrer), reenviats = reenviats + $3, omesos = $4,
       iniciat = coalesce(iniciat, clock_timestamp()),
       proper = greatest(proper, clock_timestamp() - interval '1 second') + $5::float8 * interval '1 millisecond',
       espera = false, situacio = case when $6 then 'done' else situacio end,
       finalitzat = case when $6 then clock_timestamp() end
     where reenviament = $1`,
    [
      job.id,
      done.at(-1)?.delivery ?? null,
      resent,
      JSON.stringify(skipped),
      chunkDelayMs(job.pace, resent),
      isLast,
    ],
    'write-resend-job',
  );
}
