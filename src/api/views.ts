import { Type } from 'typebox';
import {
  LOGGED_OUTCOMES,
  LOGGED_PHASES,
  OUTCOMES,
  type AttemptPhases,
  type LoggedMessage,
  type Outcome,
} from '../domain/attempt.ts';
import { STATUSES, WAITING_FOR, type WaitingFor } from '../domain/delivery.ts';
import type { ChannelChange, Registry, Signer } from '../domain/notification.ts';
import { CHANNELS, ORIGINS, type Channel } from '../domain/notification.ts';
import { REPORT_KINDS, type MessageVersion } from '../domain/report.ts';
import { KINDS, STATES, type State } from '../domain/state.ts';
import type { Recovery } from '../domain/recovery.ts';
import type { CommunicationView } from '../store/communications.ts';
import type { DeliveryView } from '../store/deliveries.ts';
import { EntityName, NullableInteger, NullableText, oneOf } from './schemas.ts';

/** One of some texts, or null, in an answer. */
function oneOfOrNull<Value extends string>(values: readonly Value[], description?: string) {
  return Type.Unsafe<Value | null>({
    type: ['string', 'null'],
    enum: [...values, null],
    ...(description === undefined ? {} : { description }),
  });
}

const Instant = Type.String({ format: 'date-time' });
const State = oneOfOrNull<State>(STATES);

/** A delivery. */
export const Delivery = Type.Object({
  id: Type.String(),
  notification: NullableText,
  state: State,
  organisation: Type.String(),
  department: Type.String(),
  entityName: EntityName,
  backOffice: NullableText,
  kind: oneOf(REPORT_KINDS),
  daily: Type.Unsafe<DeliveryView['daily']>({
    type: ['object', 'null'],
    properties: {
      date: { type: 'string', description: 'DataInforme' },
      part: { type: 'integer', description: 'Its number among the report’s messages' },
      notifications: { type: 'integer', description: 'How many it tells' },
    },
    description: 'Of a daily report',
  }),
  status: oneOf(STATUSES),
  waitingFor: oneOfOrNull<WaitingFor>(WAITING_FOR, 'Why it is not going out now'),
  late: Type.Boolean({ description: 'A later state of the notification was sent before it' }),
  attempts: Type.Integer(),
  nextAttemptAt: NullableText,
  createdAt: Instant,
  finishedAt: NullableText,
  lastOutcome: oneOfOrNull<Outcome>(OUTCOMES),
  resentFrom: NullableText,
  cancelReason: NullableText,
});

/** A row of the communications log. */
export const Communication = Type.Object({
  id: Type.String(),
  delivery: NullableText,
  notification: NullableText,
  organisation: Type.String(),
  department: Type.String(),
  entityName: EntityName,
  phase: oneOf(LOGGED_PHASES),
  attempt: NullableInteger,
  startedAt: Instant,
  durationMs: Type.Integer(),
  endpoint: NullableText,
  outcome: oneOf(LOGGED_OUTCOMES),
  httpStatus: NullableInteger,
  errorCode: NullableText,
  errorText: NullableText,
  pull: Type.Unsafe<CommunicationView['pull']>({
    type: ['object', 'null'],
    properties: { date: NullableText, notifications: NullableInteger },
    description: 'Of RecuperarReport: the day asked for, and how many notifications were answered',
  }),
});

/** A delivery alone, with its attempts in the order in which they began. */
export const DeliveryDetail = Type.Object({
  ...Delivery.properties,
  recovery: Type.Unsafe<Recovery | null>({
    type: ['object', 'null'],
    properties: {
      organisation: { type: 'string' },
      department: { type: 'string' },
      notification: { type: 'string' },
      date: { type: 'string' },
    },
    description: 'Once it is exhausted: the RecuperarReport request by which the integrator recovers it',
  }),
  attemptList: Type.Array(Communication),
});

/** An HTTP message of the log; null where there was none, or once it is gone by BODY_RETENTION. */
export const Message = Type.Unsafe<LoggedMessage | null>({
  type: ['object', 'null'],
  properties: {
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    body: { type: ['string', 'null'] },
  },
});

/** A request of the log, and how its message was secured. */
export interface LoggedRequest extends LoggedMessage {
  /** Of the report; null where none was sent. */
  readonly messageVersion: MessageVersion | null;
  /** Null: by no Security header. */
  readonly security: {
    readonly type: 'username-token' | 'signature';
    /** SHA-256 of the signing certificate, hex. */
    readonly certificate: string | null;
  } | null;
}

const Request = Type.Unsafe<LoggedRequest | null>({
  type: ['object', 'null'],
  properties: {
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    body: {
      type: ['string', 'null'],
      description: 'As sent; of a Security header, *** stands for password, nonce, certificate and signature',
    },
    messageVersion: {
      type: ['string', 'null'],
      description: 'The message version that the report was sent in; null where none was',
    },
    security: {
      type: ['object', 'null'],
      description: 'The policy that the message was sent by; null without a Security header',
      properties: {
        type: { type: 'string', enum: ['username-token', 'signature'] },
        certificate: { type: ['string', 'null'], description: 'SHA-256 of the signing certificate, hex' },
      },
    },
  },
});

const Phases = Type.Unsafe<AttemptPhases | null>({
  type: ['object', 'null'],
  description: 'Where durationMs went; null where nothing was sent, or that is not known',
  properties: {
    connectingMs: {
      type: 'integer',
      description: 'Until the request was written: name resolution, connection, TLS, or a connection in use',
    },
    waitingMs: { type: ['integer', 'null'], description: 'From then until the answer’s head was read' },
    readingMs: { type: ['integer', 'null'], description: 'From then until the end' },
  },
  required: ['connectingMs', 'waitingMs', 'readingMs'],
});

/** A row of the communications log alone, with its messages. */
export const CommunicationDetail = Type.Object({
  ...Communication.properties,
  phases: Phases,
  request: Request,
  response: Message,
  previous: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description:
      'The row of the same delivery before it: what differs is the difference to the attempt before',
  }),
  next: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'The row after it' }),
});

/** As the caller gave it with the change. */
const GivenSigner = Type.Unsafe<Signer | null>({ description: 'The signer as given with the change' });
const GivenChannelChange = Type.Unsafe<ChannelChange | null>({ description: 'As given with the change' });
const GivenRegistry = Type.Unsafe<Registry | null>({ description: 'The exit register’s entry' });

const StateChange = Type.Object({
  id: Type.String(),
  state: oneOf(STATES),
  occurredAt: Type.String({ description: 'As given, with its zone' }),
  receivedAt: Instant,
  deliveryId: NullableText,
  reason: NullableText,
  dailyDeliveryId: NullableText,
  signer: GivenSigner,
  channelChange: GivenChannelChange,
});

/** A notification as it is known now, its changes in the order of their instants, its deliveries newest first. */
export const Notification = Type.Object({
  id: Type.String(),
  kind: oneOf(KINDS),
  origin: oneOf(ORIGINS),
  entity: Type.Object({ organisation: Type.String(), department: Type.String() }),
  backOffice: NullableText,
  reference: Type.String(),
  issuerReference: NullableText,
  channel: oneOfOrNull<Channel>(CHANNELS),
  expirationDays: NullableInteger,
  registry: GivenRegistry,
  state: oneOf(STATES),
  occurredAt: Type.String({ description: 'When it came to this state, as given' }),
  stateChanges: Type.Array(StateChange),
  deliveries: Type.Array(Delivery),
});
