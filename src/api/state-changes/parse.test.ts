import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindHasState, STATES } from '../../domain/state.ts';
import {
  channelChangeArbitrary,
  dateTimeArbitrary,
  notificationDataArbitrary,
  signerArbitrary,
} from '../../../test/support/arbitraries.ts';
import { parseStateChange } from './parse.ts';

const NOW = Date.parse('2036-01-02T00:00:00Z');

const PERSON = { person: { document: { type: 'NIF', number: '00000000T' }, fullName: 'Persona Inventada' } };
const COMPANY = { company: { document: { type: 'CIF', number: 'B00000000' }, name: 'Empresa Inventada SL' } };

/** The public surface's example, with members replaced by path; undefined takes one out. */
function example(changes: Readonly<Record<string, unknown>> = {}): unknown {
  const change: Record<string, unknown> = {
    id: '7f0c6c5e-3d4f-4a39-9a55-0d6b3b2f1c01',
    occurredAt: '2026-11-24T10:15:30.123+01:00',
    state: 'DIPOSITADA',
    'notification.id': '900000000001',
    'notification.kind': 'NOTIFICACIO',
    'notification.origin': 'INTEGRACIO',
    'notification.reference': 'EXP-2026/0001',
    'notification.issuerReference': 'A-77',
    'notification.channel': 'DIGITAL',
    'notification.expirationDays': 10,
    'notification.registry': { number: 'S-2026-000123', registeredAt: '2026-11-24T10:15:00+01:00' },
    'notification.entity': { organisation: '9900000001', department: '1' },
    'notification.backOffice': 'GESTEXP',
    signer: null,
    channelChange: null,
    ...changes,
  };
  const of = (prefix: string, isInside: boolean) =>
    Object.entries(change)
      .filter(([name]) => name.startsWith(prefix) === isInside)
      .map(([name, value]) => [isInside ? name.slice(prefix.length) : name, value]);
  return {
    ...Object.fromEntries(of('notification.', false)),
    notification: Object.fromEntries(of('notification.', true)),
  };
}

/** JSON takes out what is undefined. */
const parse = (value: unknown): unknown => parseStateChange(JSON.parse(JSON.stringify(value)), NOW);

describe('a state change that is taken', () => {
  it('keeps every text as it is and fills what is absent with null', () => {
    expect(parse(example())).toEqual({
      id: '7f0c6c5e-3d4f-4a39-9a55-0d6b3b2f1c01',
      occurredAt: '2026-11-24T10:15:30.123+01:00',
      occurredAtMs: Date.parse('2026-11-24T09:15:30.123Z'),
      state: 'DIPOSITADA',
      notification: {
        id: '900000000001',
        kind: 'NOTIFICACIO',
        origin: 'INTEGRACIO',
        entity: { organisation: '9900000001', department: '1' },
        backOffice: 'GESTEXP',
        reference: 'EXP-2026/0001',
        issuerReference: 'A-77',
        channel: 'DIGITAL',
        expirationDays: 10,
        registry: { number: 'S-2026-000123', registeredAt: '2026-11-24T10:15:00+01:00' },
      },
      signer: null,
      channelChange: null,
    });
  });

  it('is the same whether an optional member is absent or null', () => {
    const optional = ['issuerReference', 'channel', 'expirationDays', 'registry', 'backOffice'];
    const all = [...optional.map((name) => `notification.${name}`), 'signer', 'channelChange'];
    const absent = parse(example(Object.fromEntries(all.map((name) => [name, undefined]))));
    const empty = parse(example(Object.fromEntries(all.map((name) => [name, null]))));
    expect(absent).toEqual(empty);
    expect(absent).toMatchObject({ notification: { registry: null, backOffice: null }, signer: null });
  });

  it.each([
    ['900000000001', '900000000001'],
    ['000', '0'],
    ['00900000000001', '900000000001'],
    ['9223372036854775807', '9223372036854775807'],
    [900_000_000_001, '900000000001'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [0, '0'],
  ])('has the notification id %s as %s', (given, id) => {
    expect(parse(example({ 'notification.id': given }))).toMatchObject({ notification: { id } });
  });

  it.each([
    [{ number: 'S-1' }, { number: 'S-1', registeredAt: null }],
    [
      { number: 'S-1', registeredAt: null },
      { number: 'S-1', registeredAt: null },
    ],
    [{ registeredAt: '2026-11-24T10:15:00Z' }, { number: null, registeredAt: '2026-11-24T10:15:00Z' }],
    [{}, null],
    [{ number: null, registeredAt: null }, null],
  ])('has the registry %j as %j', (given, registry) => {
    expect(parse(example({ 'notification.registry': given }))).toMatchObject({ notification: { registry } });
  });

  it.each([
    ['an interested person', { type: 'interested', party: PERSON }],
    ['a representative', { type: 'representative', representative: COMPANY, interested: PERSON }],
    ['an officer', { type: 'officer', ...PERSON, interested: COMPANY, authorisationEntry: 'E-2026-1' }],
    [
      'paper',
      { type: 'paper', officerNif: '00000000T', practisedAt: '2026-11-24T10:15:30+01:00', reference: 'R-1' },
    ],
  ])('has the signer: %s', (_who, signer) => {
    expect(parse(example({ state: 'ACCEPTADA', signer }))).toMatchObject({ signer });
  });

  it('counts lengths in characters, not in UTF-16 units', () => {
    const reference = '𝒜'.repeat(255);
    expect(parse(example({ 'notification.reference': reference }))).toMatchObject({
      notification: { reference },
    });
  });

  it('may have occurred up to five minutes ahead of our clock', () => {
    const at = (ms: number): unknown => parse(example({ occurredAt: new Date(NOW + ms).toISOString() }));
    expect(at(300_000)).toMatchObject({ state: 'DIPOSITADA' });
    expect(at(300_001)).toMatchObject({ code: 'invalid-request', field: 'occurredAt' });
  });
});

const document = (doc: unknown): Record<string, unknown> => ({
  signer: { type: 'interested', party: { person: { document: doc, fullName: 'Persona Inventada' } } },
});
const companyDocument = (doc: unknown): Record<string, unknown> => ({
  signer: { type: 'interested', party: { company: { document: doc, name: 'Empresa Inventada SL' } } },
});
const IN_PERSON = 'signer.party.person.document';
const IN_COMPANY = 'signer.party.company.document';

describe('a state change that is refused', () => {
  it.each<[string, Record<string, unknown>, string | null]>([
    ['no id', { id: undefined }, 'id'],
    ['an empty id', { id: '' }, 'id'],
    ['an id of 129 characters', { id: 'x'.repeat(129) }, 'id'],
    ['an id of another kind', { id: 7 }, 'id'],
    ['a NUL in its id', { id: 'a\u0000' }, 'id'],
    ['a lone surrogate', { 'notification.reference': 'a\uD800' }, 'notification.reference'],
    ['a control character', { 'notification.reference': '\u001B' }, 'notification.reference'],
    ['U+FFFE', { 'notification.reference': '\uFFFE' }, 'notification.reference'],
    ['no reference', { 'notification.reference': undefined }, 'notification.reference'],
    ['a null reference', { 'notification.reference': null }, 'notification.reference'],
    ['an empty reference', { 'notification.reference': '' }, 'notification.reference'],
    ['a long reference', { 'notification.reference': 'é'.repeat(256) }, 'notification.reference'],
    [
      'a long issuer reference',
      { 'notification.issuerReference': 'x'.repeat(256) },
      'notification.issuerReference',
    ],
    ['an empty back office', { 'notification.backOffice': '' }, 'notification.backOffice'],
    ['a long back office', { 'notification.backOffice': 'x'.repeat(256) }, 'notification.backOffice'],
    ['an unknown state', { state: 'ANUL.LADA' }, 'state'],
    ['a state of another case', { state: 'dipositada' }, 'state'],
    ['an unknown kind', { 'notification.kind': 'CARTA' }, 'notification.kind'],
    ['an unknown origin', { 'notification.origin': 'MANUAL' }, 'notification.origin'],
    ['an unknown channel', { 'notification.channel': 'FAX' }, 'notification.channel'],
    ['a comunicació that is refused', { state: 'REBUTJADA', 'notification.kind': 'COMUNICACIO' }, 'state'],
    ['a comunicació that expires', { state: 'EXPIRADA', 'notification.kind': 'COMUNICACIO' }, 'state'],
    ['no day of expiration', { 'notification.expirationDays': 0 }, 'notification.expirationDays'],
    ['1,001 days', { 'notification.expirationDays': 1_001 }, 'notification.expirationDays'],
    ['half days', { 'notification.expirationDays': 1.5 }, 'notification.expirationDays'],
    ['days as text', { 'notification.expirationDays': '10' }, 'notification.expirationDays'],
    ['no notification id', { 'notification.id': undefined }, 'notification.id'],
    ['a negative id', { 'notification.id': '-1' }, 'notification.id'],
    ['an id with a sign', { 'notification.id': '+1' }, 'notification.id'],
    ['an id over xs:long', { 'notification.id': '9223372036854775808' }, 'notification.id'],
    ['an unsafe integer', { 'notification.id': 2 ** 53 }, 'notification.id'],
    ['a negative number', { 'notification.id': -1 }, 'notification.id'],
    ['a fraction', { 'notification.id': 0.5 }, 'notification.id'],
    ['no zone', { occurredAt: '2026-11-24T10:15:30.123' }, 'occurredAt'],
    ['four decimals', { occurredAt: '2026-11-24T10:15:30.1234Z' }, 'occurredAt'],
    ['no such day', { occurredAt: '2026-02-30T10:15:30Z' }, 'occurredAt'],
    ['no entity', { 'notification.entity': undefined }, 'notification.entity'],
    ['half an entity', { 'notification.entity': { organisation: '1' } }, 'notification.entity.department'],
    [
      'a code of two lines',
      { 'notification.entity': { organisation: 'a\nb', department: '1' } },
      'notification.entity.organisation',
    ],
    [
      'a long registry number',
      { 'notification.registry': { number: 'x'.repeat(101) } },
      'notification.registry.number',
    ],
    [
      'a registry date without time',
      { 'notification.registry': { registeredAt: '2026-11-24' } },
      'notification.registry.registeredAt',
    ],
    ['an unknown member', { colour: 'red' }, 'colour'],
    ['an unknown member of the notification', { 'notification.subject': 'x' }, 'notification.subject'],
    ['a member that may be a value', { '00000000T': 1 }, null],
    ['an unknown type of signer', { signer: { type: 'nobody' } }, 'signer.type'],
    ['a signer of no type', { signer: { party: PERSON } }, 'signer.type'],
    ['a signer that is no object', { signer: 'Persona Inventada' }, 'signer'],
    ['an empty party', { signer: { type: 'interested', party: {} } }, 'signer.party'],
    [
      'two parties',
      { signer: { type: 'interested', party: { ...PERSON, ...COMPANY } } },
      'signer.party.company',
    ],
    [
      'a company as an officer',
      { signer: { type: 'officer', ...COMPANY, interested: PERSON, authorisationEntry: 'E' } },
      'signer.person',
    ],
    [
      'no full name',
      { signer: { type: 'interested', party: { person: { document: PERSON.person.document } } } },
      'signer.party.person.fullName',
    ],
    ['a short NIF', document({ type: 'NIF', number: '000000T' }), `${IN_PERSON}.number`],
    ['a NIF in small letters', document({ type: 'NIF', number: '00000000t' }), `${IN_PERSON}.number`],
    ['a NIF with a line feed', document({ type: 'NIF', number: '00000000T\n' }), `${IN_PERSON}.number`],
    [
      'a NIF with a country',
      document({ type: 'NIF', number: '00000000T', country: 'ES' }),
      `${IN_PERSON}.country`,
    ],
    ['an IDC without country', document({ type: 'IDC', number: 'A1' }), `${IN_PERSON}.country`],
    [
      'an IDC of a null country',
      document({ type: 'IDC', number: 'A1', country: null }),
      `${IN_PERSON}.country`,
    ],
    ['a long passport', document({ type: 'PASSAPORT', number: 'A'.repeat(21) }), `${IN_PERSON}.number`],
    [
      'a country of three letters',
      document({ type: 'PASSAPORT', number: 'A1', country: 'ESP' }),
      `${IN_PERSON}.country`,
    ],
    ['a CIF of a person', document({ type: 'CIF', number: 'B00000000' }), `${IN_PERSON}.type`],
    ['a NIF of a company', companyDocument({ type: 'NIF', number: '00000000T' }), `${IN_COMPANY}.type`],
    ['a bad CIF', companyDocument({ type: 'CIF', number: 'B0000000K' }), `${IN_COMPANY}.number`],
    [
      'a CIF with a country',
      companyDocument({ type: 'CIF', number: 'B00000000', country: 'ES' }),
      `${IN_COMPANY}.country`,
    ],
    ['a long VAT', companyDocument({ type: 'VAT', number: '1'.repeat(51) }), `${IN_COMPANY}.number`],
    [
      'paper without officer',
      { signer: { type: 'paper', practisedAt: '2026-11-24T10:15:30Z', reference: 'R' } },
      'signer.officerNif',
    ],
    ['no channel to change to', { channelChange: { email: 'a@example.org' } }, 'channelChange.channel'],
    [
      'a long address',
      { channelChange: { channel: 'DIGITAL', email: 'x'.repeat(256) } },
      'channelChange.email',
    ],
    [
      'a long telephone',
      { channelChange: { channel: 'PAPER', phone: '0'.repeat(51) } },
      'channelChange.phone',
    ],
  ])('with %s', (_why, changes, field) => {
    expect(parse(example(changes))).toMatchObject({ code: 'invalid-request', field });
  });

  it.each([[null], [[]], ['text'], [7], [true]])('that is %j', (value) => {
    expect(parse(value)).toEqual({ code: 'invalid-request', field: null, detail: 'must be an object' });
  });

  it('has a member named __proto__ like any other unknown one', () => {
    const text = JSON.stringify(example()).replace('{', '{"__proto__":{"state":"PENDENT"},');
    expect(parseStateChange(JSON.parse(text), NOW)).toMatchObject({ code: 'invalid-request', field: null });
  });
});

const changeArbitrary = fc
  .record({
    id: fc.uuid(),
    occurredAt: dateTimeArbitrary,
    state: fc.constantFrom(...STATES),
    notification: notificationDataArbitrary,
    signer: fc.option(signerArbitrary, { nil: null }),
    channelChange: fc.option(channelChangeArbitrary, { nil: null }),
  })
  .filter(({ state, notification }) => kindHasState(notification.kind, state));

describe('whatever the contract allows', () => {
  it('is taken unchanged', () => {
    fc.assert(
      fc.property(changeArbitrary, (change) => {
        expect(parse(change)).toEqual({ ...change, occurredAtMs: Date.parse(change.occurredAt) });
      }),
      { numRuns: 300 },
    );
  });

  it('is refused by name and without a value when one member is wrong', () => {
    const SECRET = 'Q7-valor-que-no-ha-de-sortir';
    fc.assert(
      fc.property(changeArbitrary, fc.nat(), (change, pick) => {
        const paths = pathsOf(change);
        const path = paths[pick % paths.length] ?? [];
        const fault = parse(replaceAt(change, path, { [SECRET]: SECRET }));
        expect(fault).toMatchObject({ code: 'invalid-request' });
        expect(JSON.stringify(fault)).not.toContain(SECRET);
        // Named is the member itself, or what it lacks.
        const field = fieldOf(fault);
        const at = path.join('.');
        expect(field.startsWith(at) || at.startsWith(field)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function fieldOf(fault: unknown): string {
  const isFault = typeof fault === 'object' && fault !== null && 'field' in fault;
  return isFault && typeof fault.field === 'string' ? fault.field : '';
}

/** The path of every member. */
function pathsOf(value: object): string[][] {
  return Object.entries(value).flatMap(([name, member]) => [
    [name],
    ...(typeof member === 'object' && member !== null ? pathsOf(member) : []).map((path) => [name, ...path]),
  ]);
}

function replaceAt(value: object, [name = '', ...rest]: string[], by: unknown): object {
  const old: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  const isInner = rest.length > 0 && typeof old === 'object' && old !== null;
  return { ...value, [name]: isInner ? replaceAt(old, rest, by) : by };
}
