import { isXmlText } from '../domain/xml-text.ts';
import { writeSoapMessage } from './envelope.ts';
import { NT_40, OPENURI } from './namespaces.ts';
import { element, optionalElement } from './xml.ts';

/** The answers of a receiver, as the contract has them (WSDL 4.0, RecepcioReports; SOAP 1.1). */

/** The report is taken: a RespostaReport without Error. */
export function writeAcknowledgement(): string {
  return writeResponse(null);
}

/** The report is refused and is to be sent again: a RespostaReport with an Error, of any text. */
export function writeRefusal(text: string): string {
  return writeResponse(text);
}

/** The receiver failed: a SOAP Fault, to be sent with HTTP status 500 (SOAP 1.1, 6.2). */
export function writeFault(text: string): string {
  return writeSoapMessage(
    '1.1',
    '<soapenv:Fault><faultcode>soapenv:Server</faultcode>' +
      element('faultstring', xmlText(text)) +
      '</soapenv:Fault>',
  );
}

function writeResponse(error: string | null): string {
  return writeSoapMessage(
    '1.1',
    `<clientRequestwithReturnResponse xmlns="${OPENURI}"><RespostaReport xmlns="${NT_40}">` +
      optionalElement('Error', error === null ? null : xmlText(error)) +
      '</RespostaReport></clientRequestwithReturnResponse>',
  );
}

/** A text from anywhere, with U+FFFD for what XML cannot carry: an answer must always be well-formed. */
export function xmlText(text: string): string {
  if (isXmlText(text)) return text;
  return Array.from(text, (character) => (isXmlText(character) ? character : '\uFFFD')).join('');
}
