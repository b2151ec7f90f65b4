import type { X509Certificate } from 'node:crypto';
import type { Logger } from 'pino';
import { fingerprintOf, infoOf } from '../../domain/certificate.ts';
import { originOf } from '../../domain/entity.ts';
import type { Database } from '../../store/database.ts';
import { noteServerCertificates, type ShownCertificate } from '../../store/server-certificates.ts';
import { createBatcher } from '../batcher.ts';

/** Certificates written together, and how long the first of them waits: nobody waits for them. */
const MAX_TOGETHER = 100;
const GATHER_MS = { least: 1_000, most: 1_000 };

/**
 * How long it is remembered that a server's certificate was written down, in milliseconds; after that it is told
 * to the database again, in case another process has meanwhile seen another one.
 */
const REMEMBER_MS = 3_600_000;
/** Servers remembered at a time. */
const MAX_REMEMBERED = 10_000;

/** Writes down what servers show when connections are made, apart from the attempts. */
export interface ShownCertificates {
  /**
   * A server has shown a certificate, and it was verified.
   *
   * @param origin of the URL that was connected to
   */
  readonly note: (origin: string, certificate: X509Certificate) => void;
  /** Resolves once everything noted before is written, or has failed. */
  settled(): Promise<void>;
}

/** Creates it; any number of processes may note the same servers. */
export function createShownCertificates(db: Database, logger: Logger): ShownCertificates {
  /** By URL origin: the certificate written last, and when. */
  const written = new Map<string, { readonly fingerprint: string; readonly at: number }>();

  const batcher = createBatcher<ShownCertificate>({
    max: MAX_TOGETHER,
    gatherMs: GATHER_MS,
    async run(batch) {
      // One server may have shown two meanwhile: the last one counts.
      const last = new Map(batch.map((shown) => [shown.origin, shown]));
      try {
        await noteServerCertificates(db, [...last.values()]);
      } catch (error) {
        // The next connection brings it again.
        written.clear();
        logger.warn({ err: error }, 'the certificates of servers could not be written down');
      }
    },
  });

  return {
    note(origin, certificate) {
      const known = written.get(origin);
      const fingerprint = fingerprintOf(certificate);
      const at = performance.now();
      if (known?.fingerprint === fingerprint && at - known.at < REMEMBER_MS) return;
      // A validity that cannot be read says nothing.
      if (Number.isNaN(Date.parse(certificate.validTo))) return;
      if (written.size >= MAX_REMEMBERED) written.clear();
      written.set(origin, { fingerprint, at });
      batcher.add({ origin: originOf(origin), ...infoOf(certificate) });
    },
    settled: async () => batcher.settled(),
  };
}
