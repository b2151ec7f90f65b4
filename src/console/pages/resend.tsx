import { useQuery } from '@tanstack/preact-query';
import { useParams } from 'wouter-preact';
import { api } from '../api/client.ts';
import { usePolling } from '../api/live.ts';
import { answerOf } from '../api/problem.ts';
import { Live } from '../components/live.tsx';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { useTexts } from '../i18n/texts.ts';
import { resendTexts } from '../texts/resends.ts';
import { JobItems } from './resends/job-items.tsx';
import { JobSteps } from './resends/job-steps.tsx';
import { JobSummary } from './resends/job-summary.tsx';

/** While it runs, a job is read again so often, in milliseconds. */
const POLL_MS = 2_000;

/** A job that sends deliveries again. */
export default function Resend() {
  const t = useTexts(resendTexts);
  const { id } = useParams<{ id: string }>();
  const polling = usePolling(POLL_MS);
  const { data, error, refetch } = useQuery({
    queryKey: ['resend', id],
    queryFn: async () => answerOf(api.GET('/v1/resends/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? polling : false),
    meta: { live: ['resends', 'deliveries'] },
  });
  return (
    <Page
      title={t('job')}
      actions={
        <>
          <Live />
          {data !== undefined && <JobSteps job={data} />}
        </>
      }
    >
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data !== undefined && (
        <div class="stack">
          <JobSummary job={data} />
          <JobItems job={data} />
        </div>
      )}
    </Page>
  );
}
