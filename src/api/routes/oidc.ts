import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { NOBODY_KNOWN } from '../../domain/audit.ts';
import { ProblemError, type ProblemCode } from '../../domain/errors.ts';
import type { OidcSettings } from '../../oidc-settings.ts';
import type { Gate } from '../auth/authenticate.ts';
import { writeSessionToken } from '../auth/session-cookie.ts';
import { noteFailedSignIn, originOf } from '../auth/sign-ins.ts';
import { readFlow, writeFlow } from '../oidc/flow-cookie.ts';
import { CALLBACK_PATH, createProvider, START_PATH, type Claims } from '../oidc/provider.ts';
import { isStrongEnough } from '../oidc/strength.ts';
import { subjectOf } from '../oidc/subject.ts';
import { PROBLEM_RESPONSES } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

const tags = ['session'];
const config = { public: true };
/** What a provider says besides is its own affair (OAuth 2.0, RFC 6749, 4.1.2). */
const Brought = Type.Object(
  {
    code: Type.Optional(Type.String()),
    state: Type.Optional(Type.String()),
    error: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
);
const response = { 303: Type.Null({ description: 'Goes on elsewhere' }), ...PROBLEM_RESPONSES };

/** Sign-in to the console by a provider of identity. */
export function oidcRoutes(
  app: ApiApp,
  { db, sessions }: ApiDependencies,
  gate: Gate,
  settings: OidcSettings,
): void {
  const provider = createProvider(settings);

  /** A browser is led back to the console, which says in the reader's language what went wrong. */
  function goBack(reply: FastifyReply, problem?: ProblemCode): FastifyReply {
    const url = new URL(settings.publicUrl);
    if (problem !== undefined) url.searchParams.set('problem', problem);
    return reply.header('cache-control', 'no-store').redirect(url.href, 303);
  }

  app.get(
    `/${START_PATH}`,
    { config, schema: { summary: 'Leads a browser to the provider of identity', tags, response } },
    async (request, reply) => {
      try {
        const { url, flow } = await provider.begin();
        writeFlow(request, reply, flow);
        return await reply.header('cache-control', 'no-store').redirect(url.href, 303);
      } catch (error) {
        request.log.warn({ err: error }, 'the provider of identity is away');
        return goBack(reply, 'identity-provider-away');
      }
    },
  );

  async function claimsOf(request: FastifyRequest): Promise<Claims | null> {
    const flow = readFlow(request);
    if (flow === null) return null;
    try {
      return await provider.finish(request.url.split('?')[1] ?? '', flow);
    } catch (error) {
      request.log.warn({ err: error }, 'a sign-in by the provider of identity failed');
      return null;
    }
  }

  app.get(
    `/${CALLBACK_PATH}`,
    {
      config,
      schema: {
        summary: 'Where the provider of identity leads a browser back to',
        tags,
        querystring: Brought,
        response,
      },
    },
    async (request, reply) => {
      const claims = await gate
        .prove(request, reply, async (beforeGuess) => {
          beforeGuess();
          return claimsOf(request);
        })
        .catch((error: unknown) => {
          if (error instanceof ProblemError) return error.code;
          throw error;
        });
      writeFlow(request, reply, null);
      // Too many tries: counted already, and not looked at.
      if (typeof claims === 'string') return goBack(reply, claims);
      const origin = originOf(request, 'provider');
      const isStrong = claims !== null && isStrongEnough(claims, settings.strength);
      const subject = isStrong ? subjectOf(claims, settings) : null;
      if (subject === null) {
        const code = claims === null ? 'sign-in-failed' : isStrong ? 'no-role' : 'second-factor-required';
        await noteFailedSignIn(db, NOBODY_KNOWN, origin, code);
        return goBack(reply, code);
      }
      writeSessionToken(request, reply, await sessions.open(subject, origin));
      request.log.info({ person: subject.id, role: subject.role }, 'signed in by the provider of identity');
      return goBack(reply);
    },
  );
}
