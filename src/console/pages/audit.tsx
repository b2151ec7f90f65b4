import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { SelectField } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { Pager, usePages } from '../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { Time } from '../components/time.tsx';
import { useLanguage } from '../i18n/language.ts';
import { sayIn, useTexts } from '../i18n/texts.ts';
import { actionTexts, auditTexts, type Action } from '../texts/audit.ts';

const ACTIONS = Object.keys(actionTexts).filter((name): name is Action => Object.hasOwn(actionTexts, name));

/** Who did what, newest first. */
export default function Audit() {
  const t = useTexts(auditTexts);
  const language = useLanguage();
  const pages = usePages();
  const [action, setAction] = useState<Action | ''>('');
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', action, after],
    queryFn: async () => {
      const query = { ...(action === '' ? {} : { action }), ...(after === undefined ? {} : { after }) };
      return answerOf(api.GET('/v1/audit', { params: { query } }));
    },
  });
  const say = (name: Action): string => sayIn(language, actionTexts[name]);
  return (
    <Page title={t('title')}>
      <div class="filters">
        <SelectField
          label={t('action')}
          value={action}
          options={[
            { value: '', text: t('every') },
            ...ACTIONS.map((value) => ({ value, text: say(value) })),
          ]}
          onChange={(value) => {
            setAction(value);
            pages.reset();
          }}
        />
      </div>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data !== undefined && data.items.length === 0 && <EmptyState title={t('none')} />}
      {data !== undefined && data.items.length > 0 && (
        <>
          <Table
            caption={t('title')}
            items={data.items}
            keyOf={({ id }) => id}
            columns={[
              { title: t('when'), cell: ({ at }) => <Time at={at} /> },
              { title: t('who'), cell: ({ by }) => by.name },
              { title: t('what'), cell: ({ action: name }) => say(name) },
              {
                title: t('which'),
                cell: ({ organisation, department }) =>
                  organisation === null ? '—' : <code>{`${organisation}/${department ?? ''}`}</code>,
              },
            ]}
          />
          <Pager pages={pages} next={data.next} />
        </>
      )}
    </Page>
  );
}
