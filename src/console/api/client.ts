import createClient from 'openapi-fetch';
import { BASE } from '../base.ts';
import { isAttended } from './attendance.ts';
import type { paths } from './schema.ts';
import { fetchProved } from './sign-in-again.ts';

/**
 * The service's API, typed by its own description: `answerOf(api.GET('/v1/entities', { params: { query } }))`. A call
 * that the service does not have, or no longer has in this form, does not compile.
 */
export const api = createClient<paths>({
  baseUrl: BASE.href.replace(/\/$/, ''),
  fetch: fetchProved,
});

api.use({
  onRequest({ request }) {
    // The service takes a session's cookie only with this header, which no other page can send (CSRF).
    request.headers.set('enotum-console', '1');
    if (!isAttended()) request.headers.set('enotum-unattended', '1');
    return request;
  },
});
