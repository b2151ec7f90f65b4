import type {
  ChannelChange,
  Company,
  CompanyDocument,
  Party,
  Person,
  PersonDocument,
  Registry,
  Signer,
} from '../domain/notification.ts';
import type { Report, ReportItem } from '../domain/report.ts';
import { NT_40, XSI } from './namespaces.ts';
import { element, escapeAttribute, escapeText, optionalElement } from './xml.ts';

/**
 * The Report element of message version 4.0 (contract 4.0, Report.xsd) as exclusive canonical XML that declares
 * its own namespaces: the same report always gives the same text, wherever it is put.
 *
 * The report must be one that the intake took; what the contract does not allow is written as it stands.
 */
export function writeReport40(report: Report): string {
  let items = '';
  for (const item of report.items) items += writeReportItem40(item);
  return writeReportOpening40(report) + items + REPORT_CLOSING_40;
}

/** The Report element up to its items, for a report that is written piece by piece. */
export function writeReportOpening40({ issuer, date, kind }: Omit<Report, 'items'>): string {
  return (
    `<Report xmlns="${NT_40}"><Emissor>` +
    element('CodiOrganisme', issuer.organisation) +
    element('NomOrganisme', issuer.organisationName) +
    element('CodiDepartament', issuer.department) +
    element('NomDepartament', issuer.departmentName) +
    optionalElement('BackOffice', issuer.backOffice) +
    '</Emissor>' +
    element('DataInforme', date) +
    element('TipusInforme', kind)
  );
}

/** What ends the Report element. */
export const REPORT_CLOSING_40 = '</Report>';

/** One item of a report. */
export function writeReportItem40(item: ReportItem): string {
  const { notification } = item;
  return (
    '<DadesNotificacio><DadesEstat>' +
    element('Estat', item.state) +
    element('DataActualitzacio', item.occurredAt) +
    '</DadesEstat>' +
    writeNotification(notification) +
    writeRegistry(notification.registry) +
    (item.signer === null ? '' : `<DadesSignador>${writeSigner(item.signer)}</DadesSignador>`) +
    (item.channelChange === null
      ? ''
      : `<DadesCanviCanal>${writeChannelChange(item.channelChange)}</DadesCanviCanal>`) +
    optionalElement('BackOffice', notification.backOffice) +
    '</DadesNotificacio>'
  );
}

/** The notification's own data. */
export function writeNotification(notification: ReportItem['notification']): string {
  const days = notification.expirationDays;
  return (
    '<DadesNotificacio>' +
    element('Referencia', notification.reference) +
    element('IdNotificacio', notification.id) +
    element('TipusObjecte', notification.kind) +
    optionalElement('DiesExpiracio', days === null ? null : String(days)) +
    optionalElement('IdNotificacioEmissor', notification.issuerReference) +
    optionalElement('Canal', notification.channel) +
    '</DadesNotificacio>'
  );
}

/** DadesRegistre is required, its two members are nillable: what is unknown is said to be nil. */
export function writeRegistry(registry: Registry | null): string {
  return (
    '<DadesRegistre>' +
    nillableElement('DataRegistre', registry?.registeredAt ?? null) +
    nillableElement('NumeroRegistreSortida', registry?.number ?? null) +
    '</DadesRegistre>'
  );
}

/** Exclusive canonical XML declares `xsi` on each element that uses it, since no ancestor does. */
function nillableElement(name: string, text: string | null): string {
  return text === null ? `<${name} xmlns:xsi="${XSI}" xsi:nil="true"></${name}>` : element(name, text);
}

function writeSigner(signer: Signer): string {
  switch (signer.type) {
    case 'interested':
      return writeInterested(signer.party);
    case 'representative':
      return (
        '<Representant>' +
        writeParty(signer.representative) +
        writeInterested(signer.interested) +
        '</Representant>'
      );
    case 'officer':
      return (
        '<FuncionariHabilitat>' +
        writePerson(signer.person) +
        writeInterested(signer.interested) +
        element('RegistreEntradaHabilitacio', signer.authorisationEntry) +
        '</FuncionariHabilitat>'
      );
    case 'paper':
      return (
        '<PracticadaPaper>' +
        element('Funcionari', signer.officerNif) +
        element('DataPracticada', signer.practisedAt) +
        element('Referencia', signer.reference) +
        '</PracticadaPaper>'
      );
  }
}

function writeInterested(party: Party): string {
  return `<Interessat>${writeParty(party)}</Interessat>`;
}

function writeParty(party: Party): string {
  return 'person' in party ? writePerson(party.person) : writeCompany(party.company);
}

function writePerson(person: Person): string {
  return writePersonWith(PERSON_DOCUMENTS[person.document.type], person);
}

/** A person, as PersonaFisica, whose document is an element of this name. */
export function writePersonWith(documentName: string, { document, fullName }: Person): string {
  return (
    '<PersonaFisica><DocumentIdentificatiu>' +
    writeDocument(documentName, document) +
    '</DocumentIdentificatiu>' +
    element('NomComplet', fullName) +
    '</PersonaFisica>'
  );
}

/** A company, as PersonaJuridica. */
export function writeCompany(company: Company): string {
  return (
    '<PersonaJuridica><DocumentIdentificatiu>' +
    writeDocument(company.document.type, company.document) +
    '</DocumentIdentificatiu>' +
    element('RaoSocial', company.name) +
    '</PersonaJuridica>'
  );
}

const PERSON_DOCUMENTS = { NIF: 'NIF', PASSAPORT: 'Passaport', IDC: 'IDC' } as const;

/** NIF and CIF are Spanish documents: the contract gives them no country. */
function writeDocument(name: string, document: PersonDocument | CompanyDocument): string {
  const { type, number, country } = document;
  if (country === null || type === 'NIF' || type === 'CIF') return element(name, number);
  return `<${name} Pais="${escapeAttribute(country)}">${escapeText(number)}</${name}>`;
}

/** What a change of channel says, without the element that holds it. */
export function writeChannelChange(change: ChannelChange): string {
  return (
    element('Canal', change.channel) +
    optionalElement('BustiaCorreu', change.email) +
    optionalElement('Telefon', change.phone)
  );
}
