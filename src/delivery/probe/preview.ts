import { isFinished } from '../../domain/delivery.ts';
import { ProblemError } from '../../domain/errors.ts';
import { isInScope, type Scope } from '../../domain/key.ts';
import { reportChange, type MessageVersion } from '../../domain/report.ts';
import type { State } from '../../domain/state.ts';
import { readReportRequest } from '../../soap/read-request.ts';
import { writeReport40 } from '../../soap/report-40.ts';
import type { SigningKey } from '../../soap/security/signing-key.ts';
import type { Database } from '../../store/database.ts';
import { getEntity, type StoredEntity } from '../../store/entities.ts';
import type { Sealer } from '../../store/secrets.ts';
import { findToldState, type ToldDelivery, type ToldNotification } from '../../store/told-state.ts';
import { writeAttempt, type AttemptName } from '../attempt-request.ts';
import { whyNoCallback } from '../intake/judge.ts';
import { maskSecrets } from '../post/mask.ts';
import { writeRequestHeaders } from '../post/request-headers.ts';
import { destinationOf } from './destination.ts';

/** Stands for the id of a delivery that is still to be made (the nil UUID, RFC 9562, 5.9). */
const NO_DELIVERY = '00000000-0000-0000-0000-000000000000';

/** The request that would bring a report, not sent. */
export interface Preview {
  readonly notification: string;
  readonly state: State;
  /** The delivery whose next attempt it would be; null where one would still have to be made. */
  readonly delivery: string | null;
  /** Whether the report is one that was pinned when the state came about. */
  readonly pinned: boolean;
  readonly url: string;
  readonly method: 'POST';
  /** All headers, secrets masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The message, secrets masked. Instants, nonce and signature of a policy are made anew each time. */
  readonly body: string;
  /** Whether an integrator's web service that reads it by the contract can; null in message version 3.2. */
  readonly validates: boolean | null;
  readonly messageVersion: MessageVersion;
}

/** Which report, and how. */
export interface PreviewWanted {
  /** Null: the state that the notification is in. */
  readonly state: State | null;
  /** Null: the message version of the configuration. */
  readonly version: MessageVersion | null;
}

/** What a preview is made from. */
export interface PreviewSources {
  readonly db: Database;
  readonly sealer: Sealer;
  /** The service's own, for signature policies without one. */
  readonly serviceKey: SigningKey | null;
  /** `enotum-callbacks/<version>`. */
  readonly userAgent: string;
}

/**
 * Writes the request that would bring a notification's state to its integrator now: the bytes pinned when the
 * state came about, else what would be pinned, in the envelope and with the headers of today's configuration.
 *
 * @param scope the entities that the asking key reads
 * @throws ProblemError `not-found`, `state-not-reached`, `entity-unknown`, `no-callback`,
 * `configuration-incomplete`, `version-cannot-express`
 */
export async function previewReport(
  { db, sealer, serviceKey, userAgent }: PreviewSources,
  notification: string,
  { state, version }: PreviewWanted,
  scope: Scope,
): Promise<Preview> {
  const known = await findToldState(db, notification, state);
  if (known === null || !isInScope(scope, known.entity))
    throw new ProblemError('not-found', 'There is no such notification.');
  const entity = await getEntity(db, sealer, known.entity);
  const { change, delivery, report } = reportOf(known, entity);
  if (entity === null) throw new ProblemError('entity-unknown', 'The entity has no configuration.');
  const { endpoint: configured, security } = destinationOf(entity, known.backOffice, serviceKey);
  const endpoint = { ...configured, messageVersion: version ?? configured.messageVersion };
  const next = nextAttemptOf(delivery);
  const written = await writeAttempt(report, endpoint, security, next, Date.now());
  if ('inexpressible' in written) throw inexpressible(endpoint.messageVersion, written.inexpressible);
  const { body, headers, secrets } = written;
  return {
    notification: change.notification.id,
    state: change.state,
    delivery: next.delivery === NO_DELIVERY ? null : next.delivery,
    pinned: delivery !== null,
    url: endpoint.url,
    method: 'POST',
    headers: writeRequestHeaders({ endpoint, body, headers }, new URL(endpoint.url).host, userAgent).shown,
    messageVersion: endpoint.messageVersion,
    body: maskSecrets(body.toString('utf8'), secrets),
    validates:
      endpoint.messageVersion === '4.0'
        ? 'report' in readReportRequest(body, headers['Content-Type'] ?? null)
        : null,
  };
}

function inexpressible(version: MessageVersion, what: readonly string[]): ProblemError {
  const detail = `Message version ${version} cannot express ${what.join('; ')}.`;
  return new ProblemError('version-cannot-express', detail, { inexpressible: what });
}

/** The pinned report of the state, or the one that would be pinned. */
function reportOf({ told, ...known }: ToldNotification, entity: StoredEntity | null) {
  if (told === null) {
    const { states } = known;
    throw new ProblemError('state-not-reached', `The notification came to: ${states.join(', ')}.`, {
      states,
    });
  }
  const { change, facts, delivery } = told;
  if (delivery !== null) return { change, delivery, report: delivery.report };
  const reason = whyNoCallback(change.state, known.origin, entity);
  if (entity === null || reason !== null) {
    if (reason === 'entity-unknown') throw new ProblemError(reason, 'The entity has no configuration.');
    throw new ProblemError('no-callback', `No callback is due for ${change.state}: ${reason}.`, { reason });
  }
  const { organisationName, departmentName } = entity;
  const issuer = { ...known.entity, organisationName, departmentName, backOffice: known.backOffice };
  return { change, delivery, report: writeReport40(reportChange(issuer, change, facts)) };
}

function nextAttemptOf(delivery: ToldDelivery | null): AttemptName {
  // What is finished goes out again only as another delivery.
  if (delivery === null || isFinished(delivery.status)) return { delivery: NO_DELIVERY, attempt: 1 };
  return { delivery: delivery.id, attempt: delivery.attempts + 1 };
}
