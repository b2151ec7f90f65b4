import { writeSoapMessage } from './envelope.ts';
import type { EnvelopeOptions } from '../domain/entity.ts';
import { escapeText } from './xml.ts';
import { xmlText } from './write-answer.ts';

export type SoapVersion = EnvelopeOptions['soapVersion'];

/** Whose fault it is: the client's message, this service, or what SOAP itself has names for. */
export type FaultKind = 'sender' | 'receiver' | 'version-mismatch' | 'must-understand';

/** The codes of SOAP 1.1 (4.4.1) and SOAP 1.2 (5.4.6). */
const CODES: Readonly<Record<SoapVersion, Readonly<Record<FaultKind, string>>>> = {
  '1.1': {
    sender: 'Client',
    receiver: 'Server',
    'version-mismatch': 'VersionMismatch',
    'must-understand': 'MustUnderstand',
  },
  '1.2': {
    sender: 'Sender',
    receiver: 'Receiver',
    'version-mismatch': 'VersionMismatch',
    'must-understand': 'MustUnderstand',
  },
};

/** A SOAP message that holds a Fault. */
export function writeFaultMessage(soapVersion: SoapVersion, kind: FaultKind, text: string): string {
  const code = `soapenv:${CODES[soapVersion][kind]}`;
  const reason = escapeText(xmlText(text));
  return writeSoapMessage(
    soapVersion,
    soapVersion === '1.1'
      ? `<soapenv:Fault><faultcode>${code}</faultcode><faultstring>${reason}</faultstring></soapenv:Fault>`
      : `<soapenv:Fault><soapenv:Code><soapenv:Value>${code}</soapenv:Value></soapenv:Code>` +
          `<soapenv:Reason><soapenv:Text xml:lang="en">${reason}</soapenv:Text></soapenv:Reason></soapenv:Fault>`,
  );
}

/** The HTTP status of a Fault: 500 in SOAP 1.1 (6.2); in SOAP 1.2 400 where the sender is at fault (Part 2, 7.5.2). */
export function faultStatus(soapVersion: SoapVersion, kind: FaultKind): number {
  return soapVersion === '1.2' && kind === 'sender' ? 400 : 500;
}

/** The Content-Type of an answer. */
export function answerType(soapVersion: SoapVersion): string {
  return soapVersion === '1.1' ? 'text/xml; charset=utf-8' : 'application/soap+xml; charset=utf-8';
}
