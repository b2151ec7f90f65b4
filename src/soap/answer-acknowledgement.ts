import type { MessageVersion } from '../domain/report.ts';
import { boundText } from './bound-text.ts';
import { NT, OPENURI, SOAP_11, SOAP_12 } from './namespaces.ts';
import type { XmlElement } from './read-xml.ts';
import { deepText, hasOwnText, qualifiedName } from './xml-tree.ts';

/** Where stacks put RespostaReport inside the contract's wrapper, besides its own namespace. */
const WRAPPED_NAMESPACES: ReadonlySet<string> = new Set([OPENURI, '']);

/** How much of a Body's text is searched for an answer that was written as text. */
const SEARCHED_UNITS = 20_000;

/**
 * Why a document without Fault and Error is still no acknowledgement; null where it is one.
 *
 * An acknowledgement is a SOAP 1.1 or 1.2 envelope whose one Body holds one RespostaReport, in the contract's
 * wrapper or bare, and nothing else: what the contract does not have may say anything. Lenient in two things:
 *
 * - In the wrapper, RespostaReport may be in the wrapper's namespace (npm `soap` writes it so, whatever the
 *   WSDL says) or in none (JAX-WS without a WSDL). The wrapper's name and namespace already say whose answer it
 *   is. A bare one must be in the contract's: nothing else does. One of another message version is never
 *   taken, since a receiver made for that version may have read none of the report.
 * - Headers and attributes in namespaces of their own (xsi:type, encodingStyle, wsu:Id) are passed over; they
 *   are about the message, not about the report.
 *
 * @param version that of the report that was sent
 */
export function acknowledgementProblem(root: XmlElement, version: MessageVersion): string | null {
  if (root.name !== 'Envelope' || (root.namespace !== SOAP_11 && root.namespace !== SOAP_12)) {
    return `the answer is ${qualifiedName(root)}, not a SOAP Envelope`;
  }
  const bodies = root.children.filter((child) => child.name === 'Body' && child.namespace === root.namespace);
  const [body] = bodies;
  if (body === undefined) return 'the SOAP Envelope has no Body';
  if (bodies.length > 1) return 'the SOAP Envelope has more than one Body';
  return envelopeProblem(root, body) ?? contentProblem(body, NT[version]);
}

/** A Header if any, then the Body, then nothing (SOAP 1.2, 5.1; SOAP 1.1 lets stacks add, and none does). */
function envelopeProblem(envelope: XmlElement, body: XmlElement): string | null {
  const [first, ...others] = envelope.children;
  const header = first !== undefined && first.name === 'Header' && first.namespace === envelope.namespace;
  const strangers = header ? others : envelope.children;
  const stranger = strangers.find((child) => child !== body);
  if (stranger !== undefined) return `the SOAP Envelope holds ${qualifiedName(stranger)} beside its Body`;
  return hasOwnText(envelope) ? 'the SOAP Envelope holds text' : null;
}

/** The Body holds RespostaReport of the contract's namespace, alone in the wrapper or bare. */
function contentProblem(body: XmlElement, namespace: string): string | null {
  const [first] = body.children;
  if (first === undefined) return textProblem([body]) ?? 'the SOAP Body is empty';
  if (isOurRequest(first, namespace)) return 'the answer repeats the request';
  const wrapped = first.name === 'clientRequestwithReturnResponse' && first.namespace === OPENURI;
  const response = wrapped ? first.children[0] : first;
  if (response === undefined) return textProblem([first]) ?? `the wrapper ${first.name} is empty`;
  const isInPlace =
    response.namespace === namespace || (wrapped && WRAPPED_NAMESPACES.has(response.namespace));
  if (response.name !== 'RespostaReport' || !isInPlace) {
    return (
      writtenAsText(response) ??
      `the answer holds ${qualifiedName(response)}, not {${namespace}}RespostaReport`
    );
  }
  const path = wrapped ? [body, first] : [body];
  const unexpected = path
    .map(({ children }) => children[1])
    .concat(response.children[0])
    .find(isPresent);
  if (unexpected !== undefined) {
    return `the answer holds ${qualifiedName(unexpected)}, which the contract does not have there`;
  }
  return (
    textProblem([...path, response]) ??
    [first, response].map(attributeProblem).find((problem) => problem !== null) ??
    null
  );
}

function isPresent(element: XmlElement | undefined): element is XmlElement {
  return element !== undefined;
}

/** A web server that gives back what it gets is no receiver. */
function isOurRequest(element: XmlElement, namespace: string): boolean {
  if (element.name === 'clientRequestwithReturn') return element.namespace === OPENURI;
  return element.name === 'Report' && element.namespace === namespace;
}

function textProblem(elements: readonly XmlElement[]): string | null {
  const holder = elements.find(hasOwnText);
  if (holder === undefined) return null;
  return writtenAsText(holder) ?? 'the answer holds text where the contract has none';
}

/** An answer may have been written as a string into an element: no reader of the contract would find it. */
function writtenAsText(element: XmlElement): string | null {
  return WRITTEN_ANSWER.test(deepText(element, SEARCHED_UNITS) ?? '')
    ? 'the answer holds RespostaReport as text (escaped or in CDATA), not as an element'
    : null;
}

const WRITTEN_ANSWER = /<(?:[\w.-]{1,50}:)?RespostaReport\b/;

/**
 * An element that says that it is nil, or that its content is elsewhere (SOAP 1.1, 5.4.1), is no answer; nor is
 * one with an attribute that the contract does not have, whatever it says.
 */
function attributeProblem({ name, attributes }: XmlElement): string | null {
  for (const [attribute, value] of attributes) {
    if (/\}(?:nil|null)$/.test(attribute) && /^\s*(?:true|1)\s*$/.test(value))
      return `the element ${name} is nil`;
    if (!attribute.startsWith('{') && attribute !== 'id') {
      return `the element ${name} has the attribute ${boundText(attribute, 40)}, which the contract does not have`;
    }
  }
  return null;
}
