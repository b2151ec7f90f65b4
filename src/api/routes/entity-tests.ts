import { PassThrough } from 'node:stream';
import { Type } from 'typebox';
import type { ConnectionTest, ConnectionTests, TestResult } from '../../delivery/probe/connection-test.ts';
import { PHASES, type PhaseTimes } from '../../delivery/probe/phases.ts';
import type { Sentence } from '../../domain/advice.ts';
import { OUTCOMES } from '../../domain/attempt.ts';
import { preferredType } from '../accept.ts';
import { callerOf } from '../auth/authenticate.ts';
import { MAX_BACK_OFFICE_LENGTH } from '../entities/schema.ts';
import {
  EntityParams,
  maybe,
  nullable,
  NullableInteger,
  NullableText,
  oneOf,
  PROBLEM_RESPONSES,
  SentenceView,
  strictObject,
  text,
} from '../schemas.ts';
import type { AddRoutes } from '../types.ts';
import { Message } from '../views.ts';
import { notConfigured, requireOwn } from './entities.ts';
import { RETRYING } from './now.ts';

const STREAM = 'application/x-ndjson';

const Phases = Type.Unsafe<PhaseTimes>({
  type: 'object',
  properties: Object.fromEntries(PHASES.map((phase) => [phase, { type: ['number', 'null'] }])),
  description:
    'Milliseconds: name resolution, TCP connection, TLS handshake, from the request’s writing to the answer’s first byte, and the whole',
});

const TestResult = Type.Object({
  organisation: Type.String(),
  department: Type.String(),
  backOffice: NullableText,
  startedAt: Type.String({ format: 'date-time' }),
  outcome: oneOf(OUTCOMES),
  httpStatus: NullableInteger,
  errorCode: NullableText,
  errorText: NullableText,
  advice: Type.Unsafe<Sentence | null>({
    ...SentenceView,
    description: 'What to mend; null where the report was acknowledged',
  }),
  phases: Phases,
  request: Type.Unsafe<TestResult['request']>({
    type: 'object',
    properties: {
      url: { type: 'string' },
      method: { type: 'string' },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      body: { type: 'string' },
    },
  }),
  response: Message,
  retrying: Type.Integer({
    description: `${RETRYING}, counted once the report was acknowledged, which lifts a suspension; else 0`,
  }),
});

const Events = Type.Unsafe<PassThrough>({ type: 'string', description: 'Events, one JSON object a line' });

/** Makes the call that tests an entity's connection. */
export function entityTestRoutes(tests: ConnectionTests): AddRoutes {
  return (app) => {
    app.post(
      '/v1/entities/:organisation/:department/test',
      {
        config: { roles: ['admin', 'operator', 'integrator'], takesItsTime: true },
        schema: {
          summary: 'Sends an invented report now, and answers what happened',
          description:
            'No delivery is made and no attempt spent; the communications log is not written. With ' +
            `Accept: ${STREAM} each phase is told as it ends, one JSON object a line, the last with event ` +
            '“result”.',
          params: EntityParams,
          body: nullable(
            strictObject({
              backOffice: maybe(text({ max: MAX_BACK_OFFICE_LENGTH, description: 'Whose endpoint' })),
            }),
          ),
          response: {
            200: {
              description: 'How it went, acknowledged or not',
              content: {
                'application/json': { schema: TestResult },
                [STREAM]: { schema: Events },
              },
            },
            ...PROBLEM_RESPONSES,
          },
        },
      },
      async (request, reply) => {
        const { params, body, headers } = request;
        const caller = callerOf(request);
        requireOwn(caller, params);
        const test = await tests.begin(params, body?.backOffice ?? null, caller);
        if (test === null) throw notConfigured();
        void reply.header('vary', 'accept');
        if (preferredType(headers.accept, ['application/json', STREAM]) === STREAM) {
          return reply.type(STREAM).send(events(test));
        }
        const result = await test.run(() => undefined);
        return reply.type('application/json; charset=utf-8').send(result);
      },
    );
  };
}

/** What happens, one JSON object a line, as it happens. A reader that goes away does not end the test. */
function events(test: ConnectionTest): PassThrough {
  const lines = new PassThrough();
  const write = (event: object): void => {
    if (!lines.destroyed) lines.write(`${JSON.stringify(event)}\n`);
  };
  const run = async (): Promise<void> => {
    const result = await test.run((phase, ms) => write({ event: 'phase', phase, ms }));
    write({ event: 'result', ...result });
    lines.end();
  };
  run().catch((error: unknown) => lines.destroy(error instanceof Error ? error : undefined));
  return lines;
}
