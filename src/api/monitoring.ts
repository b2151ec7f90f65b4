import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { ProblemError } from '../domain/errors.ts';
import { answerMalformedRequest } from './malformed-request.ts';
import { handleError } from './problems.ts';
import type { ApiApp } from './types.ts';

/**
 * Builds the app that listens on METRICS_PORT: health and metrics alone, apart from the API.
 *
 * @param routes those of routes/health.ts and routes/metrics.ts
 */
export function buildMonitoringApp(
  logger: FastifyBaseLogger,
  routes: readonly ((app: ApiApp) => void)[],
): ApiApp {
  const app: ApiApp = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: answerMalformedRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(() => {
    throw new ProblemError('not-found', 'Only health and metrics are served here.');
  });
  for (const add of routes) add(app);
  return app;
}
