import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { NOBODY_KNOWN } from '../../domain/audit.ts';
import { ProblemError } from '../../domain/errors.ts';
import { KEY_ROLES } from '../../domain/key.ts';
import type { EntityKey } from '../../domain/notification.ts';
import { digestOf } from '../../store/keys-text.ts';
import { SIGN_IN_WAYS, type SessionSubject } from '../../store/sessions.ts';
import { createSignInCode, LINK_LIFE_MS, takeSignInCode } from '../../store/sign-in-links.ts';
import { READERS } from '../auth/access.ts';
import { noteFailedSignIn, originOf } from '../auth/sign-ins.ts';
import { START_PATH } from '../oidc/provider.ts';
import { callerOf, sessionEnded, unauthenticated, type Gate } from '../auth/authenticate.ts';
import { readSessionToken, requireFromConsole, writeSessionToken } from '../auth/session-cookie.ts';
import { nullable, oneOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

/** No key, and no link's code, is nearly as long. */
const MAX_PROOF_LENGTH = 1_024;

const tags = ['session'];
const config = { public: true };

const SignIn = Type.Union([
  strictObject({
    key: Type.String({ maxLength: MAX_PROOF_LENGTH, description: 'An API key' }),
    again: Type.Optional(
      Type.Boolean({
        description: 'Whether it must be the one whose session the browser has; it is replaced',
      }),
    ),
  }),
  strictObject({ code: Type.String({ maxLength: MAX_PROOF_LENGTH, description: 'The code of a link' }) }),
]);

const SessionView = Type.Object({
  name: Type.String({ description: 'Whose it is: the key’s name' }),
  role: oneOf(KEY_ROLES),
  by: oneOf(SIGN_IN_WAYS, 'How it was begun'),
  entities: Type.Unsafe<readonly EntityKey[] | null>({
    type: ['array', 'null'],
    items: Type.Object({ organisation: Type.String(), department: Type.String() }),
    description: 'What it reads; null: every entity',
  }),
  idleSeconds: Type.Integer({ description: 'How long it lasts while nobody is at it' }),
  endsAt: Type.String({ format: 'date-time', description: 'When it ends whatever happens' }),
  version: Type.String({ description: 'The service’s' }),
});

const CurrentSession = Type.Object({
  session: nullable(SessionView),
  identityProvider: nullable(
    Type.String({
      description: 'Below the console’s address: leads to the provider of identity; null: none',
    }),
  ),
});

/** The calls for sessions of the web console: a cookie in the place of a key. */
export function sessionRoutes(app: ApiApp, deps: ApiDependencies, gate: Gate): void {
  const { db, keyring, sessions, version, oidc } = deps;
  const identityProvider = oidc === null ? null : START_PATH;

  async function current(request: FastifyRequest, reply: FastifyReply) {
    const found = await gate.sessionOf(request, reply);
    if (found === null) return { session: null, identityProvider };
    const { name, role, scope } = found.caller;
    const idleSeconds = Math.round(sessions.idleMs / 1_000);
    const endsAt = new Date(found.endsAt).toISOString();
    return {
      session: { name, role, by: found.by, entities: scope, idleSeconds, endsAt, version },
      identityProvider,
    };
  }

  app.get(
    '/v1/session',
    {
      config,
      schema: {
        summary: 'The console’s session; null where there is none',
        tags,
        response: { 200: CurrentSession, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      return current(request, reply);
    },
  );

  app.post(
    '/v1/session',
    {
      config,
      schema: {
        summary: 'Signs in to the console with a key, or with the code of a link: gives a cookie',
        tags,
        body: SignIn,
        response: { 204: Type.Null({ description: 'Signed in' }), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      requireFromConsole(request);
      if (oidc?.strength) {
        throw new ProblemError('second-factor-required', 'A key or a link is one factor alone.');
      }
      const { body } = request;
      const origin = originOf(request, 'key' in body ? 'key' : 'link');
      const isAgain = 'key' in body && body.again === true;
      const own = isAgain ? await gate.sessionOf(request, reply) : null;
      if (isAgain && own === null) throw sessionEnded();
      const subject = await gate.prove(request, reply, async (beforeGuess) => {
        if ('key' in body) return subjectOf(body.key, beforeGuess);
        beforeGuess();
        return takeSignInCode(db, body.code);
      });
      if (subject === null) {
        const refusal =
          'key' in body
            ? unauthenticated()
            : new ProblemError('sign-in-link-ended', 'The link signs in no more.');
        await noteFailedSignIn(db, NOBODY_KNOWN, origin, refusal.code);
        throw refusal;
      }
      if (!READERS.some((role) => role === subject.role)) {
        await noteFailedSignIn(db, subject, origin, 'forbidden');
        throw new ProblemError('forbidden', `The console has nothing for the role ${subject.role}.`);
      }
      if (own !== null && own.caller.id !== subject.id) {
        await noteFailedSignIn(db, subject, origin, 'other-holder');
        throw new ProblemError('other-holder', 'The key is not the one that the session is of.');
      }
      const before = readSessionToken(request);
      if (before !== null) await sessions.end(before);
      writeSessionToken(request, reply, await sessions.open(subject, origin));
      return reply.code(204).send(null);
    },
  );

  async function subjectOf(key: string, beforeGuess: () => void): Promise<SessionSubject | null> {
    const caller = await keyring.find({ by: 'key', digest: digestOf(key.trim()) }, beforeGuess);
    if (caller === null) return null;
    const { id, name, role } = caller;
    return { id, name, role, scope: null, key: id };
  }

  app.delete(
    '/v1/session',
    {
      config,
      schema: {
        summary: 'Ends the console’s session',
        tags,
        response: { 204: Type.Null({ description: 'Ended' }), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      requireFromConsole(request);
      const token = readSessionToken(request);
      if (token !== null) await sessions.end(token);
      writeSessionToken(request, reply, null);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/v1/session/links',
    {
      config: { roles: READERS, recentSignIn: 'always' },
      schema: {
        summary: 'Makes a link that signs in to the console once as this key, within 10 minutes',
        tags,
        response: {
          201: Type.Object({
            path: Type.String({
              description: 'Below the console’s address; what follows # is no server’s to see',
            }),
            expiresAt: Type.String({ format: 'date-time' }),
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request, reply) => {
      const code = await createSignInCode(db, callerOf(request).id);
      if (code === null) throw new ProblemError('forbidden', 'A link is a key’s, and who asks has none.');
      void reply.code(201).header('cache-control', 'no-store');
      return { path: signInPath(code), expiresAt: new Date(Date.now() + LINK_LIFE_MS).toISOString() };
    },
  );
}

/** Where in the console a code signs in: after #, which browsers send to nobody. */
export function signInPath(code: string): string {
  return `enter#${code}`;
}
