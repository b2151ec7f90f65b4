import type { Actor } from '../domain/audit.ts';
import { ProblemError } from '../domain/errors.ts';
import {
  MAX_RESEND_ITEMS,
  MAX_RESEND_JOBS,
  skipCounts,
  type ResendFilter,
  type SkipCounts,
  type SkipReason,
} from '../domain/resend-job.ts';
import { uuidV7 } from '../domain/uuid.ts';
import type { Database, Queryable } from './database.ts';
import { readClock } from './instants.ts';
import { Parameters } from './newest.ts';
import { auditResends, countResendJobs, findResendJob, type ResendJob } from './resend-jobs.ts';
import { selection } from './resend-selection.ts';

/** What a job of a filter would do now. */
export interface ResendPreview {
  readonly total: number;
  /** Deliveries that it would make. */
  readonly resendable: number;
  readonly skipped: SkipCounts;
}

/** What a new job is made of. */
export interface NewResendJob {
  readonly filter: ResendFilter;
  readonly pace: number;
  readonly reason: string | null;
}

/** Jobs are made one after the other, so that their number is kept to (any fixed number). */
const CREATION_LOCK = 5_430_002;

/**
 * Counts what a job of the filter would do now, and changes nothing.
 *
 * @throws ProblemError `too-many-deliveries`
 */
export async function previewResends(db: Queryable, filter: ResendFilter): Promise<ResendPreview> {
  const parameters = new Parameters();
  const selected = selection(filter, await readClock(db), parameters);
  const counts = await db.query<{ reason: SkipReason | null; count: number }>(
    `select reason, count(*)::integer as count from (${selected}) s group by reason`,
    parameters.values,
  );
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  requireFew(total);
  const skipped: Partial<Record<SkipReason, number>> = {};
  for (const { reason, count } of counts) if (reason !== null) skipped[reason] = count;
  return {
    total,
    resendable: counts.find(({ reason }) => reason === null)?.count ?? 0,
    skipped: skipCounts(skipped),
  };
}

/**
 * Makes a job of all that the filter matches now; the scheduler begins with it at once.
 *
 * @param actor noted in the audit trail
 * @throws ProblemError `too-many-deliveries`, or `too-many-jobs` while as many as may be have not ended
 */
export async function createResendJob(db: Database, job: NewResendJob, actor: Actor): Promise<ResendJob> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [CREATION_LOCK]);
    await requireRoom(tx);
    const now = await readClock(tx);
    const id = uuidV7(now, 0);
    await tx.query(
      `insert into nt30.aoc_nt_reenviaments (reenviament, situacio, filtre, motiu, ritme, total, proper, autor,
         nom_autor, creat)
       values ($1, 'running', $2, $3, $4, 0, to_timestamp($5::float8 / 1000), $6, $7, to_timestamp($5::float8 / 1000))`,
      [id, JSON.stringify(job.filter), job.reason, job.pace, now, actor.id, actor.name],
    );
    const parameters = new Parameters();
    const selected = selection(job.filter, now, parameters);
    const [items] = await tx.query<{ total: number }>(
      `with i as (
         insert into nt30.aoc_nt_reenviaments_enviaments (reenviament, enviament, motiu)
         select ${parameters.add(id)}::uuid, enviament, reason from (${selected}) s order by enviament
         returning 1
       ) select count(*)::integer as total from i`,
      parameters.values,
    );
    const total = items?.total ?? 0;
    requireFew(total);
    await tx.query(
      `update nt30.aoc_nt_reenviaments set total = $2::integer,
         situacio = case when $2 = 0 then 'done' else situacio end,
         iniciat = case when $2 = 0 then creat end, finalitzat = case when $2 = 0 then creat end
       where reenviament = $1`,
      [id, total],
    );
    await auditResends(tx, actor, 'resends-created', id, job.filter, {
      total,
      pace: job.pace,
    });
    return present(await findResendJob(tx, id));
  });
}

async function requireRoom(tx: Queryable): Promise<void> {
  const { running, paused } = await countResendJobs(tx);
  if (running + paused < MAX_RESEND_JOBS) return;
  throw new ProblemError('too-many-jobs', `${MAX_RESEND_JOBS} jobs run or are paused.`);
}

function requireFew(total: number): void {
  if (total <= MAX_RESEND_ITEMS) return;
  throw new ProblemError(
    'too-many-deliveries',
    `The filter matches more than ${MAX_RESEND_ITEMS} deliveries.`,
  );
}

function present(job: ResendJob | null): ResendJob {
  if (job === null) throw new Error('the job that was made is not there');
  return job;
}
