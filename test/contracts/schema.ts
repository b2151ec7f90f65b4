import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

/** The project's schemas and, beside the project where they exist, the official ones. */
const OURS = new URL('../../schemas/', import.meta.url);
const OFFICIAL = new URL('../../../shared/official/4.0/', import.meta.url);
const OFFICIAL_32 = new URL('../../../shared/official/3.2/', import.meta.url);

export const officialExists = existsSync(OFFICIAL);

xmlRegisterFsInputProviders();

/** What of a contract validates: the messages alone, and the web service's wrapper elements around them. */
export interface Contract {
  readonly messages: XsdValidator;
  readonly wrappers: XsdValidator;
}

export function ourContract(): Contract {
  return {
    messages: loadXsd(new URL('report-4.0.xsd', OURS)),
    wrappers: loadWsdl(new URL('recepcio-reports-4.0.wsdl', OURS)),
  };
}

export function officialContract(): Contract {
  return {
    messages: loadXsd(new URL('wsdl/Reports.xsd', OFFICIAL)),
    wrappers: loadWsdl(new URL('wsdl/RecepcioReports.wsdl', OFFICIAL)),
  };
}

/** What of the pull operation validates: its requests and its answers. */
export interface RecoverContract {
  readonly requests: XsdValidator;
  readonly answers: XsdValidator;
}

export function ourRecoverContract(): RecoverContract {
  const both = loadXsd(new URL('recuperar-report-4.0.xsd', OURS));
  return { requests: both, answers: both };
}

export function officialRecoverContract(): RecoverContract {
  return {
    requests: loadXsd(new URL('xsds/PeticioRecuperarReport.xsd', OFFICIAL)),
    answers: loadXsd(new URL('xsds/RespostaRecuperarReport.xsd', OFFICIAL)),
  };
}

/** Report and RespostaReport of message version 3.2, as our schema has them. */
export function ourMessages32(): Messages32 {
  const validator = loadXsd(new URL('report-3.2.xsd', OURS));
  return { reports: validator, answers: validator };
}

/** The same as the official schemas have them. */
export function officialMessages32(): Messages32 {
  return {
    reports: loadXsd(new URL('xsds/Report.xsd', OFFICIAL_32)),
    answers: loadXsd(new URL('xsds/RespostaReport.xsd', OFFICIAL_32)),
  };
}

/** What validates messages of version 3.2. */
export interface Messages32 {
  readonly reports: XsdValidator;
  readonly answers: XsdValidator;
}

/** What the official WSDL of 3.2 says of the message around a Report. */
export function officialService32(): { readonly soapAction: string | null; readonly wrapper: string | null } {
  const wsdl = readFileSync(new URL('wsdl/integracioReports.wsdl', OFFICIAL_32), 'utf8');
  const names = {
    soap: 'http://schemas.xmlsoap.org/wsdl/soap/',
    wsdl: 'http://schemas.xmlsoap.org/wsdl/',
    xs: 'http://www.w3.org/2001/XMLSchema',
  };
  return withDocument(wsdl, (doc) => {
    const text = (path: string): string | null => doc.get(path, names)?.content ?? null;
    const namespace = text(
      '//xs:schema[xs:element/xs:complexType//xs:element/@ref="v3:Report"]/@targetNamespace',
    );
    const name = text('//xs:element[.//xs:element/@ref="v3:Report"]/@name');
    return { soapAction: text('//soap:operation/@soapAction'), wrapper: `<${name} xmlns="${namespace}">` };
  });
}

function loadXsd(file: URL): XsdValidator {
  const url = fileURLToPath(file);
  const doc = XmlDocument.fromBuffer(readFileSync(url), { url });
  try {
    return XsdValidator.fromDoc(doc);
  } finally {
    doc.dispose();
  }
}

/** The schema inside a WSDL's types, as generators read it. */
function loadWsdl(file: URL): XsdValidator {
  const url = fileURLToPath(file);
  const wsdl = XmlDocument.fromBuffer(readFileSync(url), { url });
  const schema = wsdl.get('//xs:schema', { xs: 'http://www.w3.org/2001/XMLSchema' });
  if (schema === null) throw new Error(`${url} has no schema`);
  // Canonical XML brings the namespaces that the WSDL declares above; the address finds the imports.
  const doc = XmlDocument.fromString(schema.canonicalizeToString(), { url });
  try {
    return XsdValidator.fromDoc(doc);
  } finally {
    doc.dispose();
    wsdl.dispose();
  }
}

/** What libxml2 says against a document; null where it is valid. */
export function validationError(validator: XsdValidator, xml: string): string | null {
  return withDocument(xml, (doc) => {
    try {
      validator.validate(doc);
      return null;
    } catch (error) {
      if (error instanceof XmlValidateError) return error.message;
      throw error;
    }
  });
}

/** Parses with libxml2, which knows nothing of our reader and writer. */
export function withDocument<T>(xml: string, use: (doc: XmlDocument) => T): T {
  const doc = XmlDocument.fromBuffer(Buffer.from(xml, 'utf8'));
  try {
    return use(doc);
  } finally {
    doc.dispose();
  }
}

/** What libxml2 says against the content of a SOAP message's Body; null where it is valid. */
export function bodyError(validator: XsdValidator, message: string): string | null {
  return validationError(validator, bodyContent(message));
}

/** The one element in a SOAP message's Body, with the namespaces that it needs. */
function bodyContent(message: string): string {
  return withDocument(message, (doc) => {
    const children = doc.find('/*/*[local-name()="Body"]/*');
    const [child] = children;
    if (children.length !== 1 || !(child instanceof XmlElement)) throw new Error('not one element in Body');
    return child.canonicalizeToString();
  });
}

/** The SOAPAction that our WSDL gives the operation. */
export function wsdlSoapAction(): string | null {
  const wsdl = readFileSync(new URL('recepcio-reports-4.0.wsdl', OURS), 'utf8');
  return withDocument(wsdl, (doc) => {
    const action = doc.get('//soap:operation/@soapAction', { soap: 'http://schemas.xmlsoap.org/wsdl/soap/' });
    return action?.content ?? null;
  });
}

/** The texts of all elements that have no child elements. */
export function leaves(doc: XmlDocument): string[] {
  return doc.find('//*[not(*)]').map((node) => node.content);
}
