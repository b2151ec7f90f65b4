import type { SwaggerOptions } from '@fastify/swagger';

/** How `/openapi.json` is made of the routes' schemas. */
export function openApi(version: string): SwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'eNOTUM callbacks',
        version,
        description:
          'Tells integrators of eNOTUM that a notification was deposited or reached a final state. ' +
          'Errors are application/problem+json (RFC 9457) with a stable `code`.',
      },
      components: {
        securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key' } },
      },
      security: [{ key: [] }],
    },
  };
}
