import { Type } from 'typebox';
import { READERS } from '../auth/access.ts';
import { callerOf, readCredential } from '../auth/authenticate.ts';
import { readSessionToken } from '../auth/session-cookie.ts';
import type { LiveStreams } from '../live/streams.ts';
import { PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import type { AddRoutes } from '../types.ts';

/** Makes the call that tells, while it lasts, what a page may have to fetch again. */
export function liveRoutes(streams: LiveStreams): AddRoutes {
  return (app, { keyring, sessions }) => {
    app.get(
      '/v1/live',
      {
        config: { roles: READERS, takesItsTime: true },
        schema: {
          summary: 'Server-sent events: what may have changed, at most once a second',
          description:
            '`event: change` with `{"sections":[…]}`: now, deliveries, communications, entities, events, resends, audit, and entity:<organisation>/<department> (percent-encoded). A hint: what changed is read by the other calls. An integrator’s key is told of its own entities. A client that comes back with Last-Event-ID is told at once to fetch all again, where it may have missed something. A comment each 15 s; the stream ends when the key stops working.',
          tags: ['now'],
          querystring: strictObject({}),
          response: {
            200: {
              description: 'The stream (WHATWG HTML, 9.2)',
              content: { 'text/event-stream': { schema: Type.String() } },
            },
            ...PROBLEM_RESPONSES,
          },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const credential = readCredential(request);
        const token = readSessionToken(request);
        const last = [request.headers['last-event-id'] ?? null].flat()[0] ?? null;
        streams.open(reply.raw, caller, last, async () => {
          if (credential !== null) return (await keyring.find(credential, () => undefined)) !== null;
          // Not attended: an open page alone keeps no session alive.
          return token !== null && (await sessions.find(token, false, () => undefined)) !== null;
        });
        reply.hijack();
      },
    );
  };
}
