import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { KEY_ROLES, type Caller } from '../../domain/key.ts';
import { isUuid } from '../../domain/uuid.ts';
import { digestOf } from '../../store/keys-text.ts';
import { endSessions, listSessions } from '../../store/sessions-managed.ts';
import { SIGN_IN_WAYS } from '../../store/sessions.ts';
import { READERS } from '../auth/access.ts';
import { callerOf, readCredential } from '../auth/authenticate.ts';
import { readSessionToken } from '../auth/session-cookie.ts';
import { readCursor, readPage } from '../paging.ts';
import { oneOf, PAGE_QUERY, pageOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

const tags = ['session'];
const config = { roles: READERS };

const Holder = Type.Refine(
  Type.String({ description: 'Whose: `holder` of a session' }),
  isUuid,
  () => 'must be the `holder` of a session',
);

const OpenSessionView = Type.Object({
  id: Type.String({ description: 'Opens nothing: the token is shown nowhere' }),
  holder: Type.String({
    description: 'Whose it is: a key’s id, or a person’s as `by` of the audit trail has it',
  }),
  name: Type.String({ description: 'The key’s name, or the person’s' }),
  role: oneOf(KEY_ROLES),
  by: oneOf(SIGN_IN_WAYS, 'How it was begun: with a key, with a link of one, by the provider of identity'),
  createdAt: Type.String({ format: 'date-time' }),
  lastUsedAt: Type.String({ format: 'date-time', description: 'To half a minute' }),
  endsAt: Type.String({ format: 'date-time', description: 'When it ends at the latest' }),
  isCurrent: Type.Boolean({ description: 'Whether it is the session that asks' }),
});

/** The calls by which sessions of the console are seen and ended: an administrator all, anybody else their own. */
export function openSessionRoutes(app: ApiApp, { db, sessions: { idleMs } }: ApiDependencies): void {
  app.get(
    '/v1/sessions',
    {
      config,
      schema: {
        summary:
          'Sessions of the console that have not ended, newest first; but for an administrator, one’s own',
        tags,
        querystring: strictObject({
          ...PAGE_QUERY,
          holder: Type.Optional(Holder),
          own: Type.Optional(oneOf(['true', 'false'], 'Whether an administrator’s own alone are listed')),
        }),
        response: { 200: pageOf(OpenSessionView), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { query } = request;
      const caller = callerOf(request);
      const own = query.own === 'true' ? caller.id : ownOf(caller);
      const after = query.after === undefined ? null : readCursor(query.after);
      const filters = { own, holder: query.holder ?? null };
      const page = { after, current: currentDigest(request) };
      return readPage(query, async (limit) => listSessions(db, filters, page, idleMs, limit));
    },
  );

  app.delete(
    '/v1/sessions',
    {
      config: { ...config, recentSignIn: 'always' },
      schema: {
        summary: 'Ends at once all sessions of a key or a person; this one too, where it is among them',
        tags,
        querystring: strictObject({ holder: Holder }),
        response: { 200: Type.Object({ ended: Type.Integer() }), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const which = { id: null, holder: request.query.holder, own: ownOf(caller) };
      return { ended: await endSessions(db, which, idleMs, caller) };
    },
  );

  app.delete(
    '/v1/sessions/:id',
    {
      config: { ...config, recentSignIn: 'but-itself' },
      schema: {
        summary: 'Ends a session at once',
        tags,
        params: strictObject({ id: Type.String({ description: 'The session’s id' }) }),
        response: { 204: Type.Null({ description: 'Ended' }), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const which = { id, holder: null, own: ownOf(caller) };
      const ended = isUuid(id) ? await endSessions(db, which, idleMs, caller) : 0;
      if (ended === 0) throw new ProblemError('not-found', 'There is no such session, or it has ended.');
      return reply.code(204).send(null);
    },
  );
}

/** Whose sessions alone exist for who asks; null: everybody's. */
function ownOf({ id, role }: Caller): string | null {
  return role === 'admin' ? null : id;
}

/** The digest of the session that asks; null where a key does. */
function currentDigest(request: FastifyRequest): string | null {
  const token = readCredential(request) === null ? readSessionToken(request) : null;
  return token === null ? null : digestOf(token);
}
