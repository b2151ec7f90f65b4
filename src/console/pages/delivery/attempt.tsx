import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { isAnswered } from '../../components/answered-words.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import { Segments } from '../../components/segments.tsx';
import { ErrorState, Skeleton } from '../../components/states.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useSession } from '../../session/context.ts';
import { commonTexts } from '../../texts/common.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { messageTexts } from '../../texts/message.ts';
import { curlCommand } from './curl.ts';
import { Differences } from './differences.tsx';
import { Messages } from './messages.tsx';
import type { AttemptDetail, AttemptRow } from './model.ts';
import { PhaseBar } from './phase-bar.tsx';

interface AttemptProps {
  readonly row: AttemptRow;
  readonly name: string;
  /** What to do about its outcome, in the language of now. */
  readonly advice: string | null;
}

/** One attempt: what was sent and answered, and what is different from the one before. */
export function Attempt({ row, name, advice }: AttemptProps) {
  const t = useTexts(deliveryTexts);
  const language = useLanguage();
  const { role } = useSession();
  const { data, error, refetch } = useAttempt(row.id);
  return (
    <Card title={name}>
      {advice !== null && <p lang={language}>{advice}</p>}
      <Facts
        items={[
          [t('address'), row.endpoint !== null && <code>{row.endpoint}</code>],
          [t('code'), row.errorCode !== null && <code>{row.errorCode}</code>],
          [
            t(isAnswered(row.errorCode) ? 'said' : 'detail'),
            row.errorText !== null && (
              <span lang={isAnswered(row.errorCode) ? '' : 'en'}>{row.errorText}</span>
            ),
          ],
          [t('version'), data?.request?.messageVersion],
        ]}
      />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data !== undefined && (role === 'auditor' ? <Hidden /> : <Exchange attempt={data} />)}
    </Card>
  );
}

function Hidden() {
  const m = useTexts(messageTexts);
  return <p class="soft">{m('hidden')}</p>;
}

/** An attempt with its messages: it does not change any more. */
function useAttempt(id: string) {
  return useQuery({
    queryKey: ['communication', id],
    queryFn: async () => answerOf(api.GET('/v1/communications/{id}', { params: { path: { id } } })),
  });
}

const VIEWS = ['messages', 'difference'] as const;

function Exchange({ attempt }: { readonly attempt: AttemptDetail }) {
  const m = useTexts(messageTexts);
  const [view, setView] = useState<(typeof VIEWS)[number]>('messages');
  const { previous, request, endpoint } = attempt;
  return (
    <>
      <div class="row no-print">
        {previous !== null && (
          <Segments
            label={m('views')}
            value={view}
            options={VIEWS.map((value) => ({ value, text: m(value) }))}
            onChange={setView}
          />
        )}
        {request !== null && endpoint !== null && (
          <CurlButton command={curlCommand(endpoint, request.headers ?? {}, request.body ?? null)} />
        )}
      </div>
      {view === 'difference' && previous !== null ? (
        <Compared attempt={attempt} previous={previous} />
      ) : (
        <>
          <PhaseBar phases={attempt.phases} />
          <Messages attempt={attempt} />
        </>
      )}
    </>
  );
}

function Compared({ attempt, previous }: { readonly attempt: AttemptDetail; readonly previous: string }) {
  const { data, error, refetch } = useAttempt(previous);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return data === undefined ? <Skeleton /> : <Differences before={data} after={attempt} />;
}

function CurlButton({ command }: { readonly command: string }) {
  const m = useTexts(messageTexts);
  const t = useTexts(commonTexts);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(command);
      toast(t('copied', { what: 'curl' }));
    } catch {
      toast(t('notCopied'));
    }
  };
  return (
    <>
      <Button isSmall onClick={() => void copy()}>
        {m('curl')}
      </Button>
      <span class="soft small curl-note">{m('curlNote')}</span>
    </>
  );
}
