import type { MessageVersion } from '../domain/report.ts';

/** The namespaces of the wire contract (its message versions and the SOAP versions that carry them). */

/** SOAP 1.1 (W3C Note of 2000-05-08), the contract's own. */
export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
/** SOAP 1.2 (W3C Recommendation of 2007-04-27). */
export const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
/** The wrapper elements of the web service that integrators publish (WSDL RecepcioReports). */
export const OPENURI = 'http://www.openuri.org/';
/** Report and RespostaReport of message version 4.0. */
export const NT_40 = 'http://www.aocat.net/NT/v4.0';
/** Report and RespostaReport of message version 3.2. */
export const NT_32 = 'http://www.aocat.net/NT/v3.2';
/** Report and RespostaReport of each message version. */
export const NT: Record<MessageVersion, string> = { '4.0': NT_40, '3.2': NT_32 };
/** `xsi:nil` (XML Schema Part 1, 2.6.2). */
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
