import { useQuery } from '@tanstack/preact-query';
import { useParams } from 'wouter-preact';
import '../styles/story.css';
import '../styles/print.css';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { Card } from '../components/card.tsx';
import { Live } from '../components/live.tsx';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { sayState } from '../texts/deliveries.ts';
import { deliveryTexts } from '../texts/delivery.ts';
import { storyTexts, type Story } from '../texts/story.ts';
import { Attempts } from './delivery/attempts.tsx';
import { Deeds } from './delivery/deeds.tsx';
import { DeliveryFacts } from './delivery/facts.tsx';
import type { DeliveryDetail } from './delivery/model.ts';
import { RecoveryCard } from './delivery/recovery.tsx';
import { SpanBar } from './delivery/span-bar.tsx';
import { Lead } from './delivery/lead.tsx';
import { Timeline } from './delivery/timeline.tsx';

interface Read {
  readonly delivery: DeliveryDetail;
  readonly story: Story;
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
}

/** One delivery: how it stands, what happened, what was sent and answered, and what can be done. */
export default function Delivery() {
  const t = useTexts(deliveryTexts);
  const language = useLanguage();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['delivery', id, language],
    queryFn: async () => read(id, language),
    meta: { live: ['deliveries', 'communications'] },
  });
  const title = data === undefined ? t('title') : t('titleOf', { what: whatOf(data.delivery, language) });
  return (
    <Page
      title={title}
      actions={
        <>
          <Live />
          {data !== undefined && <Deeds delivery={data.delivery} />}
        </>
      }
    >
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {data !== undefined && <Shown {...data} />}
    </Page>
  );
}

function Shown({ delivery, story, at }: Read) {
  const t = useTexts(deliveryTexts);
  const s = useTexts(storyTexts);
  return (
    <div class="stack">
      <Lead delivery={delivery} sentence={story.sentence} />
      <div class="beside">
        <Card title={s('timeline')}>
          <SpanBar story={story} now={at} />
          <Timeline items={story.items} statusOf={() => delivery.status} own={delivery.id} />
        </Card>
        <div class="stack">
          <Card title={t('facts')}>
            <DeliveryFacts delivery={delivery} />
          </Card>
          {delivery.recovery !== null && <RecoveryCard recovery={delivery.recovery} />}
        </div>
      </div>
      <Attempts delivery={delivery} story={story} />
    </div>
  );
}

async function read(id: string, lang: ReturnType<typeof useLanguage>): Promise<Read> {
  const params = { path: { id } };
  const [delivery, story] = await Promise.all([
    answerOf(api.GET('/v1/deliveries/{id}', { params })),
    answerOf(api.GET('/v1/deliveries/{id}/story', { params: { ...params, query: { lang } } })),
  ]);
  return { delivery, story, at: Date.now() };
}

function whatOf({ state, kind, daily }: DeliveryDetail, language: ReturnType<typeof useLanguage>): string {
  return [sayState(language, state ?? kind), daily?.date].filter((part) => part !== undefined).join(' ');
}
