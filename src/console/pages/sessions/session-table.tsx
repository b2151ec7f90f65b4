import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { roleTexts } from '../../texts/keys.ts';
import { sessionsTexts, wayTexts } from '../../texts/sessions.ts';
import type { OpenSession } from './calls.ts';

interface SessionTableProps {
  readonly items: readonly OpenSession[];
  readonly isOwn: boolean;
  readonly onEnd: (session: OpenSession) => void;
}

/** Sessions that have not ended; the one that looks has its end in the header. */
export function SessionTable({ items, isOwn, onEnd }: SessionTableProps) {
  const t = useTexts(sessionsTexts);
  const language = useLanguage();
  const whose = [
    { title: t('who'), cell: ({ name }: OpenSession) => name },
    { title: t('role'), cell: ({ role }: OpenSession) => sayIn(language, roleTexts[role]) },
  ];
  return (
    <Table
      caption={t(isOwn ? 'own' : 'title')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        ...(isOwn ? [] : whose),
        { title: t('way'), cell: ({ by }) => sayIn(language, wayTexts[by]) },
        { title: t('begun'), cell: ({ createdAt }) => <Time at={createdAt} /> },
        { title: t('lastUsed'), cell: ({ lastUsedAt }) => <Time at={lastUsedAt} isRelative /> },
        { title: t('ends'), cell: ({ endsAt }) => <Time at={endsAt} /> },
        {
          title: t('deeds'),
          cell: (session) =>
            session.isCurrent ? (
              <Badge tone="info">{t('current')}</Badge>
            ) : (
              <Button isSmall kind="danger" onClick={() => onEnd(session)}>
                {t('end')}
                {!isOwn && <span class="visually-hidden"> {session.name}</span>}
              </Button>
            ),
        },
      ]}
    />
  );
}
