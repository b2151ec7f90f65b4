/** A part of a row, by what it is coloured by. */
interface XmlPart {
  readonly kind: 'mark' | 'name' | 'attribute' | 'value' | 'text' | 'comment';
  readonly text: string;
}

/** A row of XML as it is shown: a tag, a text, or an element that has nothing but a text. */
export interface XmlRow {
  readonly depth: number;
  readonly parts: readonly XmlPart[];
  /** Of an opening tag, the place of the row that closes it; null of what cannot be folded. */
  readonly end: number | null;
  /** Whether it is a closing tag. */
  readonly isClosing: boolean;
}

/** What is longer is shown as it is, in characters: nobody reads a tree of so many rows. */
const MAX_LENGTH = 300_000;

const ATTRIBUTE = String.raw`[^\s=/<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*')`;
const TOKEN = new RegExp(
  String.raw`<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|</[^\s<>/]+\s*>|<[^\s<>/!?]+(?:\s+${ATTRIBUTE})*\s*/?>|[^<]+`,
  'y',
);
const PART = /\s+|[^\s=/<>"']+|=|"[^"]*"|'[^']*'|\/?>|<\/?/g;

/**
 * Sets XML in rows, one for each tag and text, as it stands: nothing is resolved, and spaces between tags are left out.
 * `DOMParser` would do it, but the pages' policy (Trusted Types) lets no text become a document.
 *
 * @returns null for what is no well-formed XML, or too long to be looked at so
 */
export function xmlRows(xml: string): readonly XmlRow[] | null {
  const tokens = tokensOf(xml);
  if (tokens === null) return null;
  const rows: { depth: number; parts: XmlPart[]; end: number | null; isClosing: boolean }[] = [];
  const open: { readonly name: string; readonly row: number }[] = [];
  const add = (parts: XmlPart[], isClosing = false): number =>
    rows.push({ depth: open.length, parts, end: null, isClosing }) - 1;
  for (let place = 0; place < tokens.length; place += 1) {
    const token = tokens[place] ?? '';
    if (token.startsWith('</')) {
      const opened = open.pop();
      if (opened === undefined || opened.name !== nameOf(token)) return null;
      const end = add(tagParts(token), true);
      const row = rows[opened.row];
      if (row !== undefined) row.end = end;
    } else if (isOpening(token)) {
      const whole = wholeElement(tokens, place);
      if (whole === null) open.push({ name: nameOf(token), row: add(tagParts(token)) });
      else {
        add(whole.parts);
        place = whole.last;
      }
    } else if (token.startsWith('<')) add(otherParts(token));
    else if (token.trim() !== '') add([{ kind: 'text', text: token.trim() }]);
  }
  return open.length > 0 || rows.length === 0 ? null : rows;
}

/** The lines of a text as they are compared: of XML its rows, set in by their depth. */
export function comparableLines(text: string): string[] {
  const rows = xmlRows(text);
  if (rows === null) return text.split(/\r?\n/);
  return rows.map(({ depth, parts }) => '  '.repeat(depth) + parts.map((part) => part.text).join(''));
}

function tokensOf(xml: string): string[] | null {
  if (xml.length > MAX_LENGTH) return null;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const [token] = TOKEN.exec(xml) ?? [];
    if (token === undefined) return null;
    tokens.push(token);
  }
  return tokens;
}

/** An element that has a text alone, or nothing, is one row. */
function wholeElement(tokens: readonly string[], place: number) {
  const [opening = '', second = '', third = ''] = tokens.slice(place, place + 3);
  const isEmpty = second === `</${nameOf(opening)}>`;
  if (!isEmpty && (second.startsWith('<') || nameOf(third) !== nameOf(opening) || !third.startsWith('</'))) {
    return null;
  }
  const text: XmlPart[] = isEmpty ? [] : [{ kind: 'text', text: second.trim() }];
  return {
    parts: [...tagParts(opening), ...text, ...tagParts(isEmpty ? second : third)],
    last: place + (isEmpty ? 1 : 2),
  };
}

function isOpening(token: string): boolean {
  return /^<[^!?/]/.test(token) && !token.endsWith('/>');
}

function nameOf(tag: string): string {
  return /^<\/?([^\s/>]+)/.exec(tag)?.[1] ?? '';
}

function otherParts(token: string): XmlPart[] {
  if (token.startsWith('<!--') || token.startsWith('<?')) return [{ kind: 'comment', text: token }];
  return token.startsWith('<!') ? [{ kind: 'text', text: token }] : tagParts(token);
}

function tagParts(tag: string): XmlPart[] {
  let isNamed = false;
  return (tag.match(PART) ?? []).map((text) => {
    if (/^["']/.test(text)) return { kind: 'value', text };
    if (/^[\s=<>/]/.test(text)) return { kind: 'mark', text: /^\s/.test(text) ? ' ' : text };
    const kind = isNamed ? 'attribute' : 'name';
    isNamed = true;
    return { kind, text };
  });
}
