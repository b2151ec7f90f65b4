import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { Card } from '../../components/card.tsx';
import { Message } from '../../components/message.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { entityTestTexts } from '../../texts/entity-test.ts';
import { messageTexts } from '../../texts/message.ts';
import type { Entity } from './calls.ts';

/** What the last notification's report would look like now, by the configuration that is saved. */
export function Preview({ entity }: { readonly entity: Entity }) {
  const t = useTexts(entityTestTexts);
  const m = useTexts(messageTexts);
  const { organisation, department } = entity;
  const { data, error, refetch } = useQuery({
    queryKey: ['entity-preview', organisation, department, entity.endpoint],
    queryFn: async () => {
      const query = { organisation, department, kind: 'OnLine' as const, limit: 1 };
      const { items } = await answerOf(api.GET('/v1/deliveries', { params: { query } }));
      const id = items[0]?.notification ?? null;
      if (id === null) return null;
      const preview = await answerOf(api.GET('/v1/notifications/{id}/preview', { params: { path: { id } } }));
      return typeof preview === 'string' ? null : preview;
    },
    retry: false,
  });
  return (
    <Card title={t('preview')}>
      <p class="soft">{t('previewHelp')}</p>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={3} />}
      {data === null && <EmptyState title={t('noNotification')} />}
      {data !== undefined && data !== null && (
        <>
          <p>
            <Link href={`/notifications/${data.notification}`}>
              {t('previewOf', { notification: data.notification })}
            </Link>{' '}
            <code>{data.state}</code>
          </p>
          {data.validates === false && <p class="alert">{t('notValid')}</p>}
          <Message title={m('request')} line={`${data.method} ${data.url}`} message={data} />
        </>
      )}
    </Card>
  );
}
