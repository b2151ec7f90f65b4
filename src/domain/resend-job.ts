import type { Status } from './delivery.ts';
import type { ReportKind } from './report.ts';
import type { State } from './state.ts';

/** Where a job that sends deliveries again stands. The last two are final. */
export const RESEND_STATUSES = ['running', 'paused', 'cancelled', 'done'] as const;
export type ResendStatus = (typeof RESEND_STATUSES)[number];

/**
 * Why a job passes a delivery over. At the job's instant: it was `unfinished`; another sending of its report was
 * (`resend-unfinished`, also where that came about later); its report was acknowledged by a resend while the
 * job asks for what was not (`acknowledged-since`); the job sends the same report for an earlier delivery
 * (`repeated`). Its entity has no configuration (`entity-unknown`), or it is no longer there (`delivery-gone`).
 */
export const SKIP_REASONS = [
  'unfinished',
  'resend-unfinished',
  'acknowledged-since',
  'repeated',
  'entity-unknown',
  'delivery-gone',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** How many are passed over, by reason. */
export type SkipCounts = Readonly<Record<SkipReason, number>>;

/** What became of one delivery of a job. */
export const RESEND_RESULTS = ['pending', 'resent', 'skipped'] as const;
export type ResendResult = (typeof RESEND_RESULTS)[number];

/** The statuses that a job may be asked for: those in which a delivery can be sent again. */
export const RESENDABLE_STATUSES = ['acknowledged', 'exhausted', 'cancelled'] as const satisfies Status[];

/** Which deliveries are sent again; null where one is not asked for. */
export interface ResendFilter {
  readonly organisation: string | null;
  readonly department: string | null;
  readonly kind: ReportKind | null;
  readonly state: State | null;
  readonly status: (typeof RESENDABLE_STATUSES)[number] | null;
  /** Instants on `createdAt`, ISO 8601 in UTC: from the first, before the second. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Deliveries that a job makes in a minute where it does not say. */
export const DEFAULT_PACE = 1_000;
/** The most that may be asked for. */
export const MAX_PACE = 10_000;

/**
 * How many of the deliveries that a job has made last for one server may be unfinished: with more it leaves what is
 * for that server. What is new for a slow or failing server has so many before it at the most, whatever the pace.
 */
export const MAX_UNFINISHED = 200;
/** How many of those that it has made last are looked at: older ones that are unfinished hold nothing up. */
export const LOOK_BACK = 2 * MAX_UNFINISHED;
/** How long a job that has come to all but what it has left waits before it goes round that, in milliseconds. */
export const WAIT_MS = 2_000;

/** The most deliveries of one job. */
export const MAX_RESEND_ITEMS = 1_000_000;

/** The most jobs that have not ended, paused ones included. */
export const MAX_RESEND_JOBS = 10;

/** The most deliveries that are made in one transaction: its locks keep the intake of their notifications waiting. */
const MAX_CHUNK = 50;

/** How many deliveries a job makes at a time: what its pace allows in a second, within bounds. */
export function chunkSize(pace: number): number {
  return Math.min(Math.max(Math.floor(pace / 60), 1), MAX_CHUNK);
}

/** How long a job waits after so many deliveries were made, in milliseconds. */
export function chunkDelayMs(pace: number, made: number): number {
  return (made * 60_000) / pace;
}

/** Counts of every reason, also of those that do not occur. */
export function skipCounts(counts: Readonly<Partial<Record<SkipReason, number>>>): SkipCounts {
  return {
    unfinished: 0,
    'resend-unfinished': 0,
    'acknowledged-since': 0,
    repeated: 0,
    'entity-unknown': 0,
    'delivery-gone': 0,
    ...counts,
  };
}
