import type { Logger } from 'pino';
import { expiryWarning } from '../../domain/certificate.ts';
import { takeCertificateWarnings, type UsedCertificate } from '../../store/certificates.ts';
import { certificateStage } from '../../domain/event.ts';
import type { Database } from '../../store/database.ts';
import { insertEvents, type NewEvent } from '../../store/events.ts';
import { createRounds, type Rounds } from '../rounds.ts';

/** How often it looks, in milliseconds: a day's warnings come within an hour of midnight. */
const LOOK_MS = 3_600_000;
/** How long it waits after a look that failed, in milliseconds. */
const AGAIN_MS = 60_000;

/**
 * Warns of certificates that end: in the log each day, by an event at each stage. Any number may run: each
 * certificate is warned of once a day by one of them.
 */
export function createCertificateWatch(db: Database, logger: Logger): Rounds {
  async function look(): Promise<number> {
    const certificates = await takeCertificateWarnings(db);
    for (const certificate of certificates) warn(certificate);
    const now = Date.now();
    await insertEvents(
      db,
      certificates.map((certificate) => eventOf(certificate, now)),
      now,
    );
    return LOOK_MS;
  }

  /** Without subject and issuer: a signing certificate may be a person's. */
  function warn({ kind, organisation, department, backOffice, ...rest }: UsedCertificate): void {
    const { origin, endpoints, fingerprint, expiresAt } = rest;
    const code = expiryWarning(expiresAt.toISOString(), Date.now()) ?? 'certificate-expiring';
    logger.warn(
      { code, kind, organisation, department, backOffice, origin, endpoints, fingerprint, expiresAt },
      code === 'certificate-expired' ? 'a certificate has ended' : 'a certificate ends soon',
    );
  }

  return createRounds(look, (error) => {
    logger.warn({ err: error }, 'the certificates could not be looked at; it is tried again');
    return AGAIN_MS;
  });
}

/** Without subject and issuer too. One that was told of before at its stage is not told of again. */
function eventOf(certificate: UsedCertificate, now: number): NewEvent {
  const { id, kind, organisation, department, backOffice, origin, endpoints, fingerprint } = certificate;
  const expiresAt = certificate.expiresAt.toISOString();
  const stage = certificateStage(certificate.expiresAt.getTime(), now);
  return {
    key: ['certificate.expiring', id, expiresAt, stage].join(':'),
    type: 'certificate.expiring',
    organisation,
    department,
    backOffice,
    facts: { origin, stage, certificate: { kind, fingerprint, expiresAt, endpoints } },
  };
}
