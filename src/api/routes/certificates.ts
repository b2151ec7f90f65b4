import { Type } from 'typebox';
import { CERTIFICATE_KINDS, expiryWarning } from '../../domain/certificate.ts';
import { CERTIFICATE_WARNING_CODES, type CertificateWarningCode } from '../../domain/errors.ts';
import { listCertificates, type CertificateFilters, type UsedCertificate } from '../../store/certificates.ts';
import { OVERSEERS } from '../auth/access.ts';
import { readPageBy } from '../paging.ts';
import { invalidRequest } from '../problems.ts';
import {
  EntityParams,
  NullableText,
  oneOf,
  PAGE_QUERY,
  pageOf,
  PROBLEM_RESPONSES,
  strictObject,
} from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

/** The most days that may be looked ahead: a century. */
const MAX_DAYS = 36_525;

const Certificate = Type.Object({
  id: Type.String({ description: 'The same while one certificate follows another in one place' }),
  kind: oneOf(CERTIFICATE_KINDS),
  organisation: NullableText,
  department: NullableText,
  backOffice: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Null for the entity’s own endpoint',
  }),
  origin: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'The server that it is used with: scheme, host, port',
  }),
  endpoints: Type.Integer({ description: 'How many endpoints use it' }),
  subject: NullableText,
  issuer: NullableText,
  fingerprint: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'SHA-256, hex' }),
  expiresAt: Type.String({ format: 'date-time' }),
  seenAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format: 'date-time',
    description: 'When a server showed it last, to the day; null for configured ones',
  }),
  warning: Type.Unsafe<CertificateWarningCode | null>({
    type: ['string', 'null'],
    enum: [...CERTIFICATE_WARNING_CODES, null],
  }),
});

/** Adds the list of certificates. */
export function certificateRoutes(app: ApiApp, { db }: ApiDependencies): void {
  app.get(
    '/v1/certificates',
    {
      config: { roles: OVERSEERS },
      schema: {
        summary: 'The certificates in use, those that end first first',
        tags: ['certificates'],
        querystring: strictObject({
          ...PAGE_QUERY,
          expiringWithinDays: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: MAX_DAYS,
              description: 'Those that end within so many days, or have ended',
            }),
          ),
          kind: Type.Optional(oneOf(CERTIFICATE_KINDS)),
          organisation: Type.Optional(EntityParams.properties.organisation),
          department: Type.Optional(EntityParams.properties.department),
        }),
        response: { 200: pageOf(Certificate), ...PROBLEM_RESPONSES },
      },
    },
    async ({ query }) => {
      const filters = {
        withinDays: query.expiringWithinDays ?? null,
        kind: query.kind ?? null,
        organisation: query.organisation ?? null,
        department: query.department ?? null,
        after: query.after === undefined ? null : readCursor(query.after),
      };
      const { items, next } = await readPageBy(
        query,
        async (limit) => listCertificates(db, filters, limit),
        writeCursor,
      );
      return { items: items.map(view), next };
    },
  );
}

function view(certificate: UsedCertificate) {
  const { backOffice, seenAt } = certificate;
  const expiresAt = certificate.expiresAt.toISOString();
  return {
    ...certificate,
    backOffice: backOffice === '' ? null : backOffice,
    expiresAt,
    seenAt: seenAt?.toISOString() ?? null,
    warning: expiryWarning(expiresAt, Date.now()),
  };
}

/** The place of a certificate in the list; opaque to who gets it. */
function writeCursor({ expiresAt, id }: UsedCertificate): string {
  return Buffer.from(`${expiresAt.getTime()} ${id}`).toString('base64url');
}

function readCursor(cursor: string): CertificateFilters['after'] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, ms, id] = /^(-?\d{1,15}) ([a-z-]{1,20}(?::\d{1,18})?)$/.exec(text) ?? [];
  if (ms === undefined || id === undefined) {
    throw invalidRequest([{ field: 'after', detail: 'must be the `next` of a page' }]);
  }
  return { expiresAtMs: Number(ms), id };
}
