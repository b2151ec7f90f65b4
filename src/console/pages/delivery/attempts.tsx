import { Link, useLocation, useSearch } from 'wouter-preact';
import { Card } from '../../components/card.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { formatLength } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts, type Say } from '../../i18n/texts.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import type { Story } from '../../texts/story.ts';
import { OutcomeBadge } from '../lists/status-cell.tsx';
import { Attempt } from './attempt.tsx';
import type { AttemptRow, DeliveryDetail } from './model.ts';
import { ATTEMPT_PARAMETER, attemptPath } from './timeline.tsx';

interface AttemptsProps {
  readonly delivery: DeliveryDetail;
  readonly story: Story;
}

/** The attempts, and the messages of the one that the address names, or of the last. */
export function Attempts({ delivery, story }: AttemptsProps) {
  const t = useTexts(deliveryTexts);
  const language = useLanguage();
  const [path] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get(ATTEMPT_PARAMETER);
  const rows = delivery.attemptList;
  const shown = rows.find(({ id }) => id === wanted) ?? rows.at(-1);
  if (shown === undefined) return <EmptyState title={t('noAttempt')} />;
  const advice = story.items.find(({ communication }) => communication === shown.id)?.advice ?? null;
  return (
    <>
      <Card title={t('attempts')}>
        <Table
          caption={t('attempts')}
          items={rows}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t('attempt'),
              cell: (row) => (
                <Link
                  href={attemptPath(delivery.id, row.id)}
                  aria-current={row.id === shown.id ? 'true' : undefined}
                  class="attempt-link"
                >
                  {nameOf(row, t)}
                </Link>
              ),
            },
            { title: t('outcome'), cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
            { title: t('answer'), cell: (row) => <code>{answerOf(row)}</code> },
            {
              title: t('when'),
              cell: ({ startedAt }) => (
                <span class="attempt-when">
                  <Time at={startedAt} form="second" />
                </span>
              ),
            },
            {
              title: t('duration'),
              isNumber: true,
              cell: ({ durationMs }) => (
                <span class="attempt-when">{formatLength(language, durationMs)}</span>
              ),
            },
          ]}
        />
      </Card>
      <Attempt key={`${path} ${shown.id}`} row={shown} name={nameOf(shown, t)} advice={advice} />
    </>
  );
}

function nameOf({ attempt }: AttemptRow, t: Say<typeof deliveryTexts>): string {
  return attempt === null ? t('blocked') : t('attemptOf', { number: attempt });
}

function answerOf({ httpStatus, errorCode }: AttemptRow): string {
  const parts = [httpStatus === null ? null : `HTTP ${httpStatus}`, errorCode];
  return parts.filter((part) => part !== null).join(' · ') || '–';
}
