import swagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyServerOptions } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { ProblemError } from '../domain/errors.ts';
import { requireAccess } from './auth/access.ts';
import { createGate } from './auth/authenticate.ts';
import { createRefusalLog } from './auth/refusals.ts';
import { readBodies } from './bodies.ts';
import { consoleRoutes, isConsolePage, sendConsolePage } from './console/serve.ts';
import { answerMalformedRequest } from './malformed-request.ts';
import { openApi } from './openapi.ts';
import { handleError } from './problems.ts';
import { recordPaths } from './paths.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { sessionRoutes } from './routes/session.ts';
import { openSessionRoutes } from './routes/sessions.ts';
import type { AddRoutes, ApiApp, ApiDependencies } from './types.ts';
import { compileValidator, compilersFactory, refuseUnknownParameters } from './validation.ts';

/** The most bytes of a request's body, decompressed. */
const MAX_BODY_BYTES = 10_000_000;
/** How long a client may take for its headers, and for its whole request, in milliseconds. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** How often connections are looked at for the two above, in milliseconds. */
const CONNECTIONS_CHECK_MS = 5_000;
/** How long an idle connection is kept: longer than usual proxies keep theirs, in milliseconds. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** How long the service may take for an answer, where nothing else bounds that, in milliseconds. */
const ANSWER_LIMIT_MS = 15_000;
const MAX_CONNECTIONS = 10_000;
/** Room for a code of 255 characters, each of up to four percent-encoded bytes. */
const MAX_PARAM_LENGTH = 255 * 4 * 3;

/**
 * Builds the API, apart from the server that listens: the caller calls `listen` and `close`.
 *
 * @param routes what is served besides `/openapi.json`, sessions and the console; each adds its own calls
 */
export async function buildApp(deps: ApiDependencies, routes: readonly AddRoutes[]): Promise<ApiApp> {
  const options = {
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    trustProxy: deps.trustedProxies.length > 0 && [...deps.trustedProxies],
    schemaController: { compilersFactory },
    clientErrorHandler: answerMalformedRequest,
    frameworkErrors: (error, request, reply) => {
      handleError(error, request, reply);
    },
  } satisfies FastifyServerOptions;
  const http = { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CONNECTIONS_CHECK_MS };
  const bare =
    deps.tls === null
      ? Fastify({ ...options, http })
      : Fastify({ ...options, https: { ...deps.tls, ...http } });
  const app: ApiApp = bare.withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = MAX_CONNECTIONS;
  app.setValidatorCompiler(compileValidator);
  app.setErrorHandler(handleError);
  readBodies(app);
  refuseUnknownParameters(app);
  requireAccess(app);
  app.addHook('onRoute', (route) => {
    if (route.config?.takesItsTime !== true) route.handlerTimeout = ANSWER_LIMIT_MS;
  });

  // What is answered is about people, or of this moment; a route that knows better says so.
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  const paths = recordPaths(app);
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const methods = paths.methodsAt(request.url);
    if (methods.length === 0 && deps.console !== null && isConsolePage(request, paths)) {
      return sendConsolePage(request, reply, deps.console);
    }
    if (methods.length === 0) throw new ProblemError('not-found', 'No call has this path.');
    void reply.header('allow', methods.join(', '));
    throw new ProblemError('method-not-allowed', `This path takes ${methods.join(', ')}.`);
  });
  app.decorateRequest('caller', null);
  const gate = createGate(deps.keyring, deps.sessions, deps.logger);
  app.addHook('onRequest', gate.hook);
  const noteRefusal = createRefusalLog(deps.logger);
  app.addHook('onError', async (request, _reply, error) => {
    if (error instanceof ProblemError) noteRefusal(request, error.code);
  });

  await app.register(swagger, openApi(deps.version));
  app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async () => app.swagger());
  sessionRoutes(app, deps, gate);
  openSessionRoutes(app, deps);
  if (deps.oidc !== null) oidcRoutes(app, deps, { gate, noteRefusal, settings: deps.oidc });
  consoleRoutes(app, deps.console);
  for (const add of routes) add(app, deps);
  return app;
}
