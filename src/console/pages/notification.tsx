import { useQuery } from '@tanstack/preact-query';
import { useParams } from 'wouter-preact';
import '../styles/story.css';
import '../styles/print.css';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { Badge } from '../components/badge.tsx';
import { Card } from '../components/card.tsx';
import { Live } from '../components/live.tsx';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { useLanguage } from '../i18n/language.ts';
import { sayIn, useTexts } from '../i18n/texts.ts';
import { stateTexts } from '../texts/deliveries.ts';
import { notificationTexts, type Notification as Known } from '../texts/notification.ts';
import { storyTexts, type Story } from '../texts/story.ts';
import { Timeline } from './delivery/timeline.tsx';
import { NotificationDeliveries } from './notification/deliveries.tsx';
import { NotificationFacts } from './notification/facts.tsx';

interface Read {
  readonly notification: Known;
  readonly story: Story;
}

/** One notification: its life, what was told of it, and what comes next. */
export default function Notification() {
  const t = useTexts(notificationTexts);
  const language = useLanguage();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['notification', id, language],
    queryFn: async () => read(id, language),
    meta: { live: ['deliveries', 'communications'] },
  });
  return (
    <Page title={t('title', { id })} actions={<Live />}>
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {data !== undefined && <Shown {...data} />}
    </Page>
  );
}

function Shown({ notification, story }: Read) {
  const t = useTexts(notificationTexts);
  const s = useTexts(storyTexts);
  const language = useLanguage();
  const statuses = new Map(notification.deliveries.map(({ id, status }) => [id, status]));
  return (
    <div class="stack">
      <div class="lead">
        <span>
          <Badge tone="info">{sayIn(language, stateTexts[notification.state])}</Badge>
        </span>
        <p class="lead-sentence" lang={language}>
          {story.sentence}
        </p>
      </div>
      <NotificationDeliveries deliveries={notification.deliveries} />
      <div class="beside">
        <Card title={s('timeline')}>
          <Timeline items={story.items} statusOf={(delivery) => statuses.get(delivery)} />
        </Card>
        <Card title={t('facts')}>
          <NotificationFacts notification={notification} />
        </Card>
      </div>
    </div>
  );
}

async function read(id: string, lang: ReturnType<typeof useLanguage>): Promise<Read> {
  const params = { path: { id } };
  const [notification, story] = await Promise.all([
    answerOf(api.GET('/v1/notifications/{id}', { params })),
    answerOf(api.GET('/v1/notifications/{id}/story', { params: { ...params, query: { lang } } })),
  ]);
  return { notification, story };
}
