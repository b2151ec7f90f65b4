import type { Report } from '../domain/report.ts';
import { NT_32, NT_40, OPENURI, SOAP_11, SOAP_12 } from './namespaces.ts';
import { readReport40 } from './read-report-40.ts';
import { ReportProblem } from './read-values.ts';
import { DEFAULT_XML_LIMITS, readXml, type XmlElement } from './read-xml.ts';

/** What is read of a report: a daily one of 10,000 notifications has about 300,000 elements. */
export const REPORT_LIMITS = {
  ...DEFAULT_XML_LIMITS,
  maxNodes: 1_000_000,
  maxMarkup: 2_500_000,
  maxTextLength: 1_000_000,
};

/**
 * Reads the request that brings a report of message version 4.0, as an integrator's web service receives it:
 * SOAP 1.1 or 1.2, with the contract's wrapper or without. A notice's natural key is `notification.id`, `state`
 * and `occurredAt` of its item.
 *
 * Never throws, whatever the bytes. The caller bounds the size.
 *
 * @param contentType the value of the HTTP header, for its charset
 * @returns `problem`: a sentence that names elements, never their values
 */
export function readReportRequest(
  body: Buffer,
  contentType: string | null,
): { readonly report: Report } | { readonly problem: string } {
  const read = readXml(body, contentType, REPORT_LIMITS);
  if ('problem' in read) return { problem: `the request is not XML that can be read: ${read.problem}` };
  const report = findReport(read.root);
  if (report?.namespace === NT_32) {
    return { problem: 'the request holds a Report of message version 3.2, and only 4.0 is read here' };
  }
  if (report?.namespace !== NT_40) {
    return { problem: `the request is not a SOAP message that holds {${NT_40}}Report` };
  }
  try {
    return { report: readReport40(report) };
  } catch (error) {
    if (error instanceof ReportProblem) return { problem: error.message };
    throw error;
  }
}

/** The Report, of whatever message version. */
function findReport(root: XmlElement): XmlElement | null {
  if (root.name !== 'Envelope' || (root.namespace !== SOAP_11 && root.namespace !== SOAP_12)) return null;
  const body = root.children.find((child) => child.name === 'Body' && child.namespace === root.namespace);
  const first = body?.children[0];
  const wrapped = first?.name === 'clientRequestwithReturn' && first.namespace === OPENURI;
  const report = wrapped ? first.children[0] : first;
  return report?.name === 'Report' ? report : null;
}
