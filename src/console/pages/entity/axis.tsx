import { useEffect, useRef, useState } from 'preact/hooks';
import { formatDay } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { daysBetween } from '../../i18n/madrid-days.ts';
import type { Forecast } from './schedule.ts';

const HEIGHT = 112;
const LINE = 64;
/** Room at both ends for the half of a mark. */
const MARGIN = 10;
/** Days narrower than this have no label, in pixels. */
const LABEL_WIDTH = 44;

interface AxisProps {
  readonly forecast: Forecast;
  readonly outageMs: number;
  /** What it shows, in words. */
  readonly label: string;
  /** What the band of the outage is called. */
  readonly outage: string;
}

/** The attempts on an axis of days of Madrid, weekends shaded, the outage as a band. */
export function Axis({ forecast: { attempts, lastAt }, outageMs, label, outage }: AxisProps) {
  const language = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.max(240, element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const start = attempts[0]?.at ?? lastAt;
  const end = Math.max(lastAt, start + outageMs) + 2 * 3_600_000;
  const x = (ms: number): number =>
    MARGIN + ((Math.min(Math.max(ms, start), end) - start) / (end - start)) * (width - 2 * MARGIN);
  return (
    <div ref={frame} class="axis">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
        {daysBetween(start, end).map((day) => {
          const left = x(day.start);
          const right = x(day.end);
          return (
            <g key={day.start}>
              {day.isWeekend && (
                <rect class="axis-weekend" x={left} y={20} width={right - left} height={HEIGHT - 20} />
              )}
              {day.start > start && <line class="axis-day" x1={left} x2={left} y1={20} y2={HEIGHT} />}
              {right - left > LABEL_WIDTH && (
                <text x={(left + right) / 2} y={14} text-anchor="middle">
                  {formatDay(language, day.start)}
                </text>
              )}
            </g>
          );
        })}
        {outageMs > 0 && (
          <g>
            <rect
              class="axis-outage"
              x={x(start)}
              y={LINE - 14}
              width={x(start + outageMs) - x(start)}
              height={28}
            />
            {x(start + outageMs) - x(start) > outage.length * 8 && (
              <text class="axis-outage-name" x={x(start) + 6} y={LINE - 20}>
                {outage}
              </text>
            )}
          </g>
        )}
        <line class="axis-line" x1={x(start)} x2={x(end)} y1={LINE} y2={LINE} />
        {attempts.map(({ number, at, outcome }) => (
          <g key={number} class={`axis-attempt axis-${outcome}`}>
            <circle cx={x(at)} cy={LINE} r={6} />
            {outcome === 'fails' && <path d={`M${x(at) - 2.5} ${LINE - 2.5}l5 5m0-5l-5 5`} />}
          </g>
        ))}
        {groupsOf(attempts, x).map(({ from, to, place }) => (
          <text key={from} x={place} y={LINE + 28} text-anchor="middle">
            {from === to ? from : `${from}–${to}`}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** Marks nearer to each other than this have one label, in pixels. */
const NEAR = 16;

/** Attempts whose labels would write over each other, together. */
function groupsOf(
  attempts: Forecast['attempts'],
  x: (ms: number) => number,
): { from: number; to: number; place: number }[] {
  const groups: { from: number; to: number; place: number; last: number }[] = [];
  for (const { number, at } of attempts) {
    const here = x(at);
    const group = groups.at(-1);
    if (group !== undefined && here - group.last < NEAR) {
      group.to = number;
      group.last = here;
    } else groups.push({ from: number, to: number, place: here, last: here });
  }
  return groups.map(({ from, to, place, last }) => ({ from, to, place: (place + last) / 2 }));
}
