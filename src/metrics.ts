import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from './domain/attempt.ts';
import { WAITING_FOR, type Status } from './domain/delivery.ts';
import { certificateGauges } from './metrics/certificates.ts';
import { owedDaysGauge } from './metrics/daily-reports.ts';
import { resendJobsGauge } from './metrics/resend-jobs.ts';
import { createRefreshed, type Refreshed } from './metrics/refreshed.ts';
import type { Backlog } from './store/backlog.ts';
import type { CertificateSummary } from './store/certificates.ts';
import type { OpenJobs } from './store/resend-jobs.ts';
import { troubleGauges } from './metrics/trouble.ts';
import type { Trouble } from './store/troubled-endpoints.ts';

/** How long what was read of the backlog is shown again, in milliseconds: scrapes must not load the database. */
const BACKLOG_MAX_AGE_MS = 5_000;

const NO_TROUBLE: Trouble = { failing: 0, suspended: 0, probedOrigins: 0, notices: [] };

/** What the service counts of itself, for Prometheus. No identifier is ever a label. */
export interface Metrics {
  /** An attempt has ended, after so many milliseconds. */
  readonly attempt: (outcome: Outcome, durationMs: number) => void;
  /** A delivery has come to a final status. */
  readonly finished: (status: Status) => void;
  /** State changes were taken: new ones, and repeats of known ones. */
  readonly intake: (accepted: number, duplicates: number) => void;
  /** So many delivery ids were sent to the queue. */
  readonly hintsSent: (deliveries: number) => void;
  /** Everything in Prometheus' text format; without what is in the database while that does not answer. */
  render(): Promise<string>;
  /** The media type of `render`'s text. */
  readonly contentType: string;
}

/**
 * Makes a registry of its own.
 *
 * @param readBacklog reads the backlog from the database; called at most every 5 s, and never twice at once
 * @param readCertificates the same for when certificates end
 * @param countOwedDays the same for the days that are over and whose daily reports are not made
 * @param countResendJobs the same for the jobs that send deliveries again and have not ended
 * @param readTrouble the same for endpoints in trouble
 */
export function createMetrics(
  readBacklog: () => Promise<readonly Backlog[]>,
  readCertificates: () => Promise<readonly CertificateSummary[]> = () => Promise.resolve([]),
  countOwedDays: () => Promise<number> = () => Promise.resolve(0),
  countResendJobs: () => Promise<OpenJobs> = () => Promise.resolve({ running: 0, paused: 0 }),
  readTrouble: () => Promise<Trouble> = () => Promise.resolve(NO_TROUBLE),
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const attempts = new Counter({
    name: 'enotum_attempts_total',
    help: 'Attempts that ended, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'enotum_attempt_duration_seconds',
    help: 'How long attempts took, name resolution to last byte',
    // Up to the longest that an attempt may be allowed.
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    registers,
  });
  const finished = new Counter({
    name: 'enotum_deliveries_finished_total',
    help: 'Deliveries that came to a final status',
    labelNames: ['status'],
    registers,
  });
  const changes = new Counter({
    name: 'enotum_state_changes_total',
    help: 'State changes taken: accepted, or duplicates of known ones',
    labelNames: ['result'],
    registers,
  });
  const hints = new Counter({
    name: 'enotum_hints_sent_total',
    help: 'Delivery ids sent to the queue, repeats included',
    registers,
  });
  const fromDatabase = [
    backlogGauges(registry, readBacklog),
    certificateGauges(registry, readCertificates),
    owedDaysGauge(registry, countOwedDays),
    resendJobsGauge(registry, countResendJobs),
    troubleGauges(registry, readTrouble),
  ];

  return {
    attempt(outcome, durationMs) {
      attempts.inc({ outcome });
      // Nothing was sent.
      if (outcome !== 'blocked') durations.observe(durationMs / 1_000);
    },
    finished: (status) => finished.inc({ status }),
    intake(accepted, duplicates) {
      changes.inc({ result: 'accepted' }, accepted);
      changes.inc({ result: 'duplicate' }, duplicates);
    },
    hintsSent: (deliveries) => hints.inc(deliveries),
    async render() {
      await Promise.all(fromDatabase.map(async (gauges) => gauges.refresh()));
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** The gauges that are read from the database when they are asked for. */
function backlogGauges(registry: Registry, readBacklog: () => Promise<readonly Backlog[]>): Refreshed {
  const registers = [registry];
  const waiting = new Gauge({
    name: 'enotum_deliveries_waiting',
    help: 'Unfinished deliveries, by status and by what they wait for',
    labelNames: ['status', 'waiting_for'],
    registers,
  });
  const oldest = new Gauge({
    name: 'enotum_oldest_waiting_seconds',
    help: 'Age of the oldest unfinished delivery; 0 where there is none',
    registers,
  });
  const overdue = new Gauge({
    name: 'enotum_oldest_overdue_seconds',
    help: 'How long the delivery that is due longest has been due, of those that nothing else holds; 0 where none is',
    registers,
  });

  // A gauge without labels is 0 from the start and after a reset; only removed it is absent.
  function forget(): void {
    waiting.reset();
    oldest.remove();
    overdue.remove();
  }

  function show(groups: readonly Backlog[]): void {
    forget();
    for (const status of ['waiting', 'retrying'] as const) {
      for (const reason of WAITING_FOR) waiting.set({ status, waiting_for: reason }, 0);
    }
    for (const status of ['queued', 'sending'] as const) waiting.set({ status, waiting_for: 'none' }, 0);
    for (const { status, waitingFor, deliveries } of groups) {
      waiting.set({ status, waiting_for: waitingFor ?? 'none' }, deliveries);
    }
    const going = groups.filter((g) => g.waitingFor === 'window' || g.status === 'queued');
    oldest.set(Math.max(0, ...groups.map((g) => g.oldestSeconds)));
    overdue.set(Math.max(0, ...going.map((g) => g.overdueSeconds)));
  }

  return createRefreshed({ maxAgeMs: BACKLOG_MAX_AGE_MS, read: readBacklog, show, forget });
}
