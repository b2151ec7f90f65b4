import type { ComponentChildren } from 'preact';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { daysBetween } from '../../i18n/madrid-days.ts';
import { useTexts } from '../../i18n/texts.ts';
import { healthTexts } from '../../texts/health.ts';
import { noonOf, type HealthDay } from './health-days.ts';

/** Units of the drawing: each day has ten in width. */
const DAY = 10;
const HEIGHT = 100;
/** The least that something that happened is high. */
const LEAST = 2;

const PARTS = ['firstTime', 'afterRetries', 'exhausted'] as const;

interface DaysProps {
  readonly days: readonly HealthDay[];
}

/** What became of deliveries, a bar a day. */
export function DayBars({ days }: DaysProps) {
  const t = useTexts(healthTexts);
  const language = useLanguage();
  const most = Math.max(1, ...days.map((day) => PARTS.reduce((sum, part) => sum + day[part], 0)));
  return (
    <Frame
      days={days}
      label={t('deliveries')}
      most={formatNumber(language, most)}
      legend={PARTS.map((part) => [part, t(part)] as const)}
    >
      {days.map((day, place) => {
        let top = HEIGHT;
        return PARTS.map((part) => {
          if (day[part] === 0) return null;
          const height = Math.max(LEAST, (day[part] / most) * HEIGHT);
          top -= height;
          return (
            <rect
              key={part}
              class={`bar-${part}`}
              x={place * DAY + 1.5}
              width={DAY - 3}
              y={Math.max(top, 0)}
              height={height}
            >
              <title>
                {formatDate(language, noonOf(day.day))}: {t(part)} {formatNumber(language, day[part])}
              </title>
            </rect>
          );
        });
      })}
    </Frame>
  );
}

/** How long attempts took: from the median up to what one in twenty exceeds. */
export function DayTimes({ days }: DaysProps) {
  const t = useTexts(healthTexts);
  const language = useLanguage();
  const most = Math.max(1, ...days.map(({ p95Ms }) => p95Ms ?? 0));
  const y = (ms: number): number => HEIGHT - (ms / most) * (HEIGHT - LEAST);
  return (
    <Frame
      days={days}
      label={t('times')}
      most={`${formatNumber(language, most)} ms`}
      legend={[
        ['median', t('median')],
        ['p95', t('p95')],
      ]}
    >
      {days.map(({ day, medianMs, p95Ms }, place) => {
        if (medianMs === null || p95Ms === null) return null;
        const low = y(medianMs);
        const high = y(p95Ms);
        return (
          <g key={day}>
            <title>
              {formatDate(language, noonOf(day))}: {formatNumber(language, medianMs)} –{' '}
              {formatNumber(language, p95Ms)} ms
            </title>
            <rect
              class="bar-p95"
              x={place * DAY + 3}
              width={DAY - 6}
              y={high}
              height={Math.max(LEAST, low - high)}
            />
            <rect class="bar-median" x={place * DAY + 1.5} width={DAY - 3} y={low - 1} height={LEAST} />
          </g>
        );
      })}
    </Frame>
  );
}

interface FrameProps extends DaysProps {
  readonly label: string;
  /** What the top of the drawing stands for. */
  readonly most: string;
  readonly legend: readonly (readonly [name: string, text: string])[];
  readonly children: ComponentChildren;
}

/** The days, weekends shaded, with what the drawing means. */
function Frame({ days, label, most, legend, children }: FrameProps) {
  const language = useLanguage();
  const first = days[0]?.day;
  const last = days.at(-1)?.day;
  if (first === undefined || last === undefined) return null;
  const weekends = daysBetween(noonOf(first), noonOf(last)).map(({ isWeekend }) => isWeekend);
  return (
    <figure class="day-chart">
      <figcaption class="day-chart-legend">
        {legend.map(([name, text]) => (
          <span key={name} class="day-chart-key">
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect class={`bar-${name}`} width="10" height="10" rx="2" />
            </svg>
            {text}
          </span>
        ))}
        <span class="soft day-chart-most">↑ {most}</span>
      </figcaption>
      <svg
        class="day-chart-days"
        viewBox={`0 0 ${days.length * DAY} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {days.map(({ day }, place) =>
          weekends[place] === true ? (
            <rect key={day} class="axis-weekend" x={place * DAY} width={DAY} height={HEIGHT} />
          ) : null,
        )}
        {children}
      </svg>
      <div class="day-chart-ends soft" aria-hidden="true">
        <span>{formatDate(language, noonOf(first))}</span>
        <span>{formatDate(language, noonOf(last))}</span>
      </div>
    </figure>
  );
}
