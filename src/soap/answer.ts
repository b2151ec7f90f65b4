import { boundText } from './bound-text.ts';
import { NT_40, OPENURI, SOAP_11, SOAP_12 } from './namespaces.ts';
import { DEFAULT_XML_LIMITS, readXml, type XmlElement } from './read-xml.ts';

/** What an integrator's answer says of the report. */
export type Answer =
  | { readonly kind: 'acknowledged' }
  /** An Error element; `text` null where it is empty. */
  | { readonly kind: 'refused'; readonly text: string | null }
  /** A SOAP Fault; `text` null where it says nothing. */
  | { readonly kind: 'faulted'; readonly text: string | null }
  /** Not an answer of the contract; `detail` is a sentence for the log. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/** The longest text of a Fault or Error that is kept, in UTF-16 units. */
export const MAX_ANSWER_TEXT = 4_000;

/**
 * Reads the body of an HTTP answer by the contract: an Error element, even an empty one, or a Fault means
 * "retry"; only a RespostaReport in its place and without Error acknowledges. What is lenient here (prefixes,
 * SOAP version, charsets, an Error's namespace and place, a Fault with malformed bytes) can only tell a failure
 * better; nothing that the contract does not have is taken for an acknowledgement.
 *
 * Never throws, whatever the bytes. The caller bounds the size.
 *
 * @param contentType the value of the HTTP header, for its charset
 */
export function readAnswer(body: Buffer, contentType: string | null): Answer {
  if (body.length === 0) return unreadable('the answer is empty');
  const strict = readXml(body, contentType);
  if ('root' in strict) return judge(strict.root);
  // A Fault in undeclared Latin-1 is no XML, but an operator needs its text.
  const tolerant = readXml(body, contentType, { ...DEFAULT_XML_LIMITS, malformedBytes: 'replace' });
  if ('root' in tolerant) {
    const answer = judge(tolerant.root);
    if (answer.kind === 'refused' || answer.kind === 'faulted') return answer;
  }
  if (looksLikeHtml(body)) return unreadable('the answer is an HTML page, not a SOAP message');
  return unreadable(`the answer is not XML that can be read: ${strict.problem}`);
}

function judge(root: XmlElement): Answer {
  if (root.name.toLowerCase() === 'html') {
    return unreadable('the answer is an HTML page, not a SOAP message');
  }
  if (root.name !== 'Envelope' || (root.namespace !== SOAP_11 && root.namespace !== SOAP_12)) {
    return unreadable(`the answer is ${nameOf(root)}, not a SOAP Envelope`);
  }
  const bodies = root.children.filter((child) => child.name === 'Body' && child.namespace === root.namespace);
  const [body] = bodies;
  if (body === undefined) return unreadable('the SOAP Envelope has no Body');
  if (bodies.length > 1) return unreadable('the SOAP Envelope has more than one Body');

  const fault = body.children.find((child) => child.name === 'Fault');
  if (fault !== undefined) return { kind: 'faulted', text: faultText(fault) };
  const error = findElement(body, 'Error');
  if (error !== null) return { kind: 'refused', text: bounded(deepText(error)) };
  return acknowledgement(body);
}

/** Whether the Body holds the contract's RespostaReport, in its wrapper or bare, and nothing else. */
function acknowledgement(body: XmlElement): Answer {
  const [first] = body.children;
  if (first === undefined) return unreadable('the SOAP Body is empty');
  const wrapped = first.name === 'clientRequestwithReturnResponse' && first.namespace === OPENURI;
  const path = wrapped ? [body, first] : [body];
  const response = wrapped ? first.children[0] : first;
  if (response === undefined) return unreadable('clientRequestwithReturnResponse is empty');
  if (response.name !== 'RespostaReport' || response.namespace !== NT_40) {
    return unreadable(`the answer holds ${nameOf(response)}, not {${NT_40}}RespostaReport`);
  }
  if ([...path, response].some((element) => element.text.trim() !== '')) {
    return unreadable('the answer holds text where the contract has none');
  }
  const stranger = path.map((element) => element.children[1]).find((child) => child !== undefined);
  const unexpected = stranger ?? response.children[0];
  if (unexpected !== undefined) {
    return unreadable(`the answer holds ${nameOf(unexpected)}, which the contract does not have there`);
  }
  return { kind: 'acknowledged' };
}

/** SOAP 1.1: faultcode, faultstring, detail. SOAP 1.2: Code (with Subcodes), Reason, Detail. */
function faultText(fault: XmlElement): string | null {
  const of = (...names: string[]): string =>
    fault.children
      .filter((child) => names.includes(child.name))
      .map(deepText)
      .filter((text) => text !== '')
      .join(' ');
  const summary = [of('faultcode', 'Code'), of('faultstring', 'Reason')].filter((text) => text !== '');
  const detail = of('detail', 'Detail');
  const parts = [summary.join(': '), detail === '' ? '' : `(${detail})`].filter((text) => text !== '');
  return bounded(parts.join(' ')) ?? bounded(deepText(fault));
}

/** The first descendant of that local name, in document order. */
function findElement(element: XmlElement, name: string): XmlElement | null {
  for (const child of element.children) {
    const found = child.name === name ? child : findElement(child, name);
    if (found !== null) return found;
  }
  return null;
}

/** All the text in an element, on one line. */
function deepText(element: XmlElement): string {
  const texts: string[] = [];
  const collect = (from: XmlElement): void => {
    texts.push(from.text);
    from.children.forEach(collect);
  };
  collect(element);
  return texts.join(' ').replace(/\s+/g, ' ').trim();
}

function bounded(text: string): string | null {
  return text === '' ? null : boundText(text, MAX_ANSWER_TEXT);
}

function nameOf({ namespace, name }: XmlElement): string {
  return boundText(namespace === '' ? name : `{${namespace}}${name}`, 200);
}

function looksLikeHtml(body: Buffer): boolean {
  return /^(?:\xEF\xBB\xBF)?\s*<(?:!doctype\s+html|html)\b/i.test(body.toString('latin1', 0, 200));
}

function unreadable(detail: string): Answer {
  return { kind: 'unreadable', detail };
}
