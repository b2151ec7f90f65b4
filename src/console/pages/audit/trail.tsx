import { Link } from 'wouter-preact';
import type { paths } from '../../api/schema.ts';
import { Button } from '../../components/button.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { actionTexts, auditTexts } from '../../texts/audit.ts';
import { entityPath } from '../entity/calls.ts';
import { Detail } from './detail.tsx';

/** A row of the trail. */
export type AuditRow =
  paths['/v1/audit']['get']['responses'][200]['content']['application/json']['items'][number];

interface TrailProps {
  readonly items: readonly AuditRow[];
  readonly onBy: (key: string) => void;
  readonly onEntity: (organisation: string, department: string) => void;
}

/** Who did what to which, when; each who and which narrows the list to itself. */
export function Trail({ items, onBy, onEntity }: TrailProps) {
  const t = useTexts(auditTexts);
  const language = useLanguage();
  return (
    <Table
      caption={t('title')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        { title: t('when'), cell: ({ at }) => <Time at={at} /> },
        { title: t('who'), cell: ({ by }) => <Who by={by} onBy={onBy} /> },
        { title: t('what'), cell: ({ action }) => sayIn(language, actionTexts[action]) },
        {
          title: t('which'),
          cell: ({ organisation, department, delivery }) => (
            <>
              {organisation !== null && department !== null && (
                <>
                  <Link href={entityPath({ organisation, department })}>
                    <code>{`${organisation}/${department}`}</code>
                  </Link>{' '}
                  <Button kind="quiet" isSmall onClick={() => onEntity(organisation, department)}>
                    {t('onlyThis')}
                    <span class="visually-hidden">{` ${organisation}/${department}`}</span>
                  </Button>
                </>
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

function Who({ by, onBy }: { readonly by: AuditRow['by']; readonly onBy: (key: string) => void }) {
  const t = useTexts(auditTexts);
  const { key, name } = by;
  if (key === null) return <>{name === 'unknown' ? t('unknown') : t('theService')}</>;
  return (
    <Button kind="quiet" isSmall onClick={() => onBy(key)}>
      {name}
      <span class="visually-hidden"> · {t('onlyBy')}</span>
    </Button>
  );
}
