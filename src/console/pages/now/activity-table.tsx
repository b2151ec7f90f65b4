import type { Series } from '../../components/chart.tsx';
import { Count } from '../../components/number.tsx';
import { Table } from '../../components/table.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { activityTexts } from '../../texts/activity.ts';

interface ActivityTableProps {
  readonly columns: readonly string[];
  readonly series: readonly Series[];
  readonly exhausted: readonly number[];
}

/** The chart’s numbers, newest first. */
export function ActivityTable({ columns, series, exhausted }: ActivityTableProps) {
  const t = useTexts(activityTexts);
  const rows = columns.map((name, place) => ({
    name,
    counts: series.map(({ values }) => values[place] ?? 0),
    exhausted: exhausted[place] ?? 0,
  }));
  return (
    <details class="chart-table">
      <summary>{t('table')}</summary>
      <Table
        caption={t('title')}
        items={rows.toReversed()}
        keyOf={({ name }) => name}
        columns={[
          { title: t('when'), cell: ({ name }) => name },
          ...series.map(({ name }, place) => ({
            title: name,
            isNumber: true,
            cell: ({ counts }: (typeof rows)[number]) => <Count value={counts[place] ?? 0} />,
          })),
          { title: t('exhausted'), isNumber: true, cell: (row) => <Count value={row.exhausted} /> },
        ]}
      />
    </details>
  );
}
