import type { Metrics } from '../../metrics.ts';
import type { ApiApp } from '../types.ts';

/** Makes `/metrics`, without a key since it holds no identifier. It answers while the database is away, too. */
export function metricsRoutes(metrics: Pick<Metrics, 'render' | 'contentType'>): (app: ApiApp) => void {
  return (app) => {
    app.get(
      '/metrics',
      {
        config: { public: true },
        schema: {
          summary: 'The service’s counters, for Prometheus',
          tags: ['monitoring'],
          security: [],
          produces: ['text/plain'],
        },
      },
      async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()),
    );
  };
}
