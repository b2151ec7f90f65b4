import { Gauge, type Registry } from 'prom-client';
import type { OpenJobs } from '../store/resend-jobs.ts';
import { createRefreshed, type Refreshed } from './refreshed.ts';

/** How long what was counted is shown again, in milliseconds. */
const MAX_AGE_MS = 5_000;

/** The gauge of jobs that send deliveries again and have not ended, by status. */
export function resendJobsGauge(registry: Registry, read: () => Promise<OpenJobs>): Refreshed {
  const jobs = new Gauge({
    name: 'enotum_resend_jobs',
    help: 'Jobs that send deliveries again and have not ended, by status',
    labelNames: ['status'] as const,
    registers: [registry],
  });
  return createRefreshed({
    maxAgeMs: MAX_AGE_MS,
    read,
    show({ running, paused }) {
      jobs.set({ status: 'running' }, running);
      jobs.set({ status: 'paused' }, paused);
    },
    forget: () => jobs.reset(),
  });
}
