import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { IntakeResult } from '../../delivery/ports.ts';
import { requireUtf8 } from '../bodies.ts';
import { NullableText, PROBLEM_RESPONSES } from '../schemas.ts';
import { parseLines, parseSingle } from '../state-changes/lines.ts';
import { StateChangeBody } from '../state-changes/schema.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';
import { compileValidator } from '../validation.ts';

const Accepted = Type.Object({
  accepted: Type.Integer({ description: 'Changes that were new' }),
  duplicates: Type.Integer({
    description: 'Changes that had been taken before, or stand twice in the batch',
  }),
  results: Type.Array(
    Type.Object({
      id: Type.String(),
      deliveryId: NullableText,
      reason: Type.Optional(Type.String({ description: 'Why no callback is due' })),
    }),
  ),
});

/** `POST /v1/state-changes`: one state change, or up to 1,000 as newline-delimited JSON. */
export function stateChangeRoutes(app: ApiApp, { intake }: ApiDependencies): void {
  // A scope of its own: no other call takes newline-delimited JSON.
  void app.register(async (scope: ApiApp) => {
    scope.addContentTypeParser(
      'application/x-ndjson',
      { parseAs: 'buffer' },
      async (request: FastifyRequest, body: Buffer) => {
        requireUtf8(request);
        return body;
      },
    );
    scope.addHook('preParsing', async () => intake.requireRoom());
    scope.post(
      '/v1/state-changes',
      {
        config: { roles: ['admin', 'backend'], takesItsTime: true },
        schema: {
          summary: 'Tells of state changes of notifications',
          consumes: ['application/json', 'application/x-ndjson'],
          body: StateChangeBody,
          response: { 202: Accepted, ...PROBLEM_RESPONSES },
        },
        // The body is judged line by line below: its schema is for OpenAPI.
        validatorCompiler: (route) => (route.httpPart === 'body' ? () => true : compileValidator(route)),
      },
      async (request, reply) => {
        const body: unknown = request.body;
        const now = Date.now();
        const changes = Buffer.isBuffer(body) ? parseLines(body, now) : parseSingle(body, now);
        const results = await intake.submit(changes, () => reply.raw.destroyed);
        return reply.code(202).send(answer(results));
      },
    );
  });
}

function answer(results: readonly IntakeResult[]) {
  const duplicates = results.filter(({ duplicate }) => duplicate).length;
  return {
    accepted: results.length - duplicates,
    duplicates,
    results: results.map(({ id, deliveryId, reason }) =>
      reason === null ? { id, deliveryId } : { id, deliveryId, reason },
    ),
  };
}
