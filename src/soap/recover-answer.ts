import type { RecoverErrorCode } from '../domain/errors.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { Report } from '../domain/report.ts';
import { writeSoapMessage } from './envelope.ts';
import { NT_40 } from './namespaces.ts';
import type { SoapVersion } from './recover-fault.ts';
import { REPORT_CLOSING_40, writeReportOpening40 } from './report-40.ts';
import { xmlText } from './write-answer.ts';
import { element, optionalElement } from './xml.ts';

const ANSWER = 'RespostaRecuperarReport';

/** An error that is about one notification names it, as it was asked for. */
export interface ErrorSubject extends EntityKey {
  readonly notification: string;
  readonly backOffice: string | null;
}

/** The answer that holds an error of the contract (RespostaRecuperarReport, Errors.xsd). */
export function writeRecoverError(
  soapVersion: SoapVersion,
  code: RecoverErrorCode,
  text: string,
  subject: ErrorSubject | null,
): string {
  return writeSoapMessage(
    soapVersion,
    `<${ANSWER} xmlns="${NT_40}"><Errors><Error>` +
      element('CodiError', String(code)) +
      element('MissatgeError', xmlText(text)) +
      (subject === null ? '' : writeSubject(subject)) +
      `</Error></Errors></${ANSWER}>`,
  );
}

function writeSubject({ notification, organisation, department, backOffice }: ErrorSubject): string {
  return (
    '<DadesNotificacio>' +
    element('IdNotificacio', notification) +
    element('Organisme', organisation) +
    element('Departament', department) +
    optionalElement('BackOffice', backOffice) +
    '</DadesNotificacio>'
  );
}

/**
 * What stands before and after the items (`writeReportItem40`) of an answer that holds a report: it is sent piece
 * by piece.
 */
export function recoverFrame(
  soapVersion: SoapVersion,
  report: Omit<Report, 'items'>,
): { readonly opening: string; readonly closing: string } {
  const envelope = writeSoapMessage(soapVersion, PLACE);
  const place = envelope.indexOf(PLACE);
  return {
    opening: `${envelope.slice(0, place)}<${ANSWER} xmlns="${NT_40}">${writeReportOpening40(report)}`,
    closing: `${REPORT_CLOSING_40}</${ANSWER}>${envelope.slice(place + PLACE.length)}`,
  };
}

/** Where the content stands in an envelope: a comment, which no envelope has. */
const PLACE = '<!---->';
