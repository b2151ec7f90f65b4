import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ProblemError, type ProblemCode } from '../../domain/errors.ts';
import type { OidcSettings } from '../../oidc-settings.ts';
import { endSessions } from '../../store/sessions-managed.ts';
import type { Gate } from '../auth/authenticate.ts';
import type { NoteRefusal } from '../auth/refusals.ts';
import { writeSessionToken } from '../auth/session-cookie.ts';
import { noteFailedSignIn, originOf } from '../auth/sign-ins.ts';
import { readFlow, writeFlow } from '../oidc/flow-cookie.ts';
import { judgeSignIn } from '../oidc/judge.ts';
import {
  CALLBACK_PATH,
  createProvider,
  START_PATH,
  type Claims,
  type Flow,
  type SignInAgain,
} from '../oidc/provider.ts';
import { PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
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
/** Far more than any page of the console has. */
const MAX_PAGE_LENGTH = 1_000;
const response = { 303: Type.Null({ description: 'Goes on elsewhere' }), ...PROBLEM_RESPONSES };

interface OidcParts {
  readonly gate: Gate;
  readonly noteRefusal: NoteRefusal;
  readonly settings: OidcSettings;
}

/** Sign-in to the console by a provider of identity. */
export function oidcRoutes(
  app: ApiApp,
  { db, sessions }: ApiDependencies,
  { gate, noteRefusal, settings }: OidcParts,
): void {
  const provider = createProvider(settings);

  /** A browser is led back to the console, which says in the reader's language what went wrong. */
  function goBack(reply: FastifyReply, again: SignInAgain | null, problem?: ProblemCode): FastifyReply {
    const url = new URL(pageAt(settings.publicUrl, again?.page ?? ''));
    if (problem !== undefined) url.searchParams.set('problem', problem);
    return reply.header('cache-control', 'no-store').redirect(url.href, 303);
  }

  app.get(
    `/${START_PATH}`,
    {
      config,
      schema: {
        summary: 'Leads a browser to the provider of identity',
        tags,
        querystring: strictObject({
          again: Type.Optional(
            Type.String({
              maxLength: MAX_PAGE_LENGTH,
              description:
                'The page below the console’s address at which to go on: who has a session is asked by the provider again who they are',
            }),
          ),
        }),
        response,
      },
    },
    async (request, reply) => {
      const { again: page } = request.query;
      const session = page === undefined ? null : await gate.sessionOf(request, reply);
      const again =
        page === undefined || session === null
          ? null
          : { session: session.id, holder: session.caller.id, page };
      try {
        const { url, flow } = await provider.begin(again);
        writeFlow(request, reply, flow);
        return await reply.header('cache-control', 'no-store').redirect(url.href, 303);
      } catch (error) {
        request.log.warn({ err: error }, 'the provider of identity is away');
        return goBack(reply, again, 'identity-provider-away');
      }
    },
  );

  async function claimsOf(request: FastifyRequest, flow: Flow | null): Promise<Claims | null> {
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
      const flow = readFlow(request);
      const again = flow?.again ?? null;
      const claims = await gate
        .prove(request, reply, async (beforeGuess) => {
          beforeGuess();
          return claimsOf(request, flow);
        })
        .catch((error: unknown) => {
          if (error instanceof ProblemError) return error.code;
          throw error;
        });
      writeFlow(request, reply, null);
      // Too many tries: counted already, and not looked at.
      if (typeof claims === 'string') return goBack(reply, again, claims);
      const origin = originOf(request, 'provider');
      const judgement = judgeSignIn(claims, again, settings, Date.now());
      if ('problem' in judgement) {
        const { problem, who } = judgement;
        noteRefusal(request, problem);
        await noteFailedSignIn(db, who, origin, problem);
        return goBack(reply, again, problem);
      }
      const { subject, provedAt } = judgement;
      if (again !== null) {
        const which = { id: again.session, holder: null, own: subject.id };
        await endSessions(db, which, sessions.idleMs, subject);
      }
      writeSessionToken(request, reply, await sessions.open(subject, origin, provedAt));
      request.log.info({ person: subject.id, role: subject.role }, 'signed in by the provider of identity');
      return goBack(reply, again);
    },
  );
}

/** A page below the console's address; the console itself for what leads elsewhere. */
function pageAt(home: URL, page: string): URL {
  const url = URL.parse(page, home.href);
  return url !== null && url.origin === home.origin && url.pathname.startsWith(home.pathname) ? url : home;
}
