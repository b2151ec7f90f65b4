import { Gauge, type Registry } from 'prom-client';
import { CERTIFICATE_KINDS, EXPIRY_WARNING_DAYS } from '../domain/certificate.ts';
import type { CertificateSummary } from '../store/certificates.ts';
import { createRefreshed, type Refreshed } from './refreshed.ts';

/** How long what was read is shown again, in milliseconds. */
const MAX_AGE_MS = 5_000;

/** The gauges of when certificates end, by kind: a certificate's name is never a label. */
export function certificateGauges(
  registry: Registry,
  read: () => Promise<readonly CertificateSummary[]>,
): Refreshed {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['kind'] as const, registers: [registry] });
  const expiring = gauge(
    'enotum_certificates_expiring',
    `Certificates in use that end within ${EXPIRY_WARNING_DAYS} days, by kind`,
  );
  const expired = gauge('enotum_certificates_expired', 'Certificates in use that have ended, by kind');
  const soonest = gauge(
    'enotum_certificate_soonest_end_seconds',
    'Seconds until the first certificate in use ends that has not ended, by kind; absent where there is none',
  );
  const forget = (): void => {
    for (const each of [expiring, expired, soonest]) each.reset();
  };
  return createRefreshed({
    maxAgeMs: MAX_AGE_MS,
    read,
    forget,
    show(summaries) {
      forget();
      for (const kind of CERTIFICATE_KINDS) {
        const found = summaries.find((summary) => summary.kind === kind);
        expiring.set({ kind }, found?.expiring ?? 0);
        expired.set({ kind }, found?.expired ?? 0);
        if (typeof found?.soonestSeconds === 'number') soonest.set({ kind }, found.soonestSeconds);
      }
    },
  });
}
