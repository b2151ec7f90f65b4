import { describe, expect, it } from 'vitest';
import { exampleItem, exampleReport } from '../../test/support/reports.ts';
import type { Party, PersonDocument, Signer } from '../domain/notification.ts';
import type { Report } from '../domain/report.ts';
import type { State } from '../domain/state.ts';
import { reportInVersion, writeReport32 } from './report-32.ts';
import { writeReport40 } from './report-40.ts';

/** The XML of a report that can be expressed. */
function written(report: Report): string {
  const result = writeReport32(report);
  return 'xml' in result ? result.xml : `cannot: ${result.inexpressible.join('; ')}`;
}

/** What lies in DadesActor. */
function actorOf(signer: Signer): string {
  const xml = written(exampleReport({ items: [exampleItem({ signer, channelChange: null })] }));
  return /<DadesActor>(.*)<\/DadesActor>/.exec(xml)?.[1] ?? xml;
}

const person = {
  document: { type: 'NIF', number: '00000000T', country: null },
  fullName: 'Persona Inventada',
} as const;
const PERSON =
  '<PersonaFisica><DocumentIdentificatiu><NIF>00000000T</NIF></DocumentIdentificatiu>' +
  '<NomComplet>Persona Inventada</NomComplet></PersonaFisica>';
const company: Party = {
  company: { document: { type: 'VAT', number: 'X1', country: 'PT' }, name: 'Empresa & Filles' },
};
const COMPANY =
  '<PersonaJuridica><DocumentIdentificatiu><VAT Pais="PT">X1</VAT></DocumentIdentificatiu>' +
  '<RaoSocial>Empresa &amp; Filles</RaoSocial></PersonaJuridica>';
const foreigner: Party = {
  person: { ...person, document: { type: 'IDC', number: 'AB1', country: 'IT' } },
};

describe('the Report of message version 3.2', () => {
  it('has all its parts in the contract’s order', () => {
    expect(written(exampleReport({ items: [exampleItem({ state: 'ACCEPTADA' })] }))).toBe(
      '<Report xmlns="http://www.aocat.net/NT/v3.2"><Capcalera><CodiOrganisme>9900000001</CodiOrganisme>' +
        '<CodiDepartament>1</CodiDepartament><NomOrganisme>Ajuntament Inventat</NomOrganisme>' +
        '<NomDepartament>Secretaria</NomDepartament><DataInforme>2026-11-24</DataInforme>' +
        '<TipusInforme>OnLine</TipusInforme></Capcalera><Dades><DadesEstat><Estat>47</Estat>' +
        '<DescripcioEstat>Acceptada</DescripcioEstat>' +
        '<DataActualitzacio>2026-11-24T10:15:30.123+01:00</DataActualitzacio></DadesEstat>' +
        '<DadesNotificacio><Referencia>EXP-2026/0001</Referencia><IdNotificacio>900000000001</IdNotificacio>' +
        '<TipusObjecte>NOTIFICACIO</TipusObjecte><DiesExpiracio>10</DiesExpiracio>' +
        '<IdNotificacioEmissor>A-77</IdNotificacioEmissor><Canal>DIGITAL</Canal></DadesNotificacio>' +
        '<DadesRegistre><DataRegistre>2026-11-24T10:15:00+01:00</DataRegistre>' +
        '<NumeroRegistreSortida>S-2026-000123</NumeroRegistreSortida></DadesRegistre>' +
        `<DadesActor>${PERSON}<CanviCanal><Canal>PAPER</Canal>` +
        '<BustiaCorreu>persona@inventada.example</BustiaCorreu><Telefon>000000000</Telefon></CanviCanal>' +
        '</DadesActor><CodiBackOffice>GESTEXP</CodiBackOffice></Dades></Report>',
    );
  });

  it.each<[State, string, string]>([
    ['PENDENT', '0', 'Pendent'],
    ['REGISTRADA', '1', 'Registrada'],
    ['DIPOSITADA', '3', 'Dipositada'],
    ['ACCEPTADA', '47', 'Acceptada'],
    ['REBUTJADA', '31', 'Rebutjada'],
    ['EXPIRADA', '19', 'Expirada'],
    ['ERROR', '1024', 'Error'],
    ['ANUL·LADA', '512', 'Anul·lada'],
  ])('has the state %s as %s', (state, code, description) => {
    expect(written(exampleReport({ items: [exampleItem({ state })] }))).toContain(
      `<Estat>${code}</Estat><DescripcioEstat>${description}</DescripcioEstat>`,
    );
  });

  it('names as the actor who signs, whoever for', () => {
    expect(actorOf({ type: 'interested', party: { person } })).toBe(PERSON);
    expect(actorOf({ type: 'interested', party: company })).toBe(COMPANY);
    expect(actorOf({ type: 'representative', representative: company, interested: { person } })).toBe(
      COMPANY,
    );
    expect(actorOf({ type: 'officer', person, interested: company, authorisationEntry: 'E-1' })).toBe(PERSON);
    const paper = { officerNif: '00000000T', practisedAt: '2026-11-24T10:15:30+01:00', reference: 'R-1' };
    expect(actorOf({ type: 'paper', ...paper })).toBe(
      '<PracticadaPaper><NIF>00000000T</NIF><Data>2026-11-24T10:15:30+01:00</Data>' +
        '<Referencia>R-1</Referencia></PracticadaPaper>',
    );
  });

  it.each<[PersonDocument, string]>([
    [{ type: 'PASSAPORT', number: 'ABC123456', country: null }, '<PASSAPORT>ABC123456</PASSAPORT>'],
    [{ type: 'PASSAPORT', number: 'AB1', country: 'FR' }, '<PASSAPORT Pais="FR">AB1</PASSAPORT>'],
  ])('has the passport %o under the name that this version has for it', (document, xml) => {
    expect(actorOf({ type: 'interested', party: { person: { ...person, document } } })).toContain(xml);
  });

  it('is not made of an interested party that this version need not name', () => {
    expect(actorOf({ type: 'representative', representative: { person }, interested: foreigner })).toBe(
      PERSON,
    );
  });

  it('takes the back office from the head where the item has none', () => {
    const item = exampleItem({});
    const items = [{ ...item, notification: { ...item.notification, backOffice: null } }];
    const { issuer } = exampleReport({});
    expect(written(exampleReport({ items }))).toContain('<CodiBackOffice>GESTEXP</CodiBackOffice>');
    const unknown = exampleReport({ items, issuer: { ...issuer, backOffice: null } });
    expect(written(unknown)).not.toContain('CodiBackOffice');
  });

  it('lists every item of a daily report, or none', () => {
    const items = [exampleItem({ state: 'ACCEPTADA' }), exampleItem({ state: 'REBUTJADA' })];
    expect(written(exampleReport({ kind: 'Diari', items })).match(/<Estat>\d+/g)).toEqual([
      '<Estat>47',
      '<Estat>31',
    ]);
    expect(written(exampleReport({ kind: 'Diari', items: [] }))).toMatch(/<\/Capcalera><\/Report>$/);
  });
});

describe('what message version 3.2 cannot express', () => {
  const longPassport: PersonDocument = { type: 'PASSAPORT', number: 'ABC1234567', country: null };
  const unsigned = exampleItem({ signer: null });
  const byForeigner = exampleItem({ state: 'ACCEPTADA', signer: { type: 'interested', party: foreigner } });

  it.each([
    [unsigned, 'the state DIPOSITADA without a signer (DadesActor is required)'],
    [byForeigner, 'a signer with an IDC'],
    [
      exampleItem({
        signer: { type: 'interested', party: { person: { ...person, document: longPassport } } },
      }),
      'a signer with a passport number of more than 9 characters',
    ],
  ])('is named, and nobody with it: %#', (item, inexpressible) => {
    expect(writeReport32(exampleReport({ items: [item] }))).toEqual({ inexpressible: [inexpressible] });
  });

  it('is named once, whatever the number of items', () => {
    const items = [unsigned, exampleItem({}), byForeigner, unsigned];
    expect(writeReport32(exampleReport({ kind: 'Diari', items }))).toEqual({
      inexpressible: [
        'the state DIPOSITADA without a signer (DadesActor is required)',
        'a signer with an IDC',
      ],
    });
  });
});

describe('a pinned report', () => {
  const pinned = writeReport40(exampleReport({}));

  it('is sent as it is in its own version', () => {
    expect(reportInVersion('4.0', pinned)).toEqual({ xml: pinned });
  });

  it('says the same in version 3.2, each time by the same bytes', () => {
    expect(reportInVersion('3.2', pinned)).toEqual(writeReport32(exampleReport({})));
    expect(reportInVersion('3.2', pinned)).toEqual(reportInVersion('3.2', pinned));
  });
});
