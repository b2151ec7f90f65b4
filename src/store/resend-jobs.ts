import type { Actor, AuditAction } from '../domain/audit.ts';
import { ProblemError } from '../domain/errors.ts';
import {
  skipCounts,
  type ResendFilter,
  type ResendStatus,
  type SkipCounts,
  type SkipReason,
} from '../domain/resend-job.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';

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
  /** Whether it makes none now because as many as may be of those that it has made last are unfinished. */
  readonly waiting: boolean;
  readonly createdBy: { readonly key: string | null; readonly name: string };
  readonly createdAt: string;
  /** When it dealt with the first delivery. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
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
    await auditResends(tx, actor, action, job.id, job.filter);
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
  reenviats as resent, omesos as skipped, espera and situacio = 'running' as waiting, autor as by, nom_autor as name, creat as created_at,
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
  waiting: boolean;
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

/** Notes what is done to a job, with what it sends again. */
export async function auditResends(
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
