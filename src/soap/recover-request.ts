import type { RecoverErrorCode } from '../domain/errors.ts';
import type { RecoveryRequest, Wanted } from '../domain/recovery.ts';
import { boundText } from './bound-text.ts';
import { NT_40, SOAP_11, SOAP_12, XSI } from './namespaces.ts';
import { integerBetween } from './read-values.ts';
import { DEFAULT_XML_LIMITS, readXml, type XmlElement } from './read-xml.ts';
import type { FaultKind, SoapVersion } from './recover-fault.ts';
import { readXsDate } from './xs-date.ts';

/** The element in Body that names the operation (contract 4.0, PeticioRecuperarReport.xsd). */
const RECOVER_REQUEST = 'PeticioRecuperarReport';

/** A request's own form has a dozen elements; the rest is room for headers such as WS-Security's. */
const REQUEST_LIMITS = { ...DEFAULT_XML_LIMITS, maxNodes: 2_000 };

const MAX_LONG = 2n ** 63n - 1n;

/** What came to the pull operation's address. */
export type RecoverMessage = { readonly soapVersion: SoapVersion } & (
  | { readonly request: RecoveryRequest }
  /** A message that the contract answers with an error. */
  | { readonly error: RecoverErrorCode; readonly text: string }
  /** What SOAP itself refuses. */
  | { readonly fault: FaultKind; readonly text: string }
);

/**
 * Reads a request of RecuperarReport, SOAP 1.1 or 1.2. Where the message follows the schema, nothing is passed over:
 * elements stand in their order, and there are no others.
 *
 * Never throws, whatever the bytes. The caller bounds the size. Texts name elements, never what they hold.
 *
 * @param contentType the value of the HTTP header, for its charset
 */
export function readRecoverMessage(body: Buffer, contentType: string | null): RecoverMessage {
  const read = readXml(body, contentType, REQUEST_LIMITS);
  if ('problem' in read) return faulty('1.1', 'sender', `This is not XML that can be read: ${read.problem}`);
  const { root } = read;
  if (root.name !== 'Envelope')
    return faulty('1.1', 'sender', 'This is not a SOAP message: its root is no Envelope.');
  if (root.namespace !== SOAP_11 && root.namespace !== SOAP_12) {
    return faulty('1.1', 'version-mismatch', 'The Envelope is neither of SOAP 1.1 nor of SOAP 1.2.');
  }
  const soapVersion = root.namespace === SOAP_11 ? '1.1' : '1.2';
  const [header] = childrenOf(root, 'Header');
  if (header?.children.some((entry) => mustBeUnderstood(entry, root.namespace)) === true) {
    return faulty(soapVersion, 'must-understand', 'A header must be understood, and none is here.');
  }
  const bodies = childrenOf(root, 'Body');
  const [content] = bodies;
  if (content === undefined || bodies.length > 1) {
    return faulty(soapVersion, 'sender', 'The Envelope must have one Body.');
  }
  const [operation, more] = content.children;
  if (operation === undefined || operation.name !== RECOVER_REQUEST || operation.namespace !== NT_40) {
    return { soapVersion, error: 501, text: `The Body holds no {${NT_40}}${RECOVER_REQUEST}.` };
  }
  try {
    if (more !== undefined) throw new Refusal(101, `Body has more than ${RECOVER_REQUEST}.`);
    return { soapVersion, request: readOperation(operation) };
  } catch (error) {
    if (error instanceof Refusal) return { soapVersion, error: error.code, text: error.message };
    throw error;
  }
}

function faulty(soapVersion: SoapVersion, fault: FaultKind, text: string): RecoverMessage {
  return { soapVersion, fault, text };
}

function childrenOf(envelope: XmlElement, name: string): XmlElement[] {
  return envelope.children.filter((child) => child.name === name && child.namespace === envelope.namespace);
}

/** Whom SOAP 1.1 (4.2.2) and SOAP 1.2 (2.2) call the next node: every one on the way, the last included. */
const NEXT = ['http://schemas.xmlsoap.org/soap/actor/next', `${SOAP_12}/role/next`];
const ULTIMATE_RECEIVER = `${SOAP_12}/role/ultimateReceiver`;

/** Whether a header is for us and may not be passed over (SOAP 1.1, 4.2.3; SOAP 1.2, 5.2.3). */
function mustBeUnderstood({ attributes }: XmlElement, soap: string): boolean {
  const flag = attributes.get(`{${soap}}mustUnderstand`)?.trim() ?? '';
  const role = attributes.get(`{${soap}}${soap === SOAP_11 ? 'actor' : 'role'}`)?.trim() ?? '';
  return (flag === '1' || flag === 'true') && ['', ULTIMATE_RECEIVER, ...NEXT].includes(role);
}

class Refusal extends Error {
  readonly code: RecoverErrorCode;

  constructor(code: RecoverErrorCode, text: string) {
    super(text);
    this.code = code;
  }
}

function readOperation(operation: XmlElement): RecoveryRequest {
  const parts = new Parts(operation);
  const backOffice = parts.next('BackOffice');
  const user = parts.next('Usuari') ?? parts.refuse('Usuari');
  const code = backOffice === null ? '' : textOf(backOffice);
  const entity = readUser(user);
  const wanted = readWanted(parts);
  parts.end();
  // Generated clients write an empty element for what they leave out.
  return { entity, backOffice: code === '' ? null : code, wanted };
}

function readUser(user: XmlElement): RecoveryRequest['entity'] {
  const kinds = new Parts(user);
  for (const kind of ['Ciutada', 'Representant', 'FuncionariHabilitat']) {
    if (kinds.next(kind) !== null) {
      throw new Refusal(502, `RecuperarReport is for Usuari/Empleat, not for ${kind}.`);
    }
  }
  const employee = new Parts(kinds.next('Empleat') ?? kinds.refuse('Empleat'));
  kinds.end();
  const organisation = codeOf(employee.next('CodiOrganisme') ?? employee.refuse('CodiOrganisme'));
  const given = employee.next('CodiDepartament');
  employee.end();
  const department = given === null ? '' : codeOf(given);
  if (department.trim() === '') throw new Refusal(627, 'CodiDepartament is required.');
  return { organisation, department };
}

const readId = integerBetween(0n, MAX_LONG);

function readWanted(parts: Parts): Wanted {
  const id = parts.next('IdNotificacio');
  if (id !== null) {
    const notification = readId(textOf(id));
    if (notification === null)
      throw new Refusal(101, 'IdNotificacio is no number from 0 to 9223372036854775807.');
    return { notification };
  }
  const day = parts.next('DataReport');
  if (day === null && parts.isAtEnd) throw new Refusal(3015, 'DataReport or IdNotificacio is required.');
  const text = textOf(day ?? parts.refuse('IdNotificacio or DataReport'));
  if (text.trim() === '') throw new Refusal(3015, 'DataReport is required.');
  const date = readXsDate(text);
  if (date === null) throw new Refusal(101, 'DataReport is no xs:date, such as 2026-11-24.');
  return { date };
}

/** The children of an element that has a sequence of them, one after the other. */
class Parts {
  readonly #parent: XmlElement;
  #place = 0;

  constructor(parent: XmlElement) {
    requireNoAttributes(parent);
    if (parent.text.trim() !== '') throw new Refusal(101, `${parent.name} holds text between its elements.`);
    this.#parent = parent;
  }

  get isAtEnd(): boolean {
    return this.#place >= this.#parent.children.length;
  }

  /** Takes the next child where it has this name; null where it has not. */
  next(name: string): XmlElement | null {
    const child = this.#parent.children[this.#place];
    if (child?.name !== name || child.namespace !== NT_40) return null;
    this.#place += 1;
    return child;
  }

  /** @throws Refusal 101, since what is expected is not the next child */
  refuse(expected: string): never {
    const child = this.#parent.children[this.#place];
    const found = child === undefined ? 'ends' : `has ${nameOf(child)}`;
    throw new Refusal(101, `${this.#parent.name} ${found} where ${expected} is expected.`);
  }

  /** @throws Refusal 101 where there are further children */
  end(): void {
    if (!this.isAtEnd) this.refuse('its end');
  }
}

/** The text of an element of a simple type. */
function textOf(element: XmlElement): string {
  requireNoAttributes(element);
  if (element.children.length > 0) throw new Refusal(101, `${element.name} holds elements, not text.`);
  return element.text;
}

/** A code of ours has no line breaks: a text that has them was laid out by its writer. */
function codeOf(element: XmlElement): string {
  const text = textOf(element);
  return /[\t\n\r]/.test(text) ? text.trim() : text;
}

/** The contract's types have no attributes; those of XML Schema itself may stand on any element, but for nil. */
function requireNoAttributes({ name, attributes }: XmlElement): void {
  const allowed = ['schemaLocation', 'noNamespaceSchemaLocation', 'type'].map((own) => `{${XSI}}${own}`);
  for (const attribute of attributes.keys()) {
    if (!allowed.includes(attribute)) throw new Refusal(101, `${name} has an attribute.`);
  }
}

/** An element's name for a sentence; of a stranger no more than a name is long. */
function nameOf({ namespace, name }: XmlElement): string {
  return boundText(namespace === NT_40 ? name : `{${namespace}}${name}`, 100);
}
