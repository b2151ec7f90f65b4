import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Queryable } from './database.ts';

/** The parameter that tells every process, and every configuration, whether the service signs by itself. */
export const SERVICE_CERTIFICATE = 'certificat_signatura';

const ServiceCertificate = Type.Union([
  Type.Object({
    certificate: Type.String(),
    expiresAt: Type.String(),
    // For nt30.aoc_nt_certificats; absent where an older version wrote it.
    subject: Type.Optional(Type.String()),
    issuer: Type.Optional(Type.String()),
    fingerprint: Type.Optional(Type.String()),
  }),
  Type.Null(),
]);
/** The service's own signing certificate: PEM, and when it expires, ISO 8601. Null where it has none. */
export type ServiceCertificate = Static<typeof ServiceCertificate>;
const serviceCertificate = Compile(ServiceCertificate);

/** @param value the parameter's; null where there is none yet */
export function readServiceCertificate(value: string | null): ServiceCertificate {
  const parsed: unknown = value === null ? null : JSON.parse(value);
  return serviceCertificate.Parse(parsed);
}

/** Reads it and keeps it from being changed until the transaction ends: what is written by it stays true. */
export async function shareServiceCertificate(tx: Queryable): Promise<ServiceCertificate> {
  const [row] = await tx.query<{ value: string }>(
    'select valor as value from nt30.aoc_nt_parametres where nom = $1 for share',
    [SERVICE_CERTIFICATE],
  );
  return readServiceCertificate(row?.value ?? null);
}

/** Reads it; null where the service has none. */
export async function getServiceCertificate(db: Queryable): Promise<ServiceCertificate> {
  const [row] = await db.query<{ value: string }>(
    'select valor as value from nt30.aoc_nt_parametres where nom = $1',
    [SERVICE_CERTIFICATE],
  );
  return readServiceCertificate(row?.value ?? null);
}
