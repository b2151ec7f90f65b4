import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api } from '../api/client.ts';
import { usePolling } from '../api/live.ts';
import { answerOf } from '../api/problem.ts';
import { Live } from '../components/live.tsx';
import { Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { Time } from '../components/time.tsx';
import { useTexts } from '../i18n/texts.ts';
import { resendPath } from '../links.ts';
import { resendTexts } from '../texts/resends.ts';
import { useAddress } from './lists/address.ts';
import { JobBadge, Progress, useJobFilter } from './resends/job-words.tsx';
import { doneOf } from './resends/model.ts';

/** While one runs, the jobs are read again so often, in milliseconds. */
const POLL_MS = 3_000;

/** The jobs that send deliveries again, newest first. */
export default function Resends() {
  const t = useTexts(resendTexts);
  const { pages } = useAddress();
  const polling = usePolling(POLL_MS);
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['resends', after],
    queryFn: async () =>
      answerOf(api.GET('/v1/resends', { params: { query: after === undefined ? {} : { after } } })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => status === 'running') === true ? polling : false,
    meta: { live: ['resends'] },
  });
  const sayFilter = useJobFilter(data?.items ?? []);
  return (
    <Page title={t('title')} actions={<Live />}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState title={t('none')}>
          <p class="soft">{t('noneHelp')}</p>
          <Link class="button" href="/deliveries">
            {t('toDeliveries')}
          </Link>
        </EmptyState>
      )}
      {data !== undefined && data.items.length > 0 && (
        <>
          <Table
            caption={t('title')}
            items={data.items}
            keyOf={({ id }) => id}
            columns={[
              {
                title: t('which'),
                cell: (job) => (
                  <span class="lines">
                    <Link href={resendPath(job.id)}>{sayFilter(job.filter)}</Link>
                    {job.reason !== null && <span class="soft small">{job.reason}</span>}
                  </span>
                ),
              },
              { title: t('status'), cell: ({ status }) => <JobBadge status={status} /> },
              { title: t('progress'), cell: (job) => <Progress done={doneOf(job)} total={job.total} /> },
              { title: t('by'), cell: ({ createdBy }) => createdBy.name },
              { title: t('created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
            ]}
          />
          <Pager pages={pages} next={data.next} />
        </>
      )}
    </Page>
  );
}
