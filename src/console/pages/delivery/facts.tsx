import { Link } from 'wouter-preact';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Time } from '../../components/time.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { deliveryPath, notificationPath } from '../../links.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { EntityCell } from '../lists/entity-cell.tsx';
import { isOver, type DeliveryDetail } from './model.ts';

/** What a delivery is, and where its parts lead. */
export function DeliveryFacts({ delivery }: { readonly delivery: DeliveryDetail }) {
  const t = useTexts(deliveryTexts);
  const { id, notification, backOffice, daily } = delivery;
  const { createdAt, finishedAt, nextAttemptAt, resentFrom, cancelReason } = delivery;
  return (
    <Facts
      items={[
        [
          t('notification'),
          notification !== null && (
            <Link href={notificationPath(notification)}>
              <code>{notification}</code>
            </Link>
          ),
        ],
        [
          t('day'),
          daily !== null &&
            t('dayWhat', { date: daily.date ?? '', part: daily.part ?? 0, count: daily.notifications ?? 0 }),
        ],
        [t('entity'), <EntityCell key="entity" {...delivery} />],
        [t('backOffice'), backOffice !== null && <code>{backOffice}</code>],
        [t('created'), <Time key="created" at={createdAt} form="second" />],
        [t('finished'), finishedAt !== null && <Time at={finishedAt} form="second" />],
        [t('next'), nextAttemptAt !== null && !isOver(delivery) && <Time at={nextAttemptAt} form="second" />],
        [t('cancelReason'), cancelReason !== null && <span lang="">{cancelReason}</span>],
        [
          t('resentFrom'),
          resentFrom !== null && <Link href={deliveryPath(resentFrom)}>{t('theFirst')}</Link>,
        ],
        [
          t('id'),
          <span key="id">
            <code>{id}</code> <CopyButton value={id} what={t('id')} />
          </span>,
        ],
      ]}
    />
  );
}
