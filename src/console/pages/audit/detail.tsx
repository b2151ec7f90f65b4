import { Link } from 'wouter-preact';
import { formatLength } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts, type Text } from '../../i18n/texts.ts';
import { deliveryPath, resendPath } from '../../links.ts';
import type { Role } from '../../session/session.ts';
import { useSession } from '../../session/context.ts';
import { auditTexts } from '../../texts/audit.ts';
import { entityTexts } from '../../texts/entity.ts';
import { roleTexts } from '../../texts/keys.ts';
import { sayProblem } from '../../texts/problems.ts';
import { wayTexts } from '../../texts/sessions.ts';
import { saidMember } from '../entity/members.ts';
import { sayFilter } from './resend-words.ts';
import type { AuditRow } from './row.ts';

/** Who has the page of jobs. */
const JOB_READERS: ReadonlySet<Role> = new Set(['admin', 'operator']);

function roleTextOf(role: string): Text {
  return new Map<string, Text>(Object.entries(roleTexts)).get(role) ?? { ca: role, es: role, en: role };
}

/** How somebody came in, in words. */
function wayTextOf(way: string): Text {
  return new Map<string, Text>(Object.entries(wayTexts)).get(way) ?? wayTexts.key;
}

function sayEntity(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const codes = new Map<string, unknown>(Object.entries(value));
  return `${String(codes.get('organisation'))}/${String(codes.get('department'))}`;
}

/** What else is known of a deed, in words where there are some; the rest as it is. */
export function Detail({ row: { action, detail } }: { readonly row: AuditRow }) {
  const t = useTexts(auditTexts);
  const entity = useTexts(entityTexts);
  const language = useLanguage();
  const session = useSession();
  const known = new Map<string, unknown>(Object.entries(detail));
  const parts: string[] = [];
  const take = (name: string, say: (value: string) => string): void => {
    const value = known.get(name);
    known.delete(name);
    if (typeof value === 'string') parts.push(say(value));
  };
  const takeNumber = (name: string, say: (value: number) => string): void => {
    const value = known.get(name);
    known.delete(name);
    if (typeof value === 'number') parts.push(say(value));
  };
  const changed = known.get('changed');
  known.delete('changed');
  if (Array.isArray(changed)) {
    const members = changed.map((path) => saidMember(entity, String(path)));
    parts.push(t('changed', { members: [...new Set(members)].join(', ') }));
  }
  if (action.startsWith('sign')) {
    take('by', (way) => sayIn(language, wayTextOf(way)));
    take('code', (code) => sayProblem(language, code));
    take('network', (network) => t('network', { network }));
  }
  take('reason', (reason) => reason);
  take('name', (name) => name);
  take('backOffice', (code) => entity('memberBackOffice', { code }));
  take('role', (role) => t('withRole', { role: sayIn(language, roleTextOf(role)) }));
  const entities = known.get('entities');
  known.delete('entities');
  if (Array.isArray(entities)) parts.push(...entities.map(sayEntity));
  takeNumber('overlapMs', (overlap) => t('overlap', { length: formatLength(language, overlap) }));
  if (action.startsWith('resends')) {
    const filter = sayFilter(language, known.get('filter'));
    if (filter !== '') parts.push(filter);
    known.delete('filter');
    takeNumber('total', (count) => t('total', { count }));
    takeNumber('pace', (count) => t('pace', { count }));
  }
  const job = known.get('job');
  const resentAs = known.get('resentAs');
  const link =
    typeof job === 'string' && JOB_READERS.has(session.role)
      ? { href: resendPath(job), text: t('theJob') }
      : typeof resentAs === 'string'
        ? { href: deliveryPath(resentAs), text: t('theResend') }
        : null;
  if (link !== null) for (const name of ['job', 'resentAs']) known.delete(name);
  const rest = [...known].filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  if (parts.length === 0 && rest.length === 0 && link === null) return <>—</>;
  return (
    <>
      {parts.join(' · ')}
      {link !== null && (
        <>
          {parts.length > 0 && ' · '}
          <Link href={link.href}>{link.text}</Link>
        </>
      )}
      {rest.length > 0 && (
        <>
          {' '}
          {rest.map(([name, value]) => (
            <code key={name} class="soft">
              {name}: {typeof value === 'string' ? value : JSON.stringify(value)}{' '}
            </code>
          ))}
        </>
      )}
    </>
  );
}
