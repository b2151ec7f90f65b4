import { Type, type Static } from 'typebox';
import { fingerprintOf, parseCertificates } from '../../domain/certificate.ts';
import { parseDuration } from '../../domain/duration.ts';
import { ProblemError } from '../../domain/errors.ts';
import {
  KEY_ROLES,
  MAX_KEY_ENTITIES,
  MAX_REQUESTS_PER_MINUTE,
  REQUESTS_PER_MINUTE,
  type KeyRole,
} from '../../domain/key.ts';
import type { EntityKey } from '../../domain/notification.ts';
import { isUuid } from '../../domain/uuid.ts';
import {
  createKey,
  getKey,
  KEY_STATUSES,
  listKeys,
  revokeKey,
  rotateKey,
  type KeySettings,
  type MadeKey,
} from '../../store/keys-managed.ts';
import { KEY_PREFIX } from '../../store/keys-text.ts';
import { callerOf } from '../auth/authenticate.ts';
import { readCursor, readPage } from '../paging.ts';
import { invalidRequest, type FieldFault } from '../problems.ts';
import {
  EntityParams,
  maybe,
  nullable,
  NullableText,
  oneOf,
  PAGE_QUERY,
  pageOf,
  PROBLEM_RESPONSES,
  strictObject,
  text,
} from '../schemas.ts';
import { parseDateTime } from '../state-changes/date-time.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

/** Characters of a key's name. */
const MAX_NAME_LENGTH = 200;
/** Characters of a certificate in PEM: far more than any has. */
const MAX_CERTIFICATE_LENGTH = 20_000;
/** How long a rotated key works on where the caller does not say, and at most. */
const DEFAULT_OVERLAP = '24h';
const MAX_OVERLAP = '30d';

const tags = ['keys'];
const config = { roles: ['admin'] as const };
const givesAccess = { ...config, recentSignIn: 'always' as const };
const params = strictObject({ id: Type.String({ description: 'The key’s id' }) });
const Expiry = maybe(text({ max: 40, description: 'When it ends: ISO 8601 with its zone' }));

const KeyBody = strictObject({
  name: text({ max: MAX_NAME_LENGTH, pattern: /^[^\t\n\r]*$/, description: 'Whose it is' }),
  role: oneOf(KEY_ROLES),
  entities: maybe(
    Type.Array(EntityParams, {
      maxItems: MAX_KEY_ENTITIES,
      description: 'What an integrator’s key reads: one at least; no other role has any',
    }),
  ),
  requestsPerMinute: maybe(
    Type.Integer({
      minimum: 1,
      maximum: MAX_REQUESTS_PER_MINUTE,
      description: `In each process of the service; if absent, by role: ${JSON.stringify(REQUESTS_PER_MINUTE)}`,
    }),
  ),
  expiresAt: Expiry,
  certificate: maybe(
    text({
      max: MAX_CERTIFICATE_LENGTH,
      description:
        'A client certificate, PEM, that may be shown in the key’s place at RecuperarReport; of an integrator alone',
    }),
  ),
});

const RotateBody = nullable(
  strictObject({
    overlap: maybe(
      Type.String({
        description: `How long the old key works on: 0s to ${MAX_OVERLAP}; ${DEFAULT_OVERLAP} if absent`,
      }),
    ),
    expiresAt: Expiry,
  }),
);

const KeyView = Type.Object({
  id: Type.String(),
  prefix: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'What the key begins with; null where it was not made here',
  }),
  name: Type.String(),
  role: oneOf(KEY_ROLES),
  status: oneOf(KEY_STATUSES),
  entities: Type.Unsafe<readonly EntityKey[] | null>({
    type: ['array', 'null'],
    items: Type.Object({ organisation: Type.String(), department: Type.String() }),
    description: 'What an integrator’s key reads; null for the other roles',
  }),
  requestsPerMinute: Type.Integer(),
  createdAt: Type.String({ format: 'date-time' }),
  expiresAt: NullableText,
  revokedAt: NullableText,
  lastUsedAt: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'To the minute' }),
  rotatedFrom: NullableText,
  rotatedTo: NullableText,
  certificate: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'SHA-256, hexadecimal, of the client certificate that may be shown in its place',
  }),
});

const NewKey = Type.Object({
  ...KeyView.properties,
  key: Type.String({ description: 'The key itself: shown this once' }),
});

/** The calls for API keys, of administrators alone. */
export function keyRoutes(app: ApiApp, { db, keyring }: ApiDependencies): void {
  app.get(
    '/v1/keys',
    {
      config,
      schema: {
        summary: 'API keys, newest first; never the keys themselves',
        tags,
        querystring: strictObject({
          ...PAGE_QUERY,
          prefix: Type.Optional(
            Type.String({ pattern: KEY_PREFIX.source, description: 'What a key that was found begins with' }),
          ),
        }),
        response: { 200: pageOf(KeyView), ...PROBLEM_RESPONSES },
      },
    },
    async ({ query }) => {
      const after = query.after === undefined ? null : readCursor(query.after);
      return readPage(query, async (limit) => listKeys(db, { after, prefix: query.prefix ?? null }, limit));
    },
  );

  app.post(
    '/v1/keys',
    {
      config: givesAccess,
      schema: {
        summary: 'Makes a key, and shows it this once',
        tags,
        body: KeyBody,
        response: { 201: NewKey, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const made = await createKey(db, readSettings(request.body), callerOf(request));
      void reply.code(201).headers(newKeyHeaders(made));
      return { ...made.view, key: made.text };
    },
  );

  app.get(
    '/v1/keys/:id',
    {
      config,
      schema: { summary: 'A key', tags, params, response: { 200: KeyView, ...PROBLEM_RESPONSES } },
    },
    async ({ params: { id } }) => {
      const key = isUuid(id) ? await getKey(db, id) : null;
      if (key === null) throw noSuchKey();
      return key;
    },
  );

  app.post(
    '/v1/keys/:id/rotate',
    {
      config: givesAccess,
      schema: {
        summary: 'Makes a key that follows this one, which works on for a while',
        tags,
        params,
        body: RotateBody,
        response: { 201: NewKey, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const made = isUuid(id) ? await rotateKey(db, id, readRotation(request.body), callerOf(request)) : null;
      if (made === null) throw noSuchKey();
      keyring.forget(id);
      void reply.code(201).headers(newKeyHeaders(made));
      return { ...made.view, key: made.text };
    },
  );

  app.delete(
    '/v1/keys/:id',
    {
      config: givesAccess,
      schema: {
        summary: 'Revokes a key at once',
        tags,
        params,
        response: { 204: Type.Null({ description: 'Revoked' }), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const outcome = isUuid(id) ? await revokeKey(db, id, callerOf(request)) : 'not-found';
      if (outcome === 'not-found') throw noSuchKey();
      keyring.forget(id);
      return reply.code(204).send(null);
    },
  );
}

/** RFC 9111, 5.2.2.5: nobody on the way keeps a copy of what is shown once. */
function newKeyHeaders({ view }: MadeKey): Record<string, string> {
  return { location: `/v1/keys/${view.id}`, 'cache-control': 'no-store' };
}

function readSettings(body: Static<typeof KeyBody>): KeySettings {
  const faults: FieldFault[] = [];
  const entities = body.entities ?? [];
  if (body.role === 'integrator' && entities.length === 0) {
    faults.push({ field: 'entities', detail: 'must name the entities that the integrator’s key reads' });
  }
  if (body.role !== 'integrator' && entities.length > 0) {
    faults.push({ field: 'entities', detail: `must be absent for the role ${body.role}` });
  }
  const expiresAt = readExpiry(body.expiresAt ?? null, faults);
  const certificate = readCertificate(body.certificate ?? null, body.role, faults);
  if (faults.length > 0) throw invalidRequest(faults);
  const { name, role } = body;
  return {
    name,
    role,
    entities,
    requestsPerMinute: body.requestsPerMinute ?? null,
    expiresAt,
    certificate,
  };
}

function readRotation(body: Static<typeof RotateBody>): { overlapMs: number; expiresAt: number | null } {
  const faults: FieldFault[] = [];
  const overlapMs = parseDuration(body?.overlap ?? DEFAULT_OVERLAP);
  if (overlapMs === null || overlapMs > (parseDuration(MAX_OVERLAP) ?? 0)) {
    faults.push({ field: 'overlap', detail: `must be a duration such as 1h, at most ${MAX_OVERLAP}` });
  }
  const expiresAt = readExpiry(body?.expiresAt ?? null, faults);
  if (overlapMs === null || faults.length > 0) throw invalidRequest(faults);
  return { overlapMs, expiresAt };
}

function readExpiry(value: string | null, faults: FieldFault[]): number | null {
  if (value === null) return null;
  const ms = parseDateTime(value);
  if (ms !== null && ms > Date.now()) return ms;
  faults.push({
    field: 'expiresAt',
    detail: 'must be an instant to come with its zone, such as 2027-11-24T00:00:00+01:00',
  });
  return null;
}

function readCertificate(pem: string | null, role: KeyRole, faults: FieldFault[]): string | null {
  if (pem === null) return null;
  const [certificate, more] = parseCertificates(pem) ?? [];
  const field = 'certificate';
  if (role !== 'integrator') faults.push({ field, detail: `must be absent for the role ${role}` });
  if (certificate === undefined || more !== undefined) {
    faults.push({ field, detail: 'must be one certificate in PEM, without others of its chain' });
    return null;
  }
  if (Date.parse(certificate.validTo) < Date.now()) faults.push({ field, detail: 'must not have expired' });
  return fingerprintOf(certificate);
}

function noSuchKey(): ProblemError {
  return new ProblemError('not-found', 'There is no such key.');
}
