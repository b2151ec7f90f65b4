import { Gauge, type Registry } from 'prom-client';
import { createRefreshed, type Refreshed } from './refreshed.ts';

/** How long what was counted is shown again, in milliseconds. */
const MAX_AGE_MS = 5_000;

/** The gauge of days whose daily reports are not made. */
export function owedDaysGauge(registry: Registry, read: () => Promise<number>): Refreshed {
  const owed = new Gauge({
    name: 'enotum_daily_report_days_owed',
    help: 'Days that are over and whose daily reports are not made',
    registers: [registry],
  });
  return createRefreshed({
    maxAgeMs: MAX_AGE_MS,
    read,
    show: (days) => owed.set(days),
    // Without labels, only what is removed is absent.
    forget: () => owed.remove(),
  });
}
