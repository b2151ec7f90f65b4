import * as fc from 'fast-check';
import {
  CHANNELS,
  type ChannelChange,
  type Company,
  type NotificationData,
  ORIGINS,
  type Party,
  type Person,
  type PersonDocument,
  type Signer,
} from '../../src/domain/notification.ts';
import type { Report, ReportItem } from '../../src/domain/report.ts';
import { KINDS, STATES } from '../../src/domain/state.ts';
import { isXmlText } from '../../src/domain/xml-text.ts';

/** Arbitraries of what the contract (message version 4.0) allows, with texts that writers get wrong. */

/** Texts with a history: markup, line ends, the end of CDATA, astral and combining characters. */
const NASTY_TEXTS = [
  ']]>',
  '<Error>&amp;</Error>',
  '&#13;',
  'a\rb\r\nc\nd\te',
  ' voltat d’espais ',
  '"cometes" i \'apòstrofs\'',
  'Col·legi d’Enginyers, ç à é è í ï ó ò ú ü',
  '𝒜 🏛️ e\u0301',
  '\u0085\u00A0\u2028\uFEFF',
  '<!-- --><?xml version="1.0"?>',
];

/** Text that XML 1.0 can carry, of so many characters (code points). */
export function xmlText(minCharacters: number, maxCharacters: number): fc.Arbitrary<string> {
  const nasty = NASTY_TEXTS.filter((text) => {
    const { length } = Array.from(text);
    return length >= minCharacters && length <= maxCharacters;
  });
  const unit = fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constantFrom('\r', '\n', '\t', '&', '<', '>', '"', ']') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(isXmlText) },
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit, minLength: minCharacters, maxLength: maxCharacters }) },
    { weight: 1, arbitrary: fc.constantFrom(...nasty) },
  );
}

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: min, maxLength: max });
const alphanumeric = (max: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split('')),
    minLength: 1,
    maxLength: max,
  });
const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split(''));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

/** xs:dateTime with a zone and at most three decimals, as a caller may write it. */
export const dateTimeArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2035-12-31T23:59:59Z'),
      noInvalidDate: true,
    }),
    fc.constantFrom('', '.1', '.12', '.123', '.000'),
    fc.constantFrom('Z', '+00:00', '+01:00', '+02:00', '-11:30', '+14:00'),
  )
  .map(([date, decimals, zone]) => `${date.toISOString().slice(0, 19)}${decimals}${zone}`);

const country = fc.tuple(letter, letter).map(([first, second]) => first + second);
const nif = fc
  .tuple(fc.constantFrom('', ...'XYZKLM'.split('')), digits(7, 8), letter)
  .map(([prefix, number, check]) => prefix + number + check);

const personDocument: fc.Arbitrary<PersonDocument> = fc.oneof(
  fc.record({ type: fc.constant('NIF' as const), number: nif, country: fc.constant(null) }),
  fc.record({ type: fc.constant('PASSAPORT' as const), number: alphanumeric(20), country: maybe(country) }),
  fc.record({ type: fc.constant('IDC' as const), number: alphanumeric(20), country }),
);

const person: fc.Arbitrary<Person> = fc.record({
  document: personDocument,
  fullName: xmlText(1, 100),
});

const cif = fc
  .tuple(letter, digits(7, 7), fc.constantFrom(...'ABCDEFGHIJ0123456789'.split('')))
  .map((parts) => parts.join(''));

const company: fc.Arbitrary<Company> = fc.record({
  document: fc.oneof(
    fc.record({ type: fc.constant('CIF' as const), number: cif, country: fc.constant(null) }),
    fc.record({ type: fc.constant('VAT' as const), number: alphanumeric(50), country: maybe(country) }),
  ),
  name: xmlText(1, 100),
});

const partyArbitrary: fc.Arbitrary<Party> = fc.oneof(fc.record({ person: person }), fc.record({ company }));

export const signerArbitrary: fc.Arbitrary<Signer> = fc.oneof(
  fc.record({ type: fc.constant('interested' as const), party: partyArbitrary }),
  fc.record({
    type: fc.constant('representative' as const),
    representative: partyArbitrary,
    interested: partyArbitrary,
  }),
  fc.record({
    type: fc.constant('officer' as const),
    person: person,
    interested: partyArbitrary,
    authorisationEntry: xmlText(1, 255),
  }),
  fc.record({
    type: fc.constant('paper' as const),
    officerNif: nif,
    practisedAt: dateTimeArbitrary,
    reference: xmlText(1, 100),
  }),
);

export const channelChangeArbitrary: fc.Arbitrary<ChannelChange> = fc.record({
  channel: fc.constantFrom(...CHANNELS),
  email: maybe(xmlText(1, 255)),
  phone: maybe(xmlText(1, 50)),
});

/** A registry that says something: with neither part known it is null. */
const registry: fc.Arbitrary<NotificationData['registry']> = fc
  .record({ number: maybe(xmlText(1, 100)), registeredAt: maybe(dateTimeArbitrary) })
  .map((parts) => (parts.number === null && parts.registeredAt === null ? null : parts));

const notificationId = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
  fc.constantFrom('0', '900000000001', '9007199254740993', '9223372036854775807'),
);

export const notificationDataArbitrary: fc.Arbitrary<NotificationData> = fc.record({
  id: notificationId,
  kind: fc.constantFrom(...KINDS),
  origin: fc.constantFrom(...ORIGINS),
  entity: fc.record({ organisation: digits(10, 10), department: digits(1, 4) }),
  backOffice: maybe(xmlText(1, 255)),
  reference: xmlText(1, 255),
  issuerReference: maybe(xmlText(1, 255)),
  channel: maybe(fc.constantFrom(...CHANNELS)),
  expirationDays: maybe(fc.integer({ min: 1, max: 1_000 })),
  registry: maybe(registry),
});

/** One entry of a report; any state goes with any kind, since the message does not restrict it. */
const reportItem: fc.Arbitrary<ReportItem> = fc
  .record({
    state: fc.constantFrom(...STATES),
    occurredAt: dateTimeArbitrary,
    data: notificationDataArbitrary,
    signer: maybe(signerArbitrary),
    channelChange: maybe(channelChangeArbitrary),
  })
  .map(({ data: { origin: _origin, entity: _entity, ...notification }, ...item }) => ({
    ...item,
    notification,
  }));

const issuer: fc.Arbitrary<Report['issuer']> = fc.record({
  organisation: digits(10, 10),
  organisationName: xmlText(1, 100),
  department: digits(1, 4),
  departmentName: xmlText(1, 100),
  backOffice: maybe(xmlText(1, 255)),
});

const day = dateTimeArbitrary.map((text) => text.slice(0, 10));

/** An OnLine report of one item, or a Diari one of up to three. */
export const reportArbitrary: fc.Arbitrary<Report> = fc.oneof(
  fc.record({
    kind: fc.constant('OnLine' as const),
    issuer,
    date: day,
    items: fc.array(reportItem, { minLength: 1, maxLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('Diari' as const),
    issuer,
    date: day,
    items: fc.array(reportItem, { maxLength: 3 }),
  }),
);
