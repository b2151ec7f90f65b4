import type { Say } from '../../i18n/texts.ts';
import type { entityTexts } from '../../texts/entity.ts';

/** The members of a configuration that have a name in words, by their paths from the endpoint on. */
const NAMES = {
  organisationName: 'organisationName',
  departmentName: 'departmentName',
  online: 'online',
  daily: 'daily',
  sendCancelled: 'sendCancelled',
  retryDelays: 'retryDelays',
  url: 'memberUrl',
  messageVersion: 'memberVersion',
  timeoutMs: 'memberTimeout',
  policy: 'memberPolicy',
  authentication: 'memberAuthentication',
  tls: 'memberTls',
  envelope: 'memberEnvelope',
} as const satisfies Readonly<Record<string, keyof typeof entityTexts>>;

/** Says a path of a configuration in words: `backOffices.GEST.endpoint.tls.ca` is the TLS of a back office. */
export function saidMember(t: Say<typeof entityTexts>, path: string): string {
  if (path === 'service.signingCertificate') return t('memberService');
  const backOffice = /^backOffices\.(.+?)(?:\.endpoint(?:\.(.+))?)?$/.exec(path);
  const member = backOffice === null ? path.replace(/^endpoint\./, '') : (backOffice[2] ?? '');
  const name = new Map<string, keyof typeof entityTexts>(Object.entries(NAMES)).get(
    member.split('.', 1)[0] ?? '',
  );
  const said = name === undefined ? member : t(name);
  if (backOffice === null) return said;
  const code = backOffice[1] ?? '';
  return said === '' ? t('memberBackOffice', { code }) : `${t('memberBackOffice', { code })} · ${said}`;
}
