import { expiryWarning, type CertificateInfo } from '../../domain/certificate.ts';
import { missingPath } from '../../store/endpoints.ts';
import type { CertificateWarning, EndpointView } from './schema.ts';

/** The member that stands for the service's own signing certificate, which no entity's configuration has. */
const SERVICE_CERTIFICATE = 'service.signingCertificate';

/**
 * What to do about the certificates of an entity's endpoints: those that have ended or soon will, the first to
 * end first.
 *
 * @param endpoints by back office code, '' for the entity's own
 * @param now milliseconds since the epoch
 */
export function certificateWarnings(
  endpoints: readonly (readonly [backOffice: string, endpoint: EndpointView])[],
  now: number,
): CertificateWarning[] {
  const warnings = new Map<string, CertificateWarning>();
  for (const [backOffice, endpoint] of endpoints) {
    for (const [member, info] of certificatesOf(endpoint)) {
      const what = member === SERVICE_CERTIFICATE ? member : missingPath(backOffice, member);
      const code = info === null ? null : expiryWarning(info.expiresAt, now);
      if (info !== null && code !== null) warnings.set(what, { code, what, expiresAt: info.expiresAt });
    }
  }
  return [...warnings.values()].sort((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
}

function certificatesOf({ policy, tls }: EndpointView): (readonly [string, CertificateInfo | null])[] {
  const signing = policy.type === 'signature' ? policy.certificateInfo : null;
  const isService = policy.type === 'signature' && policy.certificate === null;
  return [
    ['tls.serverCertificate', tls.serverCertificateInfo],
    ['tls.clientCertificate', tls.clientCertificateInfo],
    ['tls.ca', tls.caInfo],
    [isService ? SERVICE_CERTIFICATE : 'policy.certificate', signing],
  ];
}
