import { Link } from 'wouter-preact';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { actionTexts, auditTexts } from '../../texts/audit.ts';
import { entityPath } from '../entity/calls.ts';
import { Detail } from './detail.tsx';
import type { AuditRow } from './row.ts';

/** Who did what to which, when; each who leads to all that they did. */
export function Trail({ items }: { readonly items: readonly AuditRow[] }) {
  const t = useTexts(auditTexts);
  const language = useLanguage();
  return (
    <Table
      caption={t('title')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('when'),
          cell: ({ at }) => <Time at={at} />,
        },
        { title: t('who'), cell: ({ by }) => <Who by={by} /> },
        { title: t('what'), cell: ({ action }) => sayIn(language, actionTexts[action]) },
        {
          title: t('which'),
          cell: ({ organisation, department, delivery }) => (
            <>
              {organisation !== null && department !== null && (
                <Link href={entityPath({ organisation, department })}>
                  <code class="no-wrap">{`${organisation}/${department}`}</code>
                </Link>
              )}
              {delivery !== null && (
                <>
                  {' '}
                  <Link href={`/deliveries/${delivery}`}>{t('theDelivery')}</Link>
                </>
              )}
              {organisation === null && delivery === null && '—'}
            </>
          ),
        },
        { title: t('detail'), cell: (row) => <Detail row={row} /> },
      ]}
    />
  );
}

function Who({ by: { key, name } }: Pick<AuditRow, 'by'>) {
  const t = useTexts(auditTexts);
  if (key === null) return <>{name === 'unknown' ? t('unknown') : t('theService')}</>;
  return <Link href={`/audit?by=${key}`}>{name}</Link>;
}
