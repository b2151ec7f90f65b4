import type { EnvelopeOptions } from '../domain/entity.ts';
import { OPENURI, SOAP_11, SOAP_12 } from './namespaces.ts';

/** The namespace of each SOAP version. */
export const SOAP_NAMESPACES = { '1.1': SOAP_11, '1.2': SOAP_12 } as const;

/**
 * The SOAP message that carries a report, without a Security header.
 *
 * @param reportXml the Report element, declaring its own namespaces
 */
export function writeEnvelope(reportXml: string, options: EnvelopeOptions): string {
  return writeSoapMessage(options.soapVersion, writeContent(reportXml, options));
}

/** What lies in the Body: the Report, enclosed or bare, which declares its own namespaces. */
export function writeContent(reportXml: string, { wrapper }: EnvelopeOptions): string {
  return wrapper
    ? `<clientRequestwithReturn xmlns="${OPENURI}">${reportXml}</clientRequestwithReturn>`
    : reportXml;
}

/**
 * A SOAP message without headers.
 *
 * @param content the Body's content, declaring its own namespaces (a Fault uses the prefix `soapenv`)
 */
export function writeSoapMessage(soapVersion: EnvelopeOptions['soapVersion'], content: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="${SOAP_NAMESPACES[soapVersion]}">` +
    `<soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`
  );
}

/**
 * The HTTP headers that say what the message is: Content-Type, and in SOAP 1.1 SOAPAction, which is required
 * even when empty (SOAP 1.1, 6.1.1). SOAP 1.2 has the action in a parameter, left out when empty (RFC 3902).
 */
export function contentHeaders(options: EnvelopeOptions): Record<string, string> {
  const action = uriText(options.soapAction);
  if (options.soapVersion === '1.1') {
    return { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: `"${action}"` };
  }
  const parameter = action === '' ? '' : `; action="${action}"`;
  return { 'Content-Type': `application/soap+xml; charset=utf-8${parameter}` };
}

/**
 * An action as a URI may hold it: what no URI has (RFC 3986, 2) is percent-encoded, so that quotes, backslashes
 * and line breaks can neither end the quoted string nor the header.
 */
function uriText(action: string): string {
  return action.replace(/[^\x21\x23-\x5B\x5D-\x7E]/gu, (character) =>
    Buffer.from(character, 'utf8')
      .toString('hex')
      .replace(/../g, (byte) => `%${byte.toUpperCase()}`),
  );
}
