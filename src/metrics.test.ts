import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMetrics } from './metrics.ts';
import type { Backlog } from './store/backlog.ts';

const nothing = (): Promise<Backlog[]> => Promise.resolve([]);

/** The value of one line, or undefined where it is absent. */
function valueOf(text: string, line: string): string | undefined {
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found?.slice(line.length + 1);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('metrics', () => {
  it('count attempts, finished deliveries, state changes and hints', async () => {
    const metrics = createMetrics(nothing);
    metrics.attempt('refused', 30);
    metrics.attempt('refused', 3_000);
    metrics.attempt('blocked', 0);
    metrics.finished('exhausted');
    metrics.intake(3, 1);
    metrics.hintsSent(50);
    const text = await metrics.render();
    expect(valueOf(text, 'enotum_attempts_total{outcome="refused"}')).toBe('2');
    expect(valueOf(text, 'enotum_attempts_total{outcome="blocked"}')).toBe('1');
    expect(valueOf(text, 'enotum_attempt_duration_seconds_bucket{le="0.05"}')).toBe('1');
    expect(valueOf(text, 'enotum_attempt_duration_seconds_count')).toBe('2');
    expect(valueOf(text, 'enotum_deliveries_finished_total{status="exhausted"}')).toBe('1');
    expect(valueOf(text, 'enotum_state_changes_total{result="accepted"}')).toBe('3');
    expect(valueOf(text, 'enotum_state_changes_total{result="duplicate"}')).toBe('1');
    expect(valueOf(text, 'enotum_hints_sent_total')).toBe('50');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('of two services in one process are apart', async () => {
    const one = createMetrics(nothing);
    const other = createMetrics(nothing);
    one.hintsSent(1);
    expect(valueOf(await other.render(), 'enotum_hints_sent_total')).toBe('0');
  });

  it('show the backlog, zeros included', async () => {
    const metrics = createMetrics(() =>
      Promise.resolve([
        { status: 'retrying', waitingFor: 'retry', deliveries: 4, oldestSeconds: 90, overdueSeconds: 0 },
        { status: 'waiting', waitingFor: 'earlier', deliveries: 2, oldestSeconds: 80, overdueSeconds: 80 },
        { status: 'queued', waitingFor: null, deliveries: 1, oldestSeconds: 10, overdueSeconds: 7 },
      ]),
    );
    const text = await metrics.render();
    const waiting = 'enotum_deliveries_waiting';
    expect(valueOf(text, `${waiting}{status="retrying",waiting_for="retry"}`)).toBe('4');
    expect(valueOf(text, `${waiting}{status="queued",waiting_for="none"}`)).toBe('1');
    expect(valueOf(text, `${waiting}{status="waiting",waiting_for="configuration"}`)).toBe('0');
    expect(valueOf(text, 'enotum_oldest_waiting_seconds')).toBe('90');
    // What waits for an earlier one is not due.
    expect(valueOf(text, 'enotum_oldest_overdue_seconds')).toBe('7');
  });

  it('show when certificates end by kind, zeros included, and no end where there is none', async () => {
    const metrics = createMetrics(nothing, () =>
      Promise.resolve([
        { kind: 'server', expiring: 2, expired: 1, soonestSeconds: 864_000.5 },
        { kind: 'ca', expiring: 0, expired: 1, soonestSeconds: null },
      ]),
    );
    const text = await metrics.render();
    expect(valueOf(text, 'enotum_certificates_expiring{kind="server"}')).toBe('2');
    expect(valueOf(text, 'enotum_certificates_expired{kind="ca"}')).toBe('1');
    expect(valueOf(text, 'enotum_certificates_expiring{kind="client"}')).toBe('0');
    expect(valueOf(text, 'enotum_certificate_soonest_end_seconds{kind="server"}')).toBe('864000.5');
    expect(valueOf(text, 'enotum_certificate_soonest_end_seconds{kind="ca"}')).toBeUndefined();
  });

  it('show how many days are owed their reports', async () => {
    const some = createMetrics(nothing, undefined, () => Promise.resolve(3));
    expect(valueOf(await some.render(), 'enotum_daily_report_days_owed')).toBe('3');
    const away = createMetrics(nothing, undefined, () => Promise.reject(new Error('away')));
    expect(valueOf(await away.render(), 'enotum_daily_report_days_owed')).toBeUndefined();
  });

  it('show the jobs that send again, and none of them while the database is away', async () => {
    const some = createMetrics(nothing, undefined, undefined, () =>
      Promise.resolve({ running: 2, paused: 1 }),
    );
    expect(valueOf(await some.render(), 'enotum_resend_jobs{status="running"}')).toBe('2');
    expect(valueOf(await some.render(), 'enotum_resend_jobs{status="paused"}')).toBe('1');
    const away = createMetrics(nothing, undefined, undefined, () => Promise.reject(new Error('away')));
    expect(await away.render()).not.toContain('enotum_resend_jobs{');
  });

  it('read the backlog at most every five seconds', async () => {
    let reads = 0;
    const metrics = createMetrics(() => {
      reads += 1;
      return nothing();
    });
    await Promise.all([metrics.render(), metrics.render()]);
    await metrics.render();
    expect(reads).toBe(1);
  });

  it('are answered without the backlog while the database is away', async () => {
    const metrics = createMetrics(() => Promise.reject(new Error('away')));
    metrics.hintsSent(1);
    const text = await metrics.render();
    expect(valueOf(text, 'enotum_hints_sent_total')).toBe('1');
    expect(valueOf(text, 'enotum_oldest_waiting_seconds')).toBeUndefined();
    expect(text).not.toContain('waiting_for=');
  });

  it('are answered after a second though the database hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const metrics = createMetrics(() => new Promise(() => undefined));
    const rendering = metrics.render();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(valueOf(await rendering, 'enotum_oldest_overdue_seconds')).toBeUndefined();
  });
});
