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

/** What a document may cost to read, besides its size in bytes, which is the caller's to bound. */
export interface XmlLimits {
  readonly maxDepth: number;
  /** Elements and attributes (namespace declarations too) together. */
  readonly maxNodes: number;
  /** Of one element, namespace declarations too. */
  readonly maxAttributes: number;
  /** Of an element or attribute with its prefix, in UTF-16 units. */
  readonly maxNameLength: number;
  /** Of one element's own text, and of one attribute's value, in UTF-16 units. */
  readonly maxTextLength: number;
  /** Tags, comments, references and the like together: each costs the parser, however short it is. */
  readonly maxMarkup: number;
  /** Whether bytes that the charset does not have are a problem (XML 1.0, 4.3.3) or become U+FFFD. */
  readonly malformedBytes: 'refuse' | 'replace';
}

/** An answer's own form has 5 elements; the rest is room for the detail of a Fault. */
export const DEFAULT_XML_LIMITS: XmlLimits = {
  maxDepth: 50,
  maxNodes: 5_000,
  maxAttributes: 100,
  maxNameLength: 1_000,
  maxTextLength: 50_000,
  maxMarkup: 8_000,
  malformedBytes: 'refuse',
};

/** A document, or why it cannot be read. */
export type ReadXml =
  | { readonly root: XmlElement }
  | {
      readonly problem: string;
      /** Whether it is the bytes that are not of their charset; all else may be as it should. */
      readonly malformedBytes: boolean;
    };

/** The longest problem's sentence, in characters. */
const MAX_PROBLEM_CHARACTERS = 300;

/**
 * Reads a whole XML 1.0 document into a tree. No DTD is accepted, so there are no entities but the five
 * predefined ones and character references: nothing can expand, and nothing is fetched. Time and memory are
 * linear in the size.
 *
 * Lenient in one thing: white space and byte order marks before the document are passed over, since what runs
 * before a PHP service leaves them there. They say nothing, and XML only forbids them before a declaration.
 *
 * Never throws, whatever the bytes.
 *
 * @param contentType the value of the HTTP header, for its charset
 */
export function readXml(
  body: Buffer,
  contentType: string | null,
  limits: XmlLimits = DEFAULT_XML_LIMITS,
): ReadXml {
  const decoded = decodeXml(body, contentType, limits.malformedBytes);
  if ('problem' in decoded) return { problem: decoded.problem, malformedBytes: decoded.malformed };
  try {
    return { root: parse(prepared(decoded.text, limits), limits) };
  } catch (error) {
    // The parser throws for what is not well-formed, and the handlers for what is not allowed.
    const message = error instanceof Error ? error.message : String(error);
    const problem = boundText(message.replace(/\.$/, ''), MAX_PROBLEM_CHARACTERS);
    return { problem, malformedBytes: false };
  }
}

/** The document's text with its line ends as XML 1.0, 2.11 wants them before parsing: the parser is slow at it. */
function prepared(text: string, limits: XmlLimits): string {
  let start = 0;
  while (isSpaceOrMark(text.charCodeAt(start))) start += 1;
  const document = start === 0 ? text : text.slice(start);
  refuseMuchMarkup(document, limits.maxMarkup);
  return document.includes('\r') ? document.replace(/\r\n?/g, '\n') : document;
}

function isSpaceOrMark(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09 || unit === 0xfeff;
}

function refuseMuchMarkup(text: string, most: number): void {
  // Almost every document is shorter than its limit.
  if (text.length <= most) return;
  let markup = 0;
  for (const sign of ['<', '&']) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      markup += 1;
      if (markup > most) throw new Error(`more than ${most} tags, comments and references`);
    }
  }
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

function parse(text: string, limits: XmlLimits): XmlElement {
  // A document that calls itself XML 1.1 is read by the rules of 1.0, as SOAP has it.
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  let nodes = 0;
  let attributes = 0;
  const countNode = (name: string): void => {
    nodes += 1;
    if (nodes > limits.maxNodes) throw new Error(`more than ${limits.maxNodes} elements and attributes`);
    if (name.length > limits.maxNameLength)
      throw new Error(`a name of more than ${limits.maxNameLength} characters`);
  };
  const boundLength = (length: number): void => {
    if (length > limits.maxTextLength)
      throw new Error(`a text of more than ${limits.maxTextLength} characters`);
  };

  // Six handlers: with a seventh V8 takes the parser for a dictionary, and all is four times as slow.
  parser.on('doctype', () => {
    throw new Error('a document type declaration is not allowed');
  });
  // Counted as they come: an element with all attributes that fit the size would cost a second.
  parser.on('attribute', ({ name, value }) => {
    countNode(name);
    boundLength(value.length);
    attributes += 1;
    if (attributes > limits.maxAttributes) {
      throw new Error(`more than ${limits.maxAttributes} attributes of one element`);
    }
  });
  parser.on('opentag', (tag) => {
    if (open.length >= limits.maxDepth) throw new Error(`more than ${limits.maxDepth} levels of elements`);
    countNode(tag.name);
    attributes = 0;
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
    if (current === undefined) return;
    boundLength(current.text.length + added.length);
    current.text += added;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.write(text).close();
  if (root === null) throw new Error('the document has no element');
  return root;
}

function openElement(tag: SaxesTagNS): OpenElement {
  return { namespace: tag.uri, name: tag.local, attributes: attributesOf(tag), children: [], text: '' };
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  let attributes: Map<string, string> | null = null;
  for (const { name, prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    attributes ??= new Map();
    attributes.set(uri === '' ? local : `{${uri}}${local}`, value);
  }
  return attributes ?? NO_ATTRIBUTES;
}
