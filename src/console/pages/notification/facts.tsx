import { codesOf, useEntityNames } from '../../api/entity-names.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { stateTexts } from '../../texts/deliveries.ts';
import {
  notificationKindTexts,
  notificationTexts,
  originTexts,
  type Notification,
} from '../../texts/notification.ts';
import { EntityCell } from '../lists/entity-cell.tsx';

/** What a notification is; of persons nothing, who are in its messages alone. */
export function NotificationFacts({ notification }: { readonly notification: Notification }) {
  const t = useTexts(notificationTexts);
  const language = useLanguage();
  const { reference, issuerReference, entity, backOffice, kind, origin, channel, state, occurredAt } =
    notification;
  const names = useEntityNames([entity]);
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
          <EntityCell
            key="entity"
            organisation={entity.organisation}
            department={entity.department}
            entityName={names.get(codesOf(entity)) ?? null}
          />,
        ],
        [t('backOffice'), backOffice !== null && <code>{backOffice}</code>],
        [t('origin'), sayIn(language, originTexts[origin])],
        [t('channel'), channel !== null && <code>{channel}</code>],
      ]}
    />
  );
}
