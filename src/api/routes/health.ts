import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { PROBLEM_RESPONSES } from '../schemas.ts';
import { timeLimited } from '../time-limited.ts';
import type { ApiApp } from '../types.ts';

/** What the service needs in order to work; each resolves to whether the part answers, or throws. */
export interface ReadinessChecks {
  readonly database: () => Promise<boolean>;
  readonly queue: () => Promise<boolean>;
}

const OK = Type.Literal('ok');
const Live = Type.Object({ status: OK });
const Ready = Type.Object({ status: OK, checks: Type.Object({ database: OK, queue: OK }) });

/** Makes `/health/live` and `/health/ready`, without a key. */
export function healthRoutes(checks: ReadinessChecks): (app: ApiApp) => void {
  const isDatabaseThere = timeLimited(checks.database);
  const isQueueThere = timeLimited(checks.queue);

  return (app) => {
    const common = { tags: ['monitoring'], security: [] };
    app.get(
      '/health/live',
      {
        config: { public: true },
        schema: { summary: 'Whether the process runs', ...common, response: { 200: Live } },
      },
      async () => ({ status: 'ok' as const }),
    );
    app.get(
      '/health/ready',
      {
        config: { public: true },
        schema: {
          summary: 'Whether the database and the queue answer',
          ...common,
          response: { 200: Ready, ...PROBLEM_RESPONSES },
        },
      },
      async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
        const [database, queue] = await Promise.all([isDatabaseThere(), isQueueThere()]);
        if (database && queue) {
          return { status: 'ok' as const, checks: { database: 'ok' as const, queue: 'ok' as const } };
        }
        const away = [database ? [] : ['database'], queue ? [] : ['queue']].flat();
        throw new ProblemError('unavailable', `No answer from: ${away.join(', ')}.`, {
          checks: { database: database ? 'ok' : 'unreachable', queue: queue ? 'ok' : 'unreachable' },
        });
      },
    );
  };
}
