import type { Logger } from 'pino';
import type { RetrySchedule } from '../domain/retry-policy.ts';
import { isFinished } from '../domain/delivery.ts';
import type { Metrics } from '../metrics.ts';
import type { Queue } from '../queue/queue.ts';
import type { SigningKey } from '../soap/security/signing-key.ts';
import type { Database } from '../store/database.ts';
import type { Sealer } from '../store/secrets.ts';
import { createWakeNotifier, listenForWake } from '../store/wake-channel.ts';
import { createCertificateWatch } from './certificates/watch.ts';
import { createCompletions } from './completions.ts';
import { createDailyReports } from './daily/daily-reports.ts';
import { createEndpointCache } from './endpoint-cache.ts';
import { createIntake } from './intake/intake.ts';
import type { AttemptEvent, Intake, Sender } from './ports.ts';
import { createReconciler, reconcileStart, remindAll, type FreshStart } from './reconciler.ts';
import { createRelay } from './relay.ts';
import { createResendRunner } from './resends/runner.ts';
import { createRollups } from './rollups/rollups.ts';
import { startInTurn } from './rounds.ts';
import type { SettledAttempt, Settlement } from './settle.ts';
import { createWorker } from './worker.ts';

/** What the engine is made of. */
export interface EngineOptions {
  readonly db: Database;
  /** A direct connection's URL, for LISTEN. */
  readonly databaseUrl: string;
  readonly queue: Queue;
  readonly sender: Sender;
  readonly sealer: Sealer;
  /** The service's own key, for signature policies without one; null where it has none. */
  readonly serviceKey: SigningKey | null;
  readonly roles: { readonly relay: boolean; readonly worker: boolean; readonly scheduler: boolean };
  /** Whether no other process works on this database: then nobody else is to be woken or heard. */
  readonly alone: boolean;
  readonly retrySchedule: RetrySchedule;
  readonly bodyRetentionMs: number;
  /** How long after a day's end its daily reports are made. */
  readonly dailyReportDelayMs: number;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'attempt' | 'finished' | 'intake' | 'hintsSent'>;
  readonly onAttempt: (event: AttemptEvent) => void;
}

/** From a state change to an acknowledged, logged callback. */
export interface Engine {
  readonly intake: Intake;
  /** Says that deliveries of these origins may be due now. */
  readonly wake: (origins: readonly string[]) => void;
  start(fresh: FreshStart): Promise<void>;
  /** Sends nothing new, lets attempts under way end for `graceMs`, ends the others, and records all. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Puts intake, relay, worker, reconciler, daily reports, the jobs that send again and the watch over certificates
 * together, as far as this process runs them.
 */
export function createEngine(options: EngineOptions): Engine {
  const { db, queue, sender, sealer, roles, retrySchedule, logger, metrics } = options;
  const relay = createRelay({ db, queue, logger, onSent: metrics.hintsSent });
  const wake = roles.relay ? relay.wake : createWakeNotifier(db);
  // Only a relay knows whose window was full; another process's is told of every place.
  const freed = roles.relay ? relay.freed : wake;
  const intake = createIntake({ db, wake, relay: roles.relay ? relay : null, givesWay: roles.worker });
  const completions = createCompletions({ db, schedule: retrySchedule, logger, onSettled });
  const endpoints = createEndpointCache(db, sealer, options.serviceKey);
  const worker = createWorker({ db, queue, sender, endpoints, completions, logger });
  const reconciler = createReconciler({
    db,
    relay,
    completions,
    bodyRetentionMs: options.bodyRetentionMs,
    logger,
  });
  const certificates = createCertificateWatch(db, logger);
  const dailyReports = createDailyReports({ db, delayMs: options.dailyReportDelayMs, wake, logger });
  const resends = createResendRunner({ db, wake, logger });
  const rollups = createRollups(db, logger);
  queue.onEmptied(() => {
    remindAll(db, relay).catch((error: unknown) =>
      logger.warn({ err: error }, 'the new queue was not filled at once; each hint is repeated in its time'),
    );
  });
  let listener: { stop(): Promise<void> } | null = null;

  function onSettled({ attempts, origins }: Settlement): void {
    for (const attempt of attempts) tell(attempt);
    worker.recorded();
    wake(origins);
    freed([...new Set(attempts.map(({ ended }) => ended.claim.originId))]);
  }

  function tell({ ended: { claim, result }, status, nextAttemptAt }: SettledAttempt): void {
    const { outcome, httpStatus, errorCode, durationMs } = result;
    metrics.attempt(outcome, durationMs);
    if (status !== null && isFinished(status)) metrics.finished(status);
    const { delivery, attempt } = claim;
    if (outcome !== 'acknowledged') {
      logger.warn({ delivery, attempt, outcome, code: errorCode, httpStatus, status }, 'attempt failed');
    }
    options.onAttempt({
      delivery,
      notification: claim.notification,
      organisation: claim.entity.organisation,
      department: claim.entity.department,
      state: claim.state,
      attempt,
      outcome,
      httpStatus,
      errorCode,
      durationMs,
      status,
      nextAttemptAt,
    });
  }

  return {
    intake: {
      requireRoom: () => intake.requireRoom(),
      async submit(changes, isGone) {
        const results = await intake.submit(changes, isGone);
        const duplicates = results.filter((result) => result.duplicate).length;
        metrics.intake(results.length - duplicates, duplicates);
        return results;
      },
    },
    wake,
    async start(fresh) {
      await reconcileStart({ db, relay, completions }, fresh);
      if (roles.relay) relay.start();
      if (roles.relay && !options.alone) listener = listenForWake(options.databaseUrl, relay.wake);
      if (roles.worker) worker.start();
      if (roles.scheduler) reconciler.start();
      // Daily reports last: what is owed of them after a standstill may take long.
      if (roles.scheduler) startInTurn([resends, certificates, rollups, dailyReports]);
    },
    async stop(graceMs) {
      // A cut under way may take a while: nothing waits for it but the end.
      const reportsStopped = dailyReports.stop();
      await Promise.all([reconciler.stop(), certificates.stop(), resends.stop(), rollups.stop()]);
      // Before the worker: what it gives back stays in the tables, for who runs next, instead of going into a
      // queue from which this process may still have asked for a message.
      await relay.stop();
      await worker.stop(graceMs);
      await completions.settled();
      await reportsStopped;
      await listener?.stop();
    },
  };
}
