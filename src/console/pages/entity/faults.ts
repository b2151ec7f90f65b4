import type { ApiProblem } from '../../api/problem.ts';
import type { Say } from '../../i18n/texts.ts';
import type { endpointTexts } from '../../texts/endpoint.ts';

/** Says what is wrong with a member of an endpoint, in words; undefined where nothing is. */
export type SayFault = (member: string) => string | undefined;

/** What the service's faults mean, by the last names of the member’s path. */
const MEANINGS = {
  url: 'urlFault',
  'tls.ca': 'pemFault',
  'tls.clientCertificate': 'pemFault',
  'policy.certificate': 'pemFault',
  'tls.clientKey': 'keyFault',
  'policy.privateKey': 'keyFault',
  'policy.password': 'secretFault',
  'authentication.password': 'secretFault',
  'authentication.username': 'usernameFault',
  'authentication.token': 'tokenFault',
} as const satisfies Readonly<Record<string, keyof typeof endpointTexts>>;

/**
 * Says the faults that the service found in an endpoint.
 *
 * @param path the endpoint's own, such as `endpoint`
 * @param missing paths that the configuration would lack
 */
export function faultsOf(
  t: Say<typeof endpointTexts>,
  path: string,
  problem: ApiProblem | null,
  missing: readonly string[],
): SayFault {
  const meanings = new Map<string, keyof typeof endpointTexts>(Object.entries(MEANINGS));
  return (member) => {
    const full = `${path}.${member}`;
    const found = problem?.fields.find(({ field }) => field === full);
    if (found !== undefined) return t(meanings.get(member) ?? 'otherFault', { detail: found.detail });
    return missing.includes(full) ? t('lacks') : undefined;
  };
}
