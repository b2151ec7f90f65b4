import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Pager, usePages } from '../../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { sessionsTexts } from '../../texts/sessions.ts';
import { listSessions, type OpenSession } from './calls.ts';
import { EndSession } from './end-session.tsx';
import { SessionTable } from './session-table.tsx';

/** The sessions that have not ended, and their end: one's own, or everybody's. */
export function OpenSessions({ isOwn }: { readonly isOwn: boolean }) {
  const t = useTexts(sessionsTexts);
  const pages = usePages();
  const [ending, setEnding] = useState<OpenSession | null>(null);
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions', isOwn, after],
    queryFn: async () => listSessions(isOwn, after),
  });
  return (
    <>
      <div class="stack">
        <p class="soft">{t(isOwn ? 'ownHelp' : 'allHelp')}</p>
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton />}
        {data?.items.length === 0 && <EmptyState title={t('none')} />}
        {data !== undefined && data.items.length > 0 && (
          <SessionTable items={data.items} isOwn={isOwn} onEnd={setEnding} />
        )}
      </div>
      {data !== undefined && <Pager pages={pages} next={data.next} />}
      {ending !== null && <EndSession session={ending} isOwn={isOwn} onClose={() => setEnding(null)} />}
    </>
  );
}
