import type { Party } from '../domain/notification.ts';
import type { MessageVersion, Report, ReportItem } from '../domain/report.ts';
import type { State } from '../domain/state.ts';
import { NT_32 } from './namespaces.ts';
import { readReport40 } from './read-report-40.ts';
import { REPORT_LIMITS } from './read-request.ts';
import { readXml } from './read-xml.ts';
import {
  writeChannelChange,
  writeCompany,
  writeNotification,
  writePersonWith,
  writeRegistry,
} from './report-40.ts';
import { element, optionalElement } from './xml.ts';

/** A Report element, or what of it its message version cannot express: each a noun phrase, nothing personal. */
export type VersionedReport = { readonly xml: string } | { readonly inexpressible: readonly string[] };

/**
 * A pinned report in the message version that it is sent in. It depends on the pinned bytes alone, so it is the same
 * at each attempt.
 *
 * @param pinned the Report element of 4.0, as `writeReport40` wrote it
 */
export function reportInVersion(version: MessageVersion, pinned: string): VersionedReport {
  if (version === '4.0') return { xml: pinned };
  const read = readXml(Buffer.from(pinned), null, REPORT_LIMITS);
  if ('problem' in read) throw new Error(`a pinned report cannot be read: ${read.problem}`);
  return writeReport32(readReport40(read.root));
}

/**
 * The Report element of message version 3.2 (contract 3.2, Report.xsd) as exclusive canonical XML that declares its
 * own namespaces. docs/contract.md has the choices: codes, descriptions, and who the actor is.
 */
export function writeReport32({ kind, issuer, date, items }: Report): VersionedReport {
  const inexpressible = new Set<string>();
  let data = '';
  for (const item of items) {
    const actor = writeActor(item);
    if ('inexpressible' in actor) inexpressible.add(actor.inexpressible);
    else data += writeItem(item, actor.xml, issuer.backOffice);
  }
  if (inexpressible.size > 0) return { inexpressible: [...inexpressible] };
  return {
    xml:
      `<Report xmlns="${NT_32}"><Capcalera>` +
      element('CodiOrganisme', issuer.organisation) +
      element('CodiDepartament', issuer.department) +
      element('NomOrganisme', issuer.organisationName) +
      element('NomDepartament', issuer.departmentName) +
      element('DataInforme', date) +
      element('TipusInforme', kind) +
      `</Capcalera>${data}</Report>`,
  };
}

/**
 * The state word (contract 3.2, section 1.4): bits 0 Registrada, 1 Dipositada, 2 Visualitzada, 3 Practicada,
 * 4 Rebutjada, 5 Acceptada, 9 Anul·lada, 10 Error. Of several codes for a state the one whose bits are all known:
 * 4.0 tells neither whether a notification was seen nor where it stood before it was cancelled or failed.
 */
const STATES_32: Record<State, { readonly code: number; readonly description: string }> = {
  PENDENT: { code: 0, description: 'Pendent' },
  REGISTRADA: { code: 1, description: 'Registrada' },
  DIPOSITADA: { code: 3, description: 'Dipositada' },
  ACCEPTADA: { code: 47, description: 'Acceptada' },
  REBUTJADA: { code: 31, description: 'Rebutjada' },
  EXPIRADA: { code: 19, description: 'Expirada' },
  ERROR: { code: 1_024, description: 'Error' },
  ANUL·LADA: { code: 512, description: 'Anul·lada' },
};

/** PassaportType of 3.2; that of 4.0 has up to 20 characters. */
const MAX_PASSPORT_LENGTH = 9;

/** @param actorXml who the actor is, as DadesActor has it */
function writeItem(item: ReportItem, actorXml: string, issuerBackOffice: string | null): string {
  const { code, description } = STATES_32[item.state];
  const { notification, channelChange } = item;
  return (
    '<Dades><DadesEstat>' +
    element('Estat', String(code)) +
    element('DescripcioEstat', description) +
    element('DataActualitzacio', item.occurredAt) +
    '</DadesEstat>' +
    writeNotification(notification) +
    writeRegistry(notification.registry) +
    `<DadesActor>${actorXml}` +
    (channelChange === null ? '' : `<CanviCanal>${writeChannelChange(channelChange)}</CanviCanal>`) +
    '</DadesActor>' +
    // 4.0 may name it in the head alone, where 3.2 has no place for it.
    optionalElement('CodiBackOffice', notification.backOffice ?? issuerBackOffice) +
    '</Dades>'
  );
}

/** Who signs is the actor: DadesActor tells who caused the change (contract 3.2, Dades). */
function writeActor({
  state,
  signer,
}: ReportItem): { readonly xml: string } | { readonly inexpressible: string } {
  switch (signer?.type) {
    case undefined:
      return { inexpressible: `the state ${state} without a signer (DadesActor is required)` };
    case 'interested':
      return writeParty(signer.party);
    case 'representative':
      return writeParty(signer.representative);
    case 'officer':
      return writeParty({ person: signer.person });
    case 'paper':
      return {
        xml:
          '<PracticadaPaper>' +
          element('NIF', signer.officerNif) +
          element('Data', signer.practisedAt) +
          element('Referencia', signer.reference) +
          '</PracticadaPaper>',
      };
  }
}

function writeParty(party: Party): { readonly xml: string } | { readonly inexpressible: string } {
  if ('company' in party) return { xml: writeCompany(party.company) };
  const { type, number } = party.person.document;
  if (type === 'IDC') return { inexpressible: 'a signer with an IDC' };
  if (type === 'PASSAPORT' && number.length > MAX_PASSPORT_LENGTH) {
    return {
      inexpressible: `a signer with a passport number of more than ${MAX_PASSPORT_LENGTH} characters`,
    };
  }
  return { xml: writePersonWith(type, party.person) };
}
