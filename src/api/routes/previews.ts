import { Type } from 'typebox';
import { previewReport, type PreviewSources } from '../../delivery/probe/preview.ts';
import { ProblemError } from '../../domain/errors.ts';
import { MESSAGE_VERSIONS } from '../../domain/report.ts';
import { STATES } from '../../domain/state.ts';
import { preferredType } from '../accept.ts';
import { callerOf } from '../auth/authenticate.ts';
import { isNotificationId } from '../paging.ts';
import { NullableText, oneOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import type { AddRoutes } from '../types.ts';

const Preview = Type.Object({
  notification: Type.String(),
  state: oneOf(STATES),
  delivery: Type.Unsafe<string | null>({
    ...NullableText,
    description: 'Whose next attempt it would be; null: one still to be made, whose id is shown as zeros',
  }),
  pinned: Type.Boolean({ description: 'The report is the one that was made when the state came about' }),
  url: Type.String(),
  method: Type.Literal('POST'),
  headers: Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Secrets masked',
  }),
  body: Type.String(),
  messageVersion: oneOf(MESSAGE_VERSIONS),
  validates: Type.Unsafe<boolean | null>({
    type: ['boolean', 'null'],
    description: 'A web service that reads it by the contract can; null in message version 3.2',
  }),
});

/** Makes the call that shows what would be sent. */
export function previewRoutes(sources: PreviewSources): AddRoutes {
  return (app) => {
    app.get(
      '/v1/notifications/:id/preview',
      {
        config: { roles: ['admin', 'operator', 'integrator'] },
        schema: {
          summary: 'The request that would tell a state of a notification now, not sent',
          description: 'With Accept: text/xml the message alone.',
          tags: ['notifications'],
          params: strictObject({ id: Type.String({ description: 'IdNotificacio' }) }),
          querystring: strictObject({
            state: Type.Optional(oneOf(STATES, 'The state to tell; the present one if absent')),
            version: Type.Optional(
              oneOf(MESSAGE_VERSIONS, 'The message version to write it in; the configuration’s if absent'),
            ),
          }),
          response: {
            200: {
              description: 'The request',
              content: {
                'application/json': { schema: Preview },
                'text/xml': { schema: Type.String({ description: 'The message' }) },
              },
            },
            ...PROBLEM_RESPONSES,
          },
        },
      },
      async (request, reply) => {
        const { params, query, headers } = request;
        const { id } = params;
        if (!isNotificationId(id)) throw new ProblemError('not-found', 'There is no such notification.');
        const preview = await previewReport(
          sources,
          id,
          { state: query.state ?? null, version: query.version ?? null },
          callerOf(request).scope,
        );
        const type = preferredType(headers.accept, ['application/json', 'text/xml']);
        void reply.header('vary', 'accept');
        if (type === 'text/xml') return reply.type('text/xml; charset=utf-8').send(preview.body);
        return reply.type('application/json; charset=utf-8').send(preview);
      },
    );
  };
}
