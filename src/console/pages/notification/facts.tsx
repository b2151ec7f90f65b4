import { Link } from 'wouter-preact';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { entityPath } from '../../links.ts';
import { stateTexts } from '../../texts/deliveries.ts';
import {
  notificationKindTexts,
  notificationTexts,
  originTexts,
  type Notification,
} from '../../texts/notification.ts';

/** What a notification is; of persons nothing, who are in its messages alone. */
export function NotificationFacts({ notification }: { readonly notification: Notification }) {
  const t = useTexts(notificationTexts);
  const language = useLanguage();
  const { reference, issuerReference, entity, backOffice, kind, origin, channel, state, occurredAt } =
    notification;
  return (
    <Facts
      items={[
        [t('state'), sayIn(language, stateTexts[state])],
        [t('since'), <Time key="since" at={occurredAt} form="second" />],
        [t('kind'), sayIn(language, notificationKindTexts[kind])],
        [
          t('reference'),
          <span key="reference">
            <code>{reference}</code> <CopyButton value={reference} what={t('reference')} />
          </span>,
        ],
        [t('issuerReference'), issuerReference !== null && <code>{issuerReference}</code>],
        [
          t('entity'),
          <Link key="entity" href={entityPath(entity)}>
            <code>
              {entity.organisation}/{entity.department}
            </code>
          </Link>,
        ],
        [t('backOffice'), backOffice !== null && <code>{backOffice}</code>],
        [t('origin'), sayIn(language, originTexts[origin])],
        [t('channel'), channel !== null && <code>{channel}</code>],
      ]}
    />
  );
}
