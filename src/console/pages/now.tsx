import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { useIsFollowed, usePolling } from '../api/live.ts';
import { answerOf } from '../api/problem.ts';
import { Card } from '../components/card.tsx';
import { Live } from '../components/live.tsx';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { nowTexts } from '../texts/now.ts';
import { Activity } from './now/activity.tsx';
import { Figures } from './now/figures.tsx';
import type { Trouble } from './now/model.ts';
import { TestDialog } from './now/test-dialog.tsx';
import { TroubleList } from './now/trouble.tsx';
import { Verdict } from './now/verdict.tsx';

/** How often it is asked without a hint, in milliseconds: what is overdue becomes so by time alone. */
const POLL_MS = 30_000;

/** Whether everything goes out, and what does not. */
export default function NowPage() {
  const t = useTexts(nowTexts);
  const language = useLanguage();
  const refetchInterval = usePolling(POLL_MS);
  const isFollowed = useIsFollowed();
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['now', language],
    queryFn: async () => answerOf(api.GET('/v1/now', { params: { query: { lang: language } } })),
    placeholderData: keepPreviousData,
    refetchInterval,
    meta: { live: ['now'] },
  });
  // Held here: a test that goes well may take its endpoint off the list, and its answer is still to be read.
  const [tested, setTested] = useState<Trouble | null>(null);
  return (
    <Page title={t('title')} actions={<Live />}>
      <div class={isFollowed ? 'stack' : 'stack was-so'}>
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton />}
        {data !== undefined && (
          <>
            <Verdict
              level={data.level}
              sentence={data.sentence}
              oldSince={isFollowed ? null : dataUpdatedAt}
            />
            <Figures now={data} />
          </>
        )}
        {data !== undefined && data.trouble.length > 0 && (
          <TroubleList trouble={data.trouble} total={data.troubleTotal} onTest={setTested} />
        )}
        <Activity />
        {data !== undefined && data.trouble.length === 0 && (
          <Card title={t('trouble')}>
            <p class="soft">{t('noTrouble')}</p>
          </Card>
        )}
      </div>
      {tested !== null && <TestDialog endpoint={tested} onClose={() => setTested(null)} />}
    </Page>
  );
}
