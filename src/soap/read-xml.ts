import { SaxesParser, type SaxesTagNS } from 'saxes';
import { boundText } from './bound-text.ts';
import { decodeXml } from './decode-xml.ts';

/** An element as read: names resolved, comments and processing instructions gone. */
export interface XmlElement {
  /** The namespace's URI; empty where there is none. */
  readonly namespace: string;
  /** The local name. */
  readonly name: string;
  /** By local name, or `{namespace}name` where the attribute has a namespace; no namespace declarations. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The element's own character data, without that of its children. */
  readonly text: string;
}

/** What a document may cost to read, besides its size, which is the caller's to bound. */
export interface XmlLimits {
  readonly maxDepth: number;
  /** Elements and attributes (namespace declarations too) together. */
  readonly maxNodes: number;
  /** Whether bytes that the charset does not have are a problem (XML 1.0, 4.3.3) or become U+FFFD. */
  readonly malformedBytes: 'refuse' | 'replace';
}

/** An answer's own form has 5 elements; the rest is room for the detail of a Fault. */
export const DEFAULT_XML_LIMITS: XmlLimits = {
  maxDepth: 100,
  maxNodes: 10_000,
  malformedBytes: 'refuse',
};

/** The longest problem's sentence, in characters. */
const MAX_PROBLEM_CHARACTERS = 300;

/**
 * Reads a whole XML document into a tree. No DTD is accepted, so there are no entities but the five predefined
 * ones and character references: nothing can expand, and nothing is fetched.
 *
 * Never throws, whatever the bytes.
 *
 * @param contentType the value of the HTTP header, for its charset
 */
export function readXml(
  body: Buffer,
  contentType: string | null,
  limits: XmlLimits = DEFAULT_XML_LIMITS,
): { readonly root: XmlElement } | { readonly problem: string } {
  const decoded = decodeXml(body, contentType, limits.malformedBytes);
  if ('problem' in decoded) return decoded;
  try {
    return { root: parse(decoded.text, limits) };
  } catch (error) {
    // The parser throws for what is not well-formed, and the handlers for what is not allowed.
    const message = error instanceof Error ? error.message : String(error);
    return { problem: boundText(message, MAX_PROBLEM_CHARACTERS) };
  }
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

function parse(text: string, limits: XmlLimits): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  let nodes = 0;
  const countNode = (): void => {
    nodes += 1;
    if (nodes > limits.maxNodes) throw new Error(`more than ${limits.maxNodes} elements and attributes`);
  };

  parser.on('doctype', () => {
    throw new Error('a document type declaration is not allowed');
  });
  // Counted as they come: an element with all attributes that fit the size would cost a second.
  parser.on('attribute', countNode);
  parser.on('opentag', (tag) => {
    if (open.length >= limits.maxDepth) throw new Error(`more than ${limits.maxDepth} levels of elements`);
    countNode();
    const read = openElement(tag);
    const parent = open.at(-1);
    if (parent === undefined) root = read;
    else parent.children.push(read);
    open.push(read);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (added: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += added;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.write(text).close();
  if (root === null) throw new Error('the document has no element');
  return root;
}

function openElement(tag: SaxesTagNS): OpenElement {
  const attributes = new Map<string, string>();
  for (const { name, prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    attributes.set(uri === '' ? local : `{${uri}}${local}`, value);
  }
  return { namespace: tag.uri, name: tag.local, attributes, children: [], text: '' };
}
