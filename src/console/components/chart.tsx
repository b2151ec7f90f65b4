import { useId } from 'preact/hooks';
import { formatNumber } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { niceTop } from './chart-scale.ts';

/** What is stacked: the first lies at the bottom. */
export interface Series {
  readonly name: string;
  readonly tone: 'good' | 'bad' | 'wait';
  readonly values: readonly number[];
}

interface ChartProps {
  /** What it shows, in a sentence with its totals: a table beside it has each number. */
  readonly summary: string;
  /** The name of each column. */
  readonly columns: readonly string[];
  readonly series: readonly Series[];
}

const HEIGHT = 100;
/** Of a column’s width, what lies between it and the next. */
const GAP = 0.2;

/** Stacked columns over time, drawn in the page’s own colours; it says its columns’ numbers where it is pointed at. */
export function Chart({ summary, columns, series }: ChartProps) {
  const language = useLanguage();
  const id = useId();
  const sums = columns.map((_, place) => series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0));
  const top = niceTop(Math.max(...sums, 0));
  const middle = Math.floor((columns.length - 1) / 2);
  const marks = [...new Set([0, middle, columns.length - 1])];
  return (
    <figure class="chart" aria-labelledby={id}>
      <div class="chart-scale" aria-hidden="true">
        <span>{formatNumber(language, top)}</span>
        <span>{formatNumber(language, top / 2)}</span>
        <span>0</span>
      </div>
      <svg
        class="chart-plot"
        viewBox={`0 0 ${columns.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {[0, 0.5, 1].map((part) => (
          <line
            key={part}
            class="chart-line"
            x1="0"
            x2={columns.length}
            y1={part * HEIGHT}
            y2={part * HEIGHT}
          />
        ))}
        {columns.map((name, place) => (
          <Column key={name} name={name} place={place} series={series} top={top} />
        ))}
      </svg>
      <div class="chart-times" aria-hidden="true">
        {marks.map((place) => (
          <span key={place}>{columns[place]}</span>
        ))}
      </div>
      <figcaption id={id} class="visually-hidden">
        {summary}
      </figcaption>
    </figure>
  );
}

interface ColumnProps extends Pick<ChartProps, 'series'> {
  readonly name: string;
  readonly place: number;
  readonly top: number;
}

function Column({ name, place, series, top }: ColumnProps) {
  const language = useLanguage();
  let floor = HEIGHT;
  const parts = series.map(({ tone, values }) => {
    const height = ((values[place] ?? 0) / top) * HEIGHT;
    floor -= height;
    return { tone, y: floor, height };
  });
  const said = series
    .filter(({ values }) => (values[place] ?? 0) > 0)
    .map((each) => `${each.name}: ${formatNumber(language, each.values[place] ?? 0)}`);
  return (
    <g class="chart-column">
      <title>{[name, ...said].join('\n')}</title>
      <rect class="chart-ground" x={place} y="0" width="1" height={HEIGHT} />
      {parts.map(({ tone, y, height }) => (
        <rect key={tone} class={`chart-${tone}`} x={place + GAP / 2} y={y} width={1 - GAP} height={height} />
      ))}
    </g>
  );
}
