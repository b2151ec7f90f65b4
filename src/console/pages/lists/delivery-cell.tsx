import { Link } from 'wouter-preact';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { deliveryPath, notificationPath } from '../../links.ts';
import { sayState } from '../../texts/deliveries.ts';
import { listsTexts } from '../../texts/lists.ts';
import type { Delivery } from './model.ts';

/** What a delivery tells, in words: the state, or the day of a daily report. */
export function useDeliveryName(): (delivery: Pick<Delivery, 'state' | 'kind' | 'daily'>) => string {
  const language = useLanguage();
  return ({ state, kind, daily }) =>
    [sayState(language, state ?? kind), daily?.date].filter((each) => each !== undefined).join(' ');
}

/** What is told, and of which notification. */
export function DeliveryCell({ delivery }: { readonly delivery: Delivery }) {
  const t = useTexts(listsTexts);
  const name = useDeliveryName();
  const { id, notification, late, resentFrom } = delivery;
  const notes = [late ? t('late') : null, resentFrom === null ? null : t('resent')].filter(
    (each) => each !== null,
  );
  return (
    <span class="lines">
      <span>
        <Link href={deliveryPath(id)}>
          <strong>{name(delivery)}</strong>
        </Link>{' '}
        {notes.length > 0 && <span class="soft small">{notes.join(' · ')}</span>}
      </span>
      {notification !== null && (
        <Link class="soft-link" href={notificationPath(notification)}>
          <code>{notification}</code>
        </Link>
      )}
    </span>
  );
}
