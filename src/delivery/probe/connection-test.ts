import type { Logger } from 'pino';
import type { Actor } from '../../domain/audit.ts';
import { adviceFor, type Sentence } from '../../domain/advice.ts';
import type { LoggedMessage, Outcome } from '../../domain/attempt.ts';
import { ProblemError } from '../../domain/errors.ts';
import type { EntityKey } from '../../domain/notification.ts';
import { uuidV7 } from '../../domain/uuid.ts';
import type { SigningKey } from '../../soap/security/signing-key.ts';
import { writeReport40 } from '../../soap/report-40.ts';
import { recordAudit } from '../../store/audit.ts';
import { giveTestBack, takeTest, type HeldTest } from '../../store/connection-tests.ts';
import type { Database } from '../../store/database.ts';
import { getEntity, type StoredEntity } from '../../store/entities.ts';
import type { Sealer } from '../../store/secrets.ts';
import { countRetrying } from '../../store/standing.ts';
import { findSuspended, liftSuspension } from '../../store/suspensions.ts';
import type { AttemptName } from '../attempt-request.ts';
import type { Sender } from '../ports.ts';
import { destinationOf, type Destination } from './destination.ts';
import type { Phase, PhaseTimes } from './phases.ts';
import { sendReport, type SentReport } from './send-report.ts';
import { testReport } from './test-report.ts';

/** Tests that one process runs at once. */
const MAX_TESTS = 8;

/** What a test may take besides its attempt, in milliseconds. */
const MARGIN_MS = 15_000;

/** How a test of an entity's connection went. */
export interface TestResult extends EntityKey {
  readonly backOffice: string | null;
  /** ISO 8601 in UTC with milliseconds. */
  readonly startedAt: string;
  readonly outcome: Outcome;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly errorText: string | null;
  /** What to mend; null where the report was acknowledged. */
  readonly advice: Sentence | null;
  readonly phases: PhaseTimes;
  readonly request: LoggedMessage & { readonly url: string; readonly method: 'POST' };
  /** Null where no answer was read. */
  readonly response: LoggedMessage | null;
  /** Deliveries of the endpoint whose retry may come now, counted once the test was acknowledged; else 0. */
  readonly retrying: number;
}

/** A test that may be run, once. */
export interface ConnectionTest {
  /** @param onPhase told as each phase of the attempt ends */
  run(onPhase: (phase: Phase, ms: number) => void): Promise<TestResult>;
}

/** Tests entities' connections with invented reports. No delivery is made, no attempt spent, nothing logged. */
export interface ConnectionTests {
  /**
   * Admits a test of the entity's configuration as it is now, paused or not.
   *
   * @param backOffice whose endpoint is tested, and whom the report names; null: the entity's own
   * @param actor noted in the audit trail
   * @returns null where the entity has no configuration
   * @throws ProblemError `configuration-incomplete`, `test-under-way`, `busy`
   */
  begin(key: EntityKey, backOffice: string | null, actor: Actor): Promise<ConnectionTest | null>;
  /** Ends all tests under way as `interrupted`. */
  stop(): Promise<void>;
}

/** What tests are made with. */
export interface ConnectionTestOptions {
  readonly db: Database;
  readonly sealer: Sealer;
  /** The service's own, for signature policies without one. */
  readonly serviceKey: SigningKey | null;
  /** Makes a sender with no connection yet: a test closes it. */
  readonly newSender: () => Sender;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Says that deliveries of these origins may be due now: a test that is acknowledged lifts a suspension. */
  readonly wake: (origins: readonly string[]) => void;
}

export function createConnectionTests(options: ConnectionTestOptions): ConnectionTests {
  const { db, sealer, serviceKey, newSender, logger, wake } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  /** Places taken: by tests under way, and by those that are being admitted. */
  let places = 0;

  async function admit(
    entity: StoredEntity,
    backOffice: string | null,
    actor: Actor,
  ): Promise<ConnectionTest> {
    const destination = destinationOf(entity, backOffice, serviceKey);
    const held = await db.transaction(async (tx) => {
      const taken = await takeTest(tx, entity.id, destination.endpoint.timeoutMs + MARGIN_MS);
      if (taken !== null) await recordAudit(tx, actor, { action: 'entity-tested', entity: entity.key });
      return taken;
    });
    if (held === null) throw new ProblemError('test-under-way', 'The entity is being tested.');
    return {
      async run(onPhase) {
        const test = runHeld(held, async () => {
          const result = await send(entity, backOffice, destination, onPhase);
          if (result.outcome !== 'acknowledged') return { ...result, retrying: 0 };
          await lift(entity.key, backOffice, actor);
          // Only now: what a suspension held was waiting for no retry.
          return { ...result, retrying: await countRetrying(db, entity.key, backOffice) };
        });
        running.add(test);
        try {
          return await test;
        } finally {
          running.delete(test);
        }
      },
    };
  }

  /** What holds the endpoint since it failed has ended; what an operator holds stays held. */
  async function lift(key: EntityKey, backOffice: string | null, actor: Actor): Promise<void> {
    const suspended = await findSuspended(db, key, backOffice);
    if (suspended !== null) wake(await liftSuspension(db, suspended, actor));
  }

  async function runHeld(held: HeldTest, work: () => Promise<TestResult>): Promise<TestResult> {
    try {
      return await work();
    } finally {
      places -= 1;
      // Where it cannot be given back, its time ends it.
      await giveTestBack(db, held).catch((error: unknown) =>
        logger.warn({ err: error }, 'a test could not be given back; the next one of the entity has to wait'),
      );
    }
  }

  async function send(
    { key, organisationName, departmentName }: StoredEntity,
    backOffice: string | null,
    destination: Destination,
    onPhase: (phase: Phase, ms: number) => void,
  ): Promise<Omit<TestResult, 'retrying'>> {
    const now = Date.now();
    const issuer = { ...key, organisationName, departmentName, backOffice };
    const report = writeReport40(testReport(issuer, destination.endpoint.messageVersion, now));
    const name = { delivery: uuidV7(now, 0), attempt: 1 };
    const { result, phases, body } = await sendAlone(destination, report, name, onPhase);
    const { outcome, httpStatus, errorCode, errorText, requestHeaders, response } = result;
    logger.info({ ...key, outcome, code: errorCode, httpStatus }, 'a connection was tested');
    return {
      ...key,
      backOffice,
      startedAt: new Date(now).toISOString(),
      outcome,
      httpStatus,
      errorCode,
      errorText,
      advice: adviceFor(errorCode),
      phases,
      request: { url: destination.endpoint.url, method: 'POST', headers: requestHeaders, body },
      response,
    };
  }

  /** By a sender of its own: no kept connection, resolved name or TLS session hides a phase. */
  async function sendAlone(
    destination: Destination,
    report: string,
    name: AttemptName,
    onPhase: (phase: Phase, ms: number) => void,
  ): Promise<SentReport> {
    const sender = newSender();
    try {
      return await sendReport(sender, destination, report, name, { onPhase, signal: stopping.signal });
    } finally {
      await sender.close();
    }
  }

  return {
    async begin(key, backOffice, actor) {
      const entity = await getEntity(db, sealer, key);
      if (entity === null) return null;
      if (places >= MAX_TESTS) {
        throw new ProblemError('busy', `${MAX_TESTS} tests are under way.`);
      }
      places += 1;
      try {
        return await admit(entity, backOffice, actor);
      } catch (error) {
        places -= 1;
        throw error;
      }
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}
