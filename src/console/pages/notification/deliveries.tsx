import { Link } from 'wouter-preact';
import { Count } from '../../components/number.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { deliveryPath } from '../../links.ts';
import { sayState } from '../../texts/deliveries.ts';
import { notificationTexts, type Notification } from '../../texts/notification.ts';
import { isOver } from '../delivery/model.ts';
import { StatusCell } from '../lists/status-cell.tsx';

/** The deliveries of a notification, newest first. */
export function NotificationDeliveries({ deliveries }: Pick<Notification, 'deliveries'>) {
  const t = useTexts(notificationTexts);
  const language = useLanguage();
  if (deliveries.length === 0) return <EmptyState title={t('noDelivery')} />;
  return (
    <Table
      caption={t('deliveries')}
      items={deliveries}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('what'),
          cell: ({ id, state, kind, late, resentFrom }) => (
            <>
              <Link href={deliveryPath(id)}>{sayState(language, state ?? kind)}</Link>
              {late && <span class="soft small"> · {t('late')}</span>}
              {resentFrom !== null && <span class="soft small"> · {t('resend')}</span>}
            </>
          ),
        },
        { title: t('status'), cell: (delivery) => <StatusCell delivery={delivery} /> },
        { title: t('attempts'), isNumber: true, cell: ({ attempts }) => <Count value={attempts} /> },
        { title: t('created'), cell: ({ createdAt }) => <Time at={createdAt} form="second" /> },
        {
          title: t('next'),
          cell: (delivery) =>
            delivery.nextAttemptAt === null || isOver(delivery) ? (
              t('none')
            ) : (
              <Time at={delivery.nextAttemptAt} isRelative isComing />
            ),
        },
      ]}
    />
  );
}
