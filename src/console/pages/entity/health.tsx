import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import { Count } from '../../components/number.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { useLanguage, type Language } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { deliveriesPath } from '../../links.ts';
import { healthTexts } from '../../texts/health.ts';
import type { EntityKey } from './calls.ts';
import { DayBars, DayTimes } from './day-charts.tsx';
import { noonOf, type HealthDay } from './health-days.ts';

const DAYS = 30;

/** How an entity's deliveries have fared in the last 30 days, and what is wrong now. */
export function HealthTab({ entity }: { readonly entity: EntityKey }) {
  const t = useTexts(healthTexts);
  const language = useLanguage();
  const { organisation, department } = entity;
  const { data, error, refetch } = useQuery({
    queryKey: ['entity-health', organisation, department, language],
    queryFn: async () =>
      answerOf(
        api.GET('/v1/entities/{organisation}/{department}/health', {
          params: { path: { organisation, department }, query: { days: DAYS, lang: language } },
        }),
      ),
    refetchInterval: 60_000,
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton />;
  const { days, now } = data;
  const totals = totalsOf(days);
  const all = totals.firstTime + totals.afterRetries + totals.exhausted;
  return (
    <div class="form">
      {now.trouble.length === 0 && <p class="alert alert-good">{t('fine')}</p>}
      {all === 0 ? (
        <EmptyState title={t('none')} />
      ) : (
        <>
          <Card title={t('deliveries')}>
            <Facts
              items={[
                [t('firstTime'), <Part key="first" language={language} count={totals.firstTime} all={all} />],
                [
                  t('afterRetries'),
                  <Part key="after" language={language} count={totals.afterRetries} all={all} />,
                ],
                [
                  t('exhausted'),
                  <span key="exhausted">
                    <Part language={language} count={totals.exhausted} all={all} />{' '}
                    {totals.exhausted > 0 && (
                      <Link href={deliveriesPath({ organisation, department, status: 'exhausted' })}>
                        {t('seeThem')}
                      </Link>
                    )}
                  </span>,
                ],
              ]}
            />
            <DayBars days={days} />
          </Card>
          <Card title={t('times')}>
            <p class="soft">{t('timesHelp')}</p>
            <DayTimes days={days} />
          </Card>
        </>
      )}
      {all > 0 && (
        <details>
          <summary>{t('byDay')}</summary>
          <div class="details-body">
            <Table
              caption={t('byDay')}
              items={days.toReversed()}
              keyOf={({ day }) => day}
              columns={[
                { title: t('day'), cell: ({ day }) => formatDate(language, noonOf(day)) },
                {
                  title: t('firstTime'),
                  isNumber: true,
                  cell: ({ firstTime }) => <Count value={firstTime} />,
                },
                {
                  title: t('afterRetries'),
                  isNumber: true,
                  cell: ({ afterRetries }) => <Count value={afterRetries} />,
                },
                {
                  title: t('exhausted'),
                  isNumber: true,
                  cell: ({ exhausted }) => <Count value={exhausted} />,
                },
                { title: t('median'), isNumber: true, cell: ({ medianMs }) => sayMs(language, medianMs) },
                { title: t('p95'), isNumber: true, cell: ({ p95Ms }) => sayMs(language, p95Ms) },
              ]}
            />
          </div>
        </details>
      )}
    </div>
  );
}

function Part({
  language,
  count,
  all,
}: {
  readonly language: Language;
  readonly count: number;
  readonly all: number;
}) {
  const share = Math.round((count / all) * 1_000) / 10;
  return (
    <>
      <Count value={count} /> <span class="soft">({formatNumber(language, share)} %)</span>
    </>
  );
}

function sayMs(language: Language, ms: number | null): string {
  return ms === null ? '—' : `${formatNumber(language, ms)} ms`;
}

function totalsOf(days: readonly HealthDay[]): Pick<HealthDay, 'firstTime' | 'afterRetries' | 'exhausted'> {
  const sum = (name: 'firstTime' | 'afterRetries' | 'exhausted') =>
    days.reduce((total, day) => total + day[name], 0);
  return { firstTime: sum('firstTime'), afterRetries: sum('afterRetries'), exhausted: sum('exhausted') };
}
