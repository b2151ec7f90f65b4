import { Link } from 'wouter-preact';
import { isAnswered } from '../../components/answered-words.ts';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { Url } from '../../components/url.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { deliveryPath, notificationPath } from '../../links.ts';
import { phaseTexts } from '../../texts/deliveries.ts';
import { listsTexts } from '../../texts/lists.ts';
import { EntityCell } from './entity-cell.tsx';
import type { Communication } from './model.ts';
import { OutcomeBadge } from './status-cell.tsx';

/** A page of the communications log. */
export function CommunicationTable({ items }: { readonly items: readonly Communication[] }) {
  const t = useTexts(listsTexts);
  const language = useLanguage();
  return (
    <Table
      caption={t('communications')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        { title: t('when'), cell: ({ startedAt }) => <Time at={startedAt} form="second" /> },
        { title: t('phase'), cell: (row) => <What row={row} /> },
        { title: t('entity'), cell: (row) => <EntityCell {...row} /> },
        { title: t('outcome'), cell: (row) => <Result row={row} /> },
        {
          title: t('duration'),
          isNumber: true,
          cell: ({ durationMs }) => t('ms', { ms: formatNumber(language, durationMs) }),
        },
      ]}
    />
  );
}

function What({ row }: { readonly row: Communication }) {
  const t = useTexts(listsTexts);
  const language = useLanguage();
  const { phase, attempt, delivery, notification, pull } = row;
  const name = sayIn(language, phaseTexts[phase]);
  return (
    <span class="lines">
      {delivery === null ? (
        <strong>{name}</strong>
      ) : (
        <Link href={deliveryPath(delivery)}>
          <strong>{name}</strong>
        </Link>
      )}
      {notification !== null && (
        <Link class="soft-link" href={notificationPath(notification)}>
          <code>{notification}</code>
        </Link>
      )}
      {attempt !== null && (
        <span class="soft small">
          {t('attemptNumber')} {formatNumber(language, attempt)}
        </span>
      )}
      {(pull?.date ?? null) !== null && <span class="soft small">{pull?.date}</span>}
    </span>
  );
}

function Result({ row }: { readonly row: Communication }) {
  const { outcome, httpStatus, errorCode, errorText, endpoint } = row;
  const language = useLanguage();
  const codes = [httpStatus === null ? null : `HTTP ${httpStatus}`, errorCode].filter(
    (each) => each !== null,
  );
  const isGood = outcome === 'acknowledged' || outcome === 'answered';
  return (
    <span class="lines">
      <span>
        <OutcomeBadge outcome={outcome} />
      </span>
      {!isGood && codes.length > 0 && <code class="soft">{codes.join(' · ')}</code>}
      {errorText !== null && (isAnswered(errorCode) || language === 'en') && (
        <span class="soft small" lang={isAnswered(errorCode) ? '' : 'en'}>
          {errorText}
        </span>
      )}
      {endpoint !== null && (
        <span class="soft">
          <Url value={endpoint} />
        </span>
      )}
    </span>
  );
}
