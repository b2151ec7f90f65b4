import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { Pager } from '../../components/pager.tsx';
import { Segments } from '../../components/segments.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { deliveryPath, notificationPath } from '../../links.ts';
import { sayState } from '../../texts/deliveries.ts';
import { resendTexts, resultTexts, skipTexts } from '../../texts/resends.ts';
import { useAddress } from '../lists/address.ts';
import { EntityCell } from '../lists/entity-cell.tsx';
import { keyOf, namesOf } from '../lists/filters.ts';
import type { Item, Job } from './model.ts';

const TONES: Readonly<Record<Item['result'], Tone>> = { pending: 'wait', resent: 'good', skipped: 'idle' };

/** What became of each delivery of a job. */
export function JobItems({ job }: { readonly job: Job }) {
  const t = useTexts(resendTexts);
  const language = useLanguage();
  const address = useAddress();
  const result = keyOf(resultTexts, address.get('result'));
  const { after } = address.pages;
  // What a cancelled job has not come to never goes out again.
  const isOff = job.status === 'cancelled';
  const { data, error, refetch } = useQuery({
    // How far the job is: what became of its deliveries is read again as it goes on.
    queryKey: ['resend-items', job.id, result, after, job.resent, job.status],
    queryFn: async () => {
      const query = {
        ...(result === undefined ? {} : { result }),
        ...(after === undefined ? {} : { after }),
      };
      return answerOf(api.GET('/v1/resends/{id}/items', { params: { path: { id: job.id }, query } }));
    },
    placeholderData: keepPreviousData,
  });
  return (
    <section class="stack dense" aria-labelledby="items">
      <h2 id="items">{t('items')}</h2>
      <Segments
        label={t('result')}
        value={result ?? ''}
        options={[
          { value: '', text: t('all') },
          ...namesOf(resultTexts).map((value) => ({
            value,
            text: t(value === 'pending' && isOff ? 'leftOver' : value),
          })),
        ]}
        onChange={(value) => address.filter({ result: value })}
      />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data !== undefined && data.items.length === 0 && <EmptyState title={t('noItems')} />}
      {data !== undefined && data.items.length > 0 && (
        <>
          <Table
            caption={t('items')}
            items={data.items}
            keyOf={({ delivery }) => delivery}
            columns={[
              { title: t('original'), cell: (item) => <Original item={item} /> },
              {
                title: t('entity'),
                cell: ({ organisation, department, entityName }) =>
                  organisation === null || department === null ? (
                    '—'
                  ) : (
                    <EntityCell {...{ organisation, department, entityName }} />
                  ),
              },
              {
                title: t('result'),
                cell: ({ result: name, reason }) => (
                  <span class="lines">
                    <span>
                      {name === 'pending' && isOff ? (
                        <Badge tone="idle">{t('leftOver')}</Badge>
                      ) : (
                        <Badge tone={TONES[name]}>{sayIn(language, resultTexts[name])}</Badge>
                      )}
                    </span>
                    {reason !== null && <span class="soft small">{sayIn(language, skipTexts[reason])}</span>}
                  </span>
                ),
              },
              {
                title: t('resentAs'),
                cell: ({ resentAs }) =>
                  resentAs === null ? '—' : <Link href={deliveryPath(resentAs)}>{t('open')}</Link>,
              },
            ]}
          />
          <Pager pages={address.pages} next={data.next} />
        </>
      )}
    </section>
  );
}

function Original({ item }: { readonly item: Item }) {
  const language = useLanguage();
  const { delivery, state, notification } = item;
  return (
    <span class="lines">
      <Link href={deliveryPath(delivery)}>
        <strong>{sayState(language, state ?? 'Diari')}</strong>
      </Link>
      {notification !== null && (
        <Link class="soft-link" href={notificationPath(notification)}>
          <code>{notification}</code>
        </Link>
      )}
    </span>
  );
}
