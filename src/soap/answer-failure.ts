import { boundText } from './bound-text.ts';
import type { XmlElement } from './read-xml.ts';
import { deepText, findDescendant, isNamed } from './xml-tree.ts';

/** What an answer says when it says that the report was not taken. */
export type AnsweredFailure =
  /** An Error element; `text` null where it is empty. */
  | { readonly kind: 'refused'; readonly text: string | null }
  /** A SOAP Fault; `text` null where it says nothing. */
  | { readonly kind: 'faulted'; readonly text: string | null };

/** The longest text of a Fault or Error that is kept, in UTF-16 units. */
export const MAX_ANSWER_TEXT = 4_000;

/** Roots that are an answer where the envelope was left out. */
const WITHOUT_ENVELOPE = ['fault', 'respostareport', 'clientrequestwithreturnresponse'];

/**
 * The Fault or the Error of an answer, null where it has none. A Fault counts first: it is the protocol's word.
 *
 * Lenient in all that could hide a failure: namespaces, upper and lower case (Axis and other stacks that make
 * XML of beans write `error`), the Error's depth in the Body, its value (nil and empty too), a second Body, an
 * envelope of another namespace or none. A mistake here costs a retry of a report that was taken, which the
 * contract allows; the opposite one would lose a report.
 */
export function answeredFailure(root: XmlElement): AnsweredFailure | null {
  const contents = contentsOf(root);
  const fault = contents.find((content) => isNamed(content, 'fault'));
  if (fault !== undefined) return { kind: 'faulted', text: faultText(fault) };
  for (const content of contents) {
    const error = isNamed(content, 'error') ? content : findDescendant(content, 'error');
    if (error !== null) return { kind: 'refused', text: deepText(error, MAX_ANSWER_TEXT) };
  }
  return null;
}

/** What lies in each Body, or stands where an envelope should. */
function contentsOf(root: XmlElement): readonly XmlElement[] {
  if (WITHOUT_ENVELOPE.some((name) => isNamed(root, name))) return [root];
  if (!isNamed(root, 'envelope')) return [];
  return root.children.filter((child) => isNamed(child, 'body')).flatMap(({ children }) => children);
}

/**
 * SOAP 1.1 has faultcode, faultstring and detail (4.4), SOAP 1.2 Code with Subcodes, Reason and Detail (5.4).
 * Some stacks send the one in the envelope of the other, so that only the local names count.
 */
function faultText(fault: XmlElement): string | null {
  const textOf = (...names: string[]): string | null => {
    const texts = fault.children
      .filter((child) => names.some((name) => isNamed(child, name)))
      .flatMap((child) => deepText(child, MAX_ANSWER_TEXT) ?? []);
    return texts.length === 0 ? null : texts.join(' ');
  };
  const summary = [textOf('faultcode', 'code'), textOf('faultstring', 'reason')].filter(
    (text) => text !== null,
  );
  const detail = textOf('detail');
  const parts = [summary.join(': '), detail === null ? '' : `(${detail})`].filter((text) => text !== '');
  return parts.length === 0 ? deepText(fault, MAX_ANSWER_TEXT) : boundText(parts.join(' '), MAX_ANSWER_TEXT);
}
