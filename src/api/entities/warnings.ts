import { expiryWarning, type CertificateInfo } from '../../domain/certificate.ts';
import { missingPath } from '../../store/endpoints.ts';
import { MESSAGE_VERSIONS, RETIRED_ON } from '../../domain/report.ts';
import type { ConfigurationWarning, EndpointView } from './schema.ts';

/** The member that stands for the service's own signing certificate, which no entity's configuration has. */
const SERVICE_CERTIFICATE = 'service.signingCertificate';

/**
 * What works today and will not for ever: certificates of an entity's endpoints that have ended or soon will, and
 * message versions that are retired; the first to end first.
 *
 * @param endpoints by back office code, '' for the entity's own
 * @param now milliseconds since the epoch
 */
export function warningsOf(
  endpoints: readonly (readonly [backOffice: string, endpoint: EndpointView])[],
  now: number,
): ConfigurationWarning[] {
  const warnings = new Map<string, ConfigurationWarning>();
  for (const [backOffice, endpoint] of endpoints) {
    for (const [member, info] of certificatesOf(endpoint)) {
      const what = member === SERVICE_CERTIFICATE ? member : missingPath(backOffice, member);
      const code = info === null ? null : expiryWarning(info.expiresAt, now);
      if (info !== null && code !== null) warnings.set(what, { code, what, expiresAt: info.expiresAt });
    }
    const retiredAt = retirementOf(endpoint.messageVersion);
    if (retiredAt !== null) {
      const what = missingPath(backOffice, 'messageVersion');
      warnings.set(what, { code: 'message-version-retired', what, expiresAt: retiredAt });
    }
  }
  return [...warnings.values()].sort((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
}

/** The end of a version's last day in Europe/Madrid (winter time); null where it is not being retired. */
function retirementOf(messageVersion: string): string | null {
  const version = MESSAGE_VERSIONS.find((known) => known === messageVersion);
  const lastDay = version === undefined ? undefined : RETIRED_ON[version];
  return lastDay === undefined ? null : new Date(`${lastDay}T24:00:00+01:00`).toISOString();
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
