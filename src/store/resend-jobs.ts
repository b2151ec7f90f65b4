import type { Actor, AuditAction } from '../domain/audit.ts';
import { ProblemError } from '../domain/errors.ts';
import {
  MAX_RESEND_ITEMS,
  MAX_RESEND_JOBS,
  skipCounts,
  type ResendFilter,
  type ResendStatus,
  type SkipCounts,
  type SkipReason,
} from '../domain/resend-job.ts';
import { uuidV7 } from '../domain/uuid.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { readClock } from './instants.ts';
import { Parameters } from './newest.ts';
import { selection } from './resend-selection.ts';

/** A job that sends deliveries again, as it is shown. Times are ISO 8601 in UTC with milliseconds. */
export interface ResendJob {
  readonly id: string;
  readonly status: ResendStatus;
  readonly filter: ResendFilter;
  /** Deliveries that it makes in a minute, at most. */
  readonly pace: number;
  readonly reason: string | null;
  /** Deliveries that its filter matched when it was made. */
  readonly total: number;
  /** Deliveries that it has made. */
  readonly resent: number;
  /** Those that it has passed over, by reason. */
  readonly skipped: SkipCounts;
  readonly createdBy: { readonly key: string | null; readonly name: string };
  readonly createdAt: string;
  /** When it dealt with the first delivery. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

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
    await noteAudit(tx, actor, 'resends-created', id, job.filter, {
      total,
      pace: job.pace,
      reason: job.reason,
    });
    return present(await findResendJob(tx, id));
  });
}

/** What is asked of a job that has not ended, and what it is then. */
const STEPS = {
  pause: { status: 'paused', action: 'resends-paused' },
  resume: { status: 'running', action: 'resends-resumed' },
  cancel: { status: 'cancelled', action: 'resends-cancelled' },
} as const satisfies Record<string, { status: ResendStatus; action: AuditAction }>;
export type ResendStep = keyof typeof STEPS;

/**
 * Pauses, resumes or cancels a job: from the commit on it is what it is asked to be. What it has made stays.
 * Asking again changes nothing.
 *
 * @param actor noted in the audit trail
 * @returns null where there is no such job
 * @throws ProblemError `job-ended`
 */
export async function steerResendJob(
  db: Database,
  id: string,
  step: ResendStep,
  actor: Actor,
): Promise<ResendJob | null> {
  const { status, action } = STEPS[step];
  return db.transaction(async (tx) => {
    await tx.query('select from nt30.aoc_nt_reenviaments where reenviament = $1::uuid for update', [id]);
    const job = await findResendJob(tx, id);
    if (job === null || job.status === status) return job;
    if (job.finishedAt !== null) throw new ProblemError('job-ended', `The job is ${job.status}.`);
    await tx.query(
      `update nt30.aoc_nt_reenviaments set situacio = $2,
         proper = greatest(proper, clock_timestamp()),
         finalitzat = case when $2 = 'cancelled' then clock_timestamp() end
       where reenviament = $1::uuid`,
      [id, status],
    );
    await noteAudit(tx, actor, action, job.id, job.filter);
    return findResendJob(tx, id);
  });
}

/** How many jobs have not ended, by status. */
export interface OpenJobs {
  readonly running: number;
  readonly paused: number;
}

/** Counts the jobs that have not ended. */
export async function countResendJobs(db: Queryable): Promise<OpenJobs> {
  const [row] = await db.query<OpenJobs>(
    `select count(*) filter (where situacio = 'running')::integer as running,
       count(*) filter (where situacio = 'paused')::integer as paused
     from nt30.aoc_nt_reenviaments where finalitzat is null`,
  );
  return row ?? { running: 0, paused: 0 };
}

/** Reads one job; null where there is none. */
export async function findResendJob(db: Queryable, id: string): Promise<ResendJob | null> {
  const [row] = await db.query<Row>(`${SELECT} where reenviament = $1::uuid`, [id]);
  return row === undefined ? null : toJob(row);
}

/**
 * Reads jobs, newest first, at most `limit`.
 *
 * @param before ids before here; null: from the newest on
 */
export async function listResendJobs(
  db: Queryable,
  before: string | null,
  limit: number,
): Promise<ResendJob[]> {
  const rows = await db.query<Row>(
    `${SELECT} where $1::uuid is null or reenviament < $1::uuid order by reenviament desc limit $2`,
    [before, limit],
  );
  return rows.map(toJob);
}

const SELECT = `
select reenviament as id, situacio as status, filtre as filter, ritme as pace, motiu as reason, total,
  reenviats as resent, omesos as skipped, autor as by, nom_autor as name, creat as created_at,
  iniciat as started_at, finalitzat as finished_at
from nt30.aoc_nt_reenviaments`;

interface Row {
  id: string;
  status: ResendStatus;
  filter: ResendFilter;
  pace: number;
  reason: string | null;
  total: number;
  resent: number;
  skipped: Partial<Record<SkipReason, number>>;
  by: string | null;
  name: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

function toJob({ skipped, by, name, created_at, started_at, finished_at, ...rest }: Row): ResendJob {
  return {
    ...rest,
    skipped: skipCounts(skipped),
    createdBy: { key: by, name },
    createdAt: created_at.toISOString(),
    startedAt: started_at?.toISOString() ?? null,
    finishedAt: finished_at?.toISOString() ?? null,
  };
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

async function noteAudit(
  tx: Queryable,
  actor: Actor,
  action: AuditAction,
  job: string,
  filter: ResendFilter,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { organisation, department } = filter;
  const entity = organisation === null || department === null ? null : { organisation, department };
  await recordAudit(tx, actor, { action, entity, detail: { job, filter, ...more } });
}

function present(job: ResendJob | null): ResendJob {
  if (job === null) throw new Error('the job that was made is not there');
  return job;
}
