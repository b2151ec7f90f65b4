import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { PROBLEM_RESPONSES } from '../schemas.ts';
import { timeLimited } from '../time-limited.ts';
import type { ApiApp } from '../types.ts';

/** How a part is. */
type State = 'ok' | 'full' | 'unreachable';

/** What the service needs in order to work; each says how the part is, or throws where it is unreachable. */
export interface ReadinessChecks {
  readonly database: () => Promise<State>;
  readonly queue: () => Promise<State>;
}

const OK = Type.Literal('ok');
const Live = Type.Object({ status: OK });
const Ready = Type.Object({ status: OK, checks: Type.Object({ database: OK, queue: OK }) });

/** Makes `/health/live` and `/health/ready`, without a key. */
export function healthRoutes(checks: ReadinessChecks): (app: ApiApp) => void {
  const checkDatabase = timeLimited<State>(checks.database, 'unreachable');
  const checkQueue = timeLimited<State>(checks.queue, 'unreachable');

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
        const [database, queue] = await Promise.all([checkDatabase(), checkQueue()]);
        if (database === 'ok' && queue === 'ok')
          return { status: 'ok' as const, checks: { database, queue } };
        throw new ProblemError('unavailable', say({ database, queue }), { checks: { database, queue } });
      },
    );
  };
}

function say(checks: Readonly<Record<string, State>>): string {
  const parts = Object.entries(checks);
  const away = parts.flatMap(([part, state]) => (state === 'unreachable' ? [part] : []));
  const full = parts.flatMap(([part, state]) =>
    state === 'full' ? [`No room on the disk of: ${part}.`] : [],
  );
  return [...(away.length > 0 ? [`No answer from: ${away.join(', ')}.`] : []), ...full].join(' ');
}
