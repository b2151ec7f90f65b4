import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { buildMonitoringApp } from './monitoring.ts';
import { healthRoutes, type ReadinessChecks } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';

const there = () => Promise.resolve('ok' as const);

let close: () => Promise<void> = () => Promise.resolve();

async function serve(checks: Partial<ReadinessChecks>): Promise<string> {
  const app = buildMonitoringApp(pino({ level: 'silent' }), [
    healthRoutes({ database: there, queue: there, ...checks }),
    metricsRoutes(createMetrics(() => Promise.reject(new Error('away')))),
  ]);
  close = () => app.close();
  return app.listen({ host: '127.0.0.1', port: 0 });
}

afterEach(() => close());

describe('health', () => {
  it('is live and ready where the database and the queue answer', async () => {
    const url = await serve({});
    const live = await fetch(`${url}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', checks: { database: 'ok', queue: 'ok' } },
    ]);
  });

  it('is live but not ready while the database is away, and says so', async () => {
    const url = await serve({ database: () => Promise.reject(new Error('away')) });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(ready.headers.get('content-type')).toContain('application/problem+json');
    expect(await ready.json()).toMatchObject({
      code: 'unavailable',
      detail: 'No answer from: database.',
      checks: { database: 'unreachable', queue: 'ok' },
    });
  });

  it('is not ready while the queue says that it is away', async () => {
    const url = await serve({ queue: () => Promise.resolve('unreachable' as const) });
    expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({
      checks: { database: 'ok', queue: 'unreachable' },
    });
  });

  it('answers within a second though a part hangs, and asks it once for all who wait', async () => {
    let asked = 0;
    const url = await serve({
      queue: () => {
        asked += 1;
        return new Promise(() => undefined);
      },
    });
    const begun = performance.now();
    const answers = await Promise.all([1, 2, 3].map(() => fetch(`${url}/health/ready`)));
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    expect(asked).toBe(1);
  });
});

describe('metrics', () => {
  it('are Prometheus’ text, without a key, also while the database is away', async () => {
    const url = await serve({});
    const answer = await fetch(`${url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await answer.text()).toContain('# TYPE enotum_attempts_total counter');
  });
});

describe('the monitoring port', () => {
  it('serves nothing else', async () => {
    const url = await serve({});
    const answer = await fetch(`${url}/v1/deliveries`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'not-found' });
  });
});
