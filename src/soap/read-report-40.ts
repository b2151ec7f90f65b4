import {
  CHANNELS,
  type ChannelChange,
  type Party,
  type Person,
  type Signer,
} from '../domain/notification.ts';
import type { PersonDocument, Registry } from '../domain/notification.ts';
import type { Report, ReportItem, ReportKind } from '../domain/report.ts';
import { KINDS, STATES } from '../domain/state.ts';
import { XSI } from './namespaces.ts';
import {
  anyText,
  date,
  dateTime,
  integerBetween,
  oneOf,
  optional,
  optionalChild,
  type ReadValue,
  ReportProblem,
  required,
  requiredChild,
  textLike,
  textUpTo,
} from './read-values.ts';
import type { XmlElement } from './read-xml.ts';

const MAX_LONG = 2n ** 63n - 1n;

/**
 * The report that a Report element of message version 4.0 tells: what `writeReport40` wrote is read back
 * unchanged. What the contract requires must be there and allowed; elements that it does not have are passed
 * over, so that a receiver outlives an addition.
 *
 * @throws ReportProblem
 */
export function readReport40(report: XmlElement): Report {
  const issuer = requiredChild(report, 'Emissor');
  return {
    kind: required(report, 'TipusInforme', reportKind),
    issuer: {
      organisation: required(issuer, 'CodiOrganisme', anyText),
      organisationName: required(issuer, 'NomOrganisme', anyText),
      department: required(issuer, 'CodiDepartament', anyText),
      departmentName: required(issuer, 'NomDepartament', anyText),
      backOffice: optional(issuer, 'BackOffice', anyText),
    },
    date: required(report, 'DataInforme', date),
    items: report.children
      .filter((child) => child.name === 'DadesNotificacio' && child.namespace === report.namespace)
      .map(readItem),
  };
}

/** The published text says Online where the schema says OnLine. */
const reportKind: ReadValue<ReportKind> = (text) =>
  text === 'Online' ? 'OnLine' : oneOf(['OnLine', 'Diari'])(text);

function readItem(item: XmlElement): ReportItem {
  const state = requiredChild(item, 'DadesEstat');
  const notification = requiredChild(item, 'DadesNotificacio');
  const days = optional(notification, 'DiesExpiracio', integerBetween(1n, 1_000n));
  const signer = optionalChild(item, 'DadesSignador');
  const channelChange = optionalChild(item, 'DadesCanviCanal');
  return {
    state: required(state, 'Estat', oneOf(STATES)),
    occurredAt: required(state, 'DataActualitzacio', dateTime),
    notification: {
      id: required(notification, 'IdNotificacio', integerBetween(0n, MAX_LONG)),
      kind: required(notification, 'TipusObjecte', oneOf(KINDS)),
      backOffice: optional(item, 'BackOffice', anyText),
      reference: required(notification, 'Referencia', textUpTo(255)),
      issuerReference: optional(notification, 'IdNotificacioEmissor', textUpTo(255)),
      channel: optional(notification, 'Canal', oneOf(CHANNELS)),
      expirationDays: days === null ? null : Number(days),
      registry: readRegistry(requiredChild(item, 'DadesRegistre')),
    },
    signer: signer === null ? null : readSigner(signer),
    channelChange: channelChange === null ? null : readChannelChange(channelChange),
  };
}

/** Null where neither part is known. */
function readRegistry(registry: XmlElement): Registry | null {
  const number = nillable(registry, 'NumeroRegistreSortida', textUpTo(100));
  const registeredAt = nillable(registry, 'DataRegistre', dateTime);
  return number === null && registeredAt === null ? null : { number, registeredAt };
}

function nillable<T>(parent: XmlElement, name: string, read: ReadValue<T>): T | null {
  const nil = requiredChild(parent, name).attributes.get(`{${XSI}}nil`)?.trim();
  return nil === 'true' || nil === '1' ? null : required(parent, name, read);
}

function readSigner(signer: XmlElement): Signer {
  const interested = optionalChild(signer, 'Interessat');
  if (interested !== null) return { type: 'interested', party: readParty(interested) };

  const representative = optionalChild(signer, 'Representant');
  if (representative !== null) {
    return {
      type: 'representative',
      representative: readParty(representative),
      interested: readParty(requiredChild(representative, 'Interessat')),
    };
  }
  const officer = optionalChild(signer, 'FuncionariHabilitat');
  if (officer !== null) {
    return {
      type: 'officer',
      person: readPerson(requiredChild(officer, 'PersonaFisica')),
      interested: readParty(requiredChild(officer, 'Interessat')),
      authorisationEntry: required(officer, 'RegistreEntradaHabilitacio', textUpTo(255)),
    };
  }
  const paper = requiredChild(signer, 'PracticadaPaper');
  return {
    type: 'paper',
    officerNif: required(paper, 'Funcionari', nif),
    practisedAt: required(paper, 'DataPracticada', dateTime),
    reference: required(paper, 'Referencia', textUpTo(100)),
  };
}

function readParty(party: XmlElement): Party {
  const person = optionalChild(party, 'PersonaFisica');
  if (person !== null) return { person: readPerson(person) };

  const company = requiredChild(party, 'PersonaJuridica');
  const holder = requiredChild(company, 'DocumentIdentificatiu');
  const name = required(company, 'RaoSocial', anyText);
  if (optionalChild(holder, 'CIF') !== null) {
    return {
      company: { document: { type: 'CIF', number: required(holder, 'CIF', cif), country: null }, name },
    };
  }
  const number = required(holder, 'VAT', textLike(/^[A-Z0-9]{1,50}$/));
  return { company: { document: { type: 'VAT', number, country: countryOf(holder, 'VAT') }, name } };
}

function readPerson(person: XmlElement): Person {
  return {
    document: readPersonDocument(requiredChild(person, 'DocumentIdentificatiu')),
    fullName: required(person, 'NomComplet', anyText),
  };
}

function readPersonDocument(holder: XmlElement): PersonDocument {
  if (optionalChild(holder, 'NIF') !== null) {
    return { type: 'NIF', number: required(holder, 'NIF', nif), country: null };
  }
  if (optionalChild(holder, 'Passaport') !== null) {
    const number = required(holder, 'Passaport', passport);
    return { type: 'PASSAPORT', number, country: countryOf(holder, 'Passaport') };
  }
  const number = required(holder, 'IDC', passport);
  const country = countryOf(holder, 'IDC');
  if (country === null) throw new ReportProblem('IDC has no Pais');
  return { type: 'IDC', number, country };
}

const nif = textLike(/^[XYZKLM]?[0-9]{7,8}[A-Z]$/);
// The comma is the published schema's.
const cif = textLike(/^[A-Z][0-9]{7}[A-J,0-9]$/);
/** Passports and foreign identity cards alike. */
const passport = textLike(/^[A-Z0-9]{1,20}$/);

/** The country of a document, ISO 3166 alpha-2. */
function countryOf(holder: XmlElement, name: string): string | null {
  const country = requiredChild(holder, name).attributes.get('Pais');
  if (country === undefined) return null;
  if (!/^[A-Z]{2}$/.test(country)) throw new ReportProblem(`${name} has a Pais that is not allowed`);
  return country;
}

function readChannelChange(change: XmlElement): ChannelChange {
  return {
    channel: required(change, 'Canal', oneOf(CHANNELS)),
    email: optional(change, 'BustiaCorreu', textUpTo(255)),
    phone: optional(change, 'Telefon', textUpTo(50)),
  };
}
