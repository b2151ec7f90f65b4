import { Type, type Static } from 'typebox';
import type { ServiceClient } from './client.ts';

/** The members of the API's answers that commands show. Others, and values unknown here, are passed over. */

const NullableText = Type.Union([Type.String(), Type.Null()]);
const NullableInteger = Type.Union([Type.Integer(), Type.Null()]);

const CertificateInfo = Type.Union([
  Type.Object({ subject: Type.String(), expiresAt: Type.String() }),
  Type.Null(),
]);

const ConfigurationWarning = Type.Object({
  code: Type.String(),
  what: Type.String(),
  expiresAt: Type.String(),
});
export type ConfigurationWarning = Static<typeof ConfigurationWarning>;

/** An entity's callback configuration. */
export const Entity = Type.Object({
  organisation: Type.String(),
  department: Type.String(),
  organisationName: Type.String(),
  departmentName: Type.String(),
  online: Type.Boolean(),
  daily: Type.Boolean(),
  endpoint: Type.Object({
    url: NullableText,
    messageVersion: Type.String(),
    policy: Type.Object({ type: Type.String(), certificateInfo: Type.Optional(CertificateInfo) }),
    tls: Type.Object({
      caInfo: CertificateInfo,
      clientCertificateInfo: CertificateInfo,
      serverCertificateInfo: CertificateInfo,
    }),
  }),
  backOffices: Type.Record(Type.String(), Type.Object({ endpoint: Type.Object({ url: NullableText }) })),
  paused: Type.Union([Type.Object({ since: Type.String(), reason: NullableText }), Type.Null()]),
  suspended: Type.Optional(Type.Array(Type.Object({ backOffice: NullableText, since: Type.String() }))),
  missing: Type.Array(Type.String()),
  warnings: Type.Array(ConfigurationWarning),
});
export type Entity = Static<typeof Entity>;

/** A delivery. */
export const Delivery = Type.Object({
  id: Type.String(),
  notification: NullableText,
  state: NullableText,
  organisation: Type.String(),
  department: Type.String(),
  kind: Type.String(),
  daily: Type.Union([
    Type.Object({ date: Type.String(), part: Type.Integer(), notifications: Type.Integer() }),
    Type.Null(),
  ]),
  status: Type.String(),
  waitingFor: NullableText,
  late: Type.Boolean(),
  attempts: Type.Integer(),
  nextAttemptAt: NullableText,
  createdAt: Type.String(),
  finishedAt: NullableText,
  lastOutcome: NullableText,
  resentFrom: NullableText,
});
export type Delivery = Static<typeof Delivery>;

/** A row of the communications log. */
export const Communication = Type.Object({
  delivery: NullableText,
  notification: NullableText,
  organisation: Type.String(),
  department: Type.String(),
  phase: Type.String(),
  attempt: NullableInteger,
  startedAt: Type.String(),
  durationMs: Type.Integer(),
  endpoint: NullableText,
  outcome: Type.String(),
  httpStatus: NullableInteger,
  errorCode: NullableText,
  errorText: NullableText,
});
export type Communication = Static<typeof Communication>;

/** The RecuperarReport request that recovers an exhausted delivery. */
const Recovery = Type.Object({
  organisation: Type.String(),
  department: Type.String(),
  notification: Type.Optional(Type.String()),
  date: Type.Optional(Type.String()),
});
export type Recovery = Static<typeof Recovery>;

/** A delivery with its attempts, first to last. */
export const DeliveryDetail = Type.Object({
  ...Delivery.properties,
  recovery: Type.Optional(Type.Union([Recovery, Type.Null()])),
  attemptList: Type.Array(Communication),
});

/** An endpoint in trouble. */
export const TroubledEndpoint = Type.Object({
  organisation: Type.String(),
  department: Type.String(),
  backOffice: NullableText,
  origin: NullableText,
  since: Type.String(),
  failures: Type.Integer(),
  lastErrorCode: NullableText,
  suspendedSince: NullableText,
  waiting: Type.Integer(),
  nextProbeAt: NullableText,
});
export type TroubledEndpoint = Static<typeof TroubledEndpoint>;

const EventText = Type.Object({ title: Type.String() });

/** An operational event. */
export const OperationalEvent = Type.Object({
  at: Type.String(),
  type: Type.String(),
  text: Type.Object({ ca: EventText, es: EventText, en: EventText }),
  notices: Type.Array(Type.Object({ channel: Type.String(), status: Type.String() })),
});
export type OperationalEvent = Static<typeof OperationalEvent>;

/** The answer to state changes. */
export const Accepted = Type.Object({
  accepted: Type.Integer(),
  duplicates: Type.Integer(),
  results: Type.Array(
    Type.Object({ id: Type.String(), deliveryId: NullableText, reason: Type.Optional(Type.String()) }),
  ),
});
export type Accepted = Static<typeof Accepted>;

/** One page of any list. */
const Page = Type.Object({ items: Type.Array(Type.Unknown()), next: NullableText });

/** The most items of one page. */
const MAX_PAGE = 200;

/**
 * Reads a list page by page, newest first.
 *
 * @param limit the most items in all
 */
export async function* readList(
  client: ServiceClient,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  limit: number,
): AsyncGenerator {
  let after: string | undefined;
  let left = limit;
  do {
    const size = Math.min(left, MAX_PAGE);
    const { items, next } = await client.call(Page, {
      method: 'GET',
      path,
      query: { ...query, limit: size, after },
    });
    yield* items;
    left -= items.length;
    after = next ?? undefined;
  } while (after !== undefined && left > 0);
}
