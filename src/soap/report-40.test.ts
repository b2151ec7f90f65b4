import { describe, expect, it } from 'vitest';
import { exampleItem, exampleReport } from '../../test/support/reports.ts';
import type { Party, Signer } from '../domain/notification.ts';
import { writeReport40 } from './report-40.ts';

/** The part of the only item's XML that an element encloses, tags included. */
function partOf(xml: string, name: string): string {
  return new RegExp(`<${name}[ >].*</${name}>`).exec(xml)?.[0] ?? '';
}

function withSigner(signer: Signer): string {
  const xml = writeReport40(exampleReport({ items: [exampleItem({ signer })] }));
  return partOf(xml, 'DadesSignador').replace(/<\/?DadesSignador>/g, '');
}

const person = {
  document: { type: 'NIF', number: '00000000T', country: null },
  fullName: 'Persona Inventada',
} as const;
const PERSON =
  '<PersonaFisica><DocumentIdentificatiu><NIF>00000000T</NIF></DocumentIdentificatiu>' +
  '<NomComplet>Persona Inventada</NomComplet></PersonaFisica>';
const company: Party = {
  company: { document: { type: 'CIF', number: 'B00000000', country: null }, name: 'Empresa & Filles' },
};
const COMPANY =
  '<PersonaJuridica><DocumentIdentificatiu><CIF>B00000000</CIF></DocumentIdentificatiu>' +
  '<RaoSocial>Empresa &amp; Filles</RaoSocial></PersonaJuridica>';

describe('the Report of message version 4.0', () => {
  it('has all its parts in the contract’s order', () => {
    expect(writeReport40(exampleReport({}))).toBe(
      '<Report xmlns="http://www.aocat.net/NT/v4.0"><Emissor><CodiOrganisme>9900000001</CodiOrganisme>' +
        '<NomOrganisme>Ajuntament Inventat</NomOrganisme><CodiDepartament>1</CodiDepartament>' +
        '<NomDepartament>Secretaria</NomDepartament><BackOffice>GESTEXP</BackOffice></Emissor>' +
        '<DataInforme>2026-11-24</DataInforme><TipusInforme>OnLine</TipusInforme><DadesNotificacio>' +
        '<DadesEstat><Estat>DIPOSITADA</Estat>' +
        '<DataActualitzacio>2026-11-24T10:15:30.123+01:00</DataActualitzacio></DadesEstat>' +
        '<DadesNotificacio><Referencia>EXP-2026/0001</Referencia><IdNotificacio>900000000001</IdNotificacio>' +
        '<TipusObjecte>NOTIFICACIO</TipusObjecte><DiesExpiracio>10</DiesExpiracio>' +
        '<IdNotificacioEmissor>A-77</IdNotificacioEmissor><Canal>DIGITAL</Canal></DadesNotificacio>' +
        '<DadesRegistre><DataRegistre>2026-11-24T10:15:00+01:00</DataRegistre>' +
        '<NumeroRegistreSortida>S-2026-000123</NumeroRegistreSortida></DadesRegistre>' +
        `<DadesSignador><Interessat>${PERSON}</Interessat></DadesSignador>` +
        '<DadesCanviCanal><Canal>PAPER</Canal><BustiaCorreu>persona@inventada.example</BustiaCorreu>' +
        '<Telefon>000000000</Telefon></DadesCanviCanal><BackOffice>GESTEXP</BackOffice></DadesNotificacio>' +
        '</Report>',
    );
  });

  it('leaves out what is unknown, and says nil of an unknown registry entry', () => {
    const item = exampleItem({ signer: null, channelChange: null });
    const notification = {
      ...item.notification,
      backOffice: null,
      issuerReference: null,
      channel: null,
      expirationDays: null,
      registry: null,
    };
    const { issuer } = exampleReport({});
    const xml = writeReport40(
      exampleReport({ issuer: { ...issuer, backOffice: null }, items: [{ ...item, notification }] }),
    );
    const nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';
    expect(partOf(xml, 'DadesRegistre')).toBe(
      `<DadesRegistre><DataRegistre ${nil}></DataRegistre>` +
        `<NumeroRegistreSortida ${nil}></NumeroRegistreSortida></DadesRegistre>`,
    );
    for (const name of ['BackOffice', 'IdNotificacioEmissor', 'Canal', 'DiesExpiracio', 'DadesSignador']) {
      expect(xml).not.toContain(`<${name}>`);
    }
  });

  it('says nil of the one part of a registry entry that is unknown', () => {
    const item = exampleItem({});
    const registry = { number: 'S-1', registeredAt: null };
    const xml = writeReport40(
      exampleReport({ items: [{ ...item, notification: { ...item.notification, registry } }] }),
    );
    expect(partOf(xml, 'DataRegistre')).toContain('xsi:nil="true"');
    expect(partOf(xml, 'NumeroRegistreSortida')).toBe('<NumeroRegistreSortida>S-1</NumeroRegistreSortida>');
  });

  it('lists every item of a daily report, or none', () => {
    const items = [exampleItem({ state: 'ACCEPTADA' }), exampleItem({ state: 'ANUL·LADA' })];
    const daily = writeReport40(exampleReport({ kind: 'Diari', items }));
    expect(daily).toContain('<TipusInforme>Diari</TipusInforme>');
    expect(daily.match(/<Estat>[^<]*/g)).toEqual(['<Estat>ACCEPTADA', '<Estat>ANUL·LADA']);
    expect(writeReport40(exampleReport({ kind: 'Diari', items: [] }))).toMatch(/<\/TipusInforme><\/Report>$/);
  });

  it('names who signed for whom', () => {
    expect(withSigner({ type: 'interested', party: company })).toBe(`<Interessat>${COMPANY}</Interessat>`);
    expect(withSigner({ type: 'representative', representative: company, interested: { person } })).toBe(
      `<Representant>${COMPANY}<Interessat>${PERSON}</Interessat></Representant>`,
    );
    expect(withSigner({ type: 'officer', person, interested: company, authorisationEntry: 'E-2026-1' })).toBe(
      `<FuncionariHabilitat>${PERSON}<Interessat>${COMPANY}</Interessat>` +
        '<RegistreEntradaHabilitacio>E-2026-1</RegistreEntradaHabilitacio></FuncionariHabilitat>',
    );
    expect(
      withSigner({
        type: 'paper',
        officerNif: '00000000T',
        practisedAt: '2026-11-24T10:15:30+01:00',
        reference: 'R-1',
      }),
    ).toBe(
      '<PracticadaPaper><Funcionari>00000000T</Funcionari>' +
        '<DataPracticada>2026-11-24T10:15:30+01:00</DataPracticada><Referencia>R-1</Referencia>' +
        '</PracticadaPaper>',
    );
  });

  it.each([
    [{ type: 'PASSAPORT', number: 'AB1', country: null }, '<Passaport>AB1</Passaport>'],
    [{ type: 'PASSAPORT', number: 'AB1', country: 'FR' }, '<Passaport Pais="FR">AB1</Passaport>'],
    [{ type: 'IDC', number: 'AB1', country: 'IT' }, '<IDC Pais="IT">AB1</IDC>'],
    [{ type: 'NIF', number: '00000000T', country: 'ES' }, '<NIF>00000000T</NIF>'],
  ] as const)('gives a person’s document %o as the contract has it', (document, xml) => {
    expect(
      withSigner({ type: 'interested', party: { person: { document, fullName: 'Persona Inventada' } } }),
    ).toContain(`<DocumentIdentificatiu>${xml}</DocumentIdentificatiu>`);
  });

  it.each([
    [{ type: 'VAT', number: 'X1', country: 'PT' }, '<VAT Pais="PT">X1</VAT>'],
    [{ type: 'CIF', number: 'B00000000', country: 'ES' }, '<CIF>B00000000</CIF>'],
  ] as const)('gives a company’s document %o as the contract has it', (document, xml) => {
    expect(
      withSigner({ type: 'interested', party: { company: { document, name: 'Empresa Inventada SL' } } }),
    ).toContain(`<DocumentIdentificatiu>${xml}</DocumentIdentificatiu>`);
  });

  it('is the same text each time', () => {
    expect(writeReport40(exampleReport({}))).toBe(writeReport40(structuredClone(exampleReport({}))));
  });
});
