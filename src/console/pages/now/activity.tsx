import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useSearchParams } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { usePolling } from '../../api/live.ts';
import { answerOf } from '../../api/problem.ts';
import type { paths } from '../../api/schema.ts';
import { Card } from '../../components/card.tsx';
import { Chart, type Series } from '../../components/chart.tsx';
import { Segments } from '../../components/segments.tsx';
import { ErrorState, Skeleton } from '../../components/states.tsx';
import { formatMoment, formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { activityTexts } from '../../texts/activity.ts';
import { ActivityTable } from './activity-table.tsx';

type Answer = paths['/v1/activity']['get']['responses'][200]['content']['application/json'];
type Outcome = keyof Answer['totals'];

const SPANS = ['hour', 'day', 'week'] as const;

/** Whose an attempt's end is: as the integrator should answer, not so, or held up by this service. */
const OUTCOMES: Readonly<Record<Series['tone'], readonly Outcome[]>> = {
  good: ['acknowledged', 'answered'],
  bad: ['refused', 'faulted', 'unreadable', 'http-error', 'unreachable'],
  wait: ['blocked', 'interrupted'],
};
const TONES = ['good', 'bad', 'wait'] as const;

/** Attempts by how they ended, over an hour, a day or a week. */
export function Activity() {
  const t = useTexts(activityTexts);
  const refetchInterval = usePolling(60_000);
  const [params, setParams] = useSearchParams();
  const span = SPANS.find((each) => each === params.get('span')) ?? 'hour';
  const { data, error, refetch } = useQuery({
    queryKey: ['activity', span],
    queryFn: async () => answerOf(api.GET('/v1/activity', { params: { query: { span } } })),
    placeholderData: keepPreviousData,
    refetchInterval,
    meta: { live: ['now'] },
  });
  return (
    <Card title={t('title')}>
      <Segments
        label={t('span')}
        value={span}
        options={SPANS.map((value) => ({ value, text: t(value) }))}
        onChange={(value) => setParams(value === 'hour' ? {} : { span: value }, { replace: true })}
      />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={4} />}
      {data !== undefined && <Shown answer={data} />}
    </Card>
  );
}

function Shown({ answer }: { readonly answer: Answer }) {
  const t = useTexts(activityTexts);
  const language = useLanguage();
  const columns = answer.buckets.map(({ from }) => formatMoment(language, Date.parse(from), answer.span));
  const series = TONES.map((tone) => ({
    tone,
    name: t(tone),
    values: answer.buckets.map(({ outcomes }) => sumOf(outcomes, tone)),
  }));
  const totals = {
    good: sumOf(answer.totals, 'good'),
    bad: sumOf(answer.totals, 'bad'),
    wait: sumOf(answer.totals, 'wait'),
  };
  const minutes = (Date.now() - Date.parse(answer.from)) / 60_000;
  const rate = (totals.good + totals.bad + totals.wait) / minutes;
  return (
    <>
      <Chart summary={t('summary', totals)} columns={columns} series={series} />
      <div class="chart-legend">
        {TONES.map((tone) => (
          <span key={tone} class={`chart-key chart-key-${tone}`}>
            {t(tone)} <strong>{formatNumber(language, totals[tone])}</strong>
          </span>
        ))}
        <span class="soft">{t('rate', { rate: formatNumber(language, Math.round(rate * 10) / 10) })}</span>
      </div>
      <ActivityTable
        columns={columns}
        series={series}
        exhausted={answer.buckets.map(({ exhausted }) => exhausted)}
      />
    </>
  );
}

function sumOf(outcomes: Answer['totals'], tone: Series['tone']): number {
  return OUTCOMES[tone].reduce((sum, outcome) => sum + outcomes[outcome], 0);
}
