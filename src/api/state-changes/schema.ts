import { Type, type Static } from 'typebox';
import { CHANNELS, ORIGINS } from '../../domain/notification.ts';
import { KINDS, STATES } from '../../domain/state.ts';
import { EntityParams, MAX_FREE_TEXT, maybe, oneOf, strictObject, text } from '../schemas.ts';
import { parseDateTime } from './date-time.ts';

/** The greatest IdNotificacio: the contract's Number is an xs:long. */
const MAX_NOTIFICATION_ID = 2n ** 63n - 1n;

const dateTime = (description: string) =>
  Type.Refine(
    Type.String({ description }),
    (value) => parseDateTime(value) !== null,
    () => 'must be an xs:dateTime with a zone, of the years 1900 to 9999',
  );

const OccurredAt = Type.Refine(
  Type.String({
    description: 'When the state changed; at most three decimals, at most 5 minutes ahead',
  }),
  (value) => parseDateTime(value) !== null && !/\.\d{4}/.test(value),
  () => 'must be an xs:dateTime with a zone and at most three decimals, of the years 1900 to 9999',
);

const NotificationId = Type.Union(
  [
    Type.Refine(
      Type.String({ pattern: '^[0-9]{1,64}$' }),
      (value) => /^\d{1,64}$/.test(value) && BigInt(value) <= MAX_NOTIFICATION_ID,
      () => 'must be at most 9223372036854775807',
    ),
    Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  ],
  { description: 'IdNotificacio: a decimal text or a safe integer' },
);

// The patterns of the contract's Commons.xsd. Those without a Pais attribute take no country: it could not be sent.
const NIF = text({ max: 10, pattern: /^[XYZKLM]?[0-9]{7,8}[A-Z]$/ });
const Country = text({ max: 2, pattern: /^[A-Z][A-Z]$/, description: 'ISO 3166 alpha-2' });
const NoCountry = Type.Optional(Type.Null());
const identityNumber = (max: number) => text({ max, pattern: new RegExp(`^[A-Z0-9]{1,${max}}$`) });

const PersonDocument = Type.Union([
  strictObject({ type: Type.Literal('NIF'), number: NIF, country: NoCountry }),
  strictObject({ type: Type.Literal('PASSAPORT'), number: identityNumber(20), country: maybe(Country) }),
  strictObject({ type: Type.Literal('IDC'), number: identityNumber(20), country: Country }),
]);
const CompanyDocument = Type.Union([
  strictObject({
    type: Type.Literal('CIF'),
    number: text({ max: 9, pattern: /^[A-Z][0-9]{7}[A-J,0-9]$/ }),
    country: NoCountry,
  }),
  strictObject({ type: Type.Literal('VAT'), number: identityNumber(50), country: maybe(Country) }),
]);

const Person = strictObject({ document: PersonDocument, fullName: text({ max: MAX_FREE_TEXT }) });
const Company = strictObject({ document: CompanyDocument, name: text({ max: MAX_FREE_TEXT }) });
const Party = Type.Union([strictObject({ person: Person }), strictObject({ company: Company })]);

const Signer = Type.Union([
  strictObject({ type: Type.Literal('interested'), party: Party }),
  strictObject({ type: Type.Literal('representative'), representative: Party, interested: Party }),
  strictObject({
    type: Type.Literal('officer'),
    person: Person,
    interested: Party,
    authorisationEntry: text({ max: 255 }),
  }),
  strictObject({
    type: Type.Literal('paper'),
    officerNif: NIF,
    practisedAt: dateTime('When it was practised'),
    reference: text({ max: 100 }),
  }),
]);

const Notification = strictObject({
  id: NotificationId,
  kind: oneOf(KINDS),
  origin: oneOf(ORIGINS),
  reference: text({ max: 255 }),
  issuerReference: maybe(text({ max: 255 })),
  channel: maybe(oneOf(CHANNELS)),
  expirationDays: maybe(Type.Integer({ minimum: 1, maximum: 1_000 })),
  registry: maybe(
    strictObject({
      number: maybe(text({ max: 100 })),
      registeredAt: maybe(dateTime('When it was entered in the exit register')),
    }),
  ),
  entity: EntityParams,
  backOffice: maybe(text({ max: 255 })),
});

/** A state change as it is sent: docs of each member in domain/notification.ts. */
export const StateChangeBody = strictObject({
  id: text({ max: 128, description: 'The caller’s id of the change, unique in the whole service' }),
  occurredAt: OccurredAt,
  state: oneOf(STATES),
  notification: Notification,
  signer: maybe(Signer),
  channelChange: maybe(
    strictObject({
      channel: oneOf(CHANNELS),
      email: maybe(text({ max: 255 })),
      phone: maybe(text({ max: 50 })),
    }),
  ),
});
export type StateChangeBody = Static<typeof StateChangeBody>;
