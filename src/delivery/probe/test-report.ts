import { madridInstant } from '../../domain/instant.ts';
import { reportChange, type MessageVersion, type Report } from '../../domain/report.ts';
import { inventedPerson, MARK, signedBy } from './invented.ts';

/** An IdNotificacio that is plainly none. */
const NOTIFICATION = '999999999999';

/**
 * The report that a test of an entity's connection sends: the entity's own codes and names, so that a web service
 * that serves several finds its way, and all else invented, and marked so in Referencia. It tells a deposit, of
 * which nothing follows; in message version 4.0 nobody has signed it, 3.2 wants an actor in every report.
 *
 * @param now milliseconds since the epoch
 */
export function testReport(issuer: Report['issuer'], version: MessageVersion, now: number): Report {
  const occurredAt = madridInstant(now);
  return reportChange(
    issuer,
    {
      state: 'DIPOSITADA',
      occurredAt,
      occurredAtMs: now,
      notification: { id: NOTIFICATION, kind: 'NOTIFICACIO', reference: MARK },
      signer: version === '4.0' ? null : signedBy({ person: inventedPerson() }),
      channelChange: null,
    },
    {
      issuerReference: 'PROVA',
      channel: 'DIGITAL',
      expirationDays: 10,
      registry: { number: 'PROVA', registeredAt: occurredAt },
    },
  );
}
