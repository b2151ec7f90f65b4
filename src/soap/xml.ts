/**
 * Canonical XML (Canonical XML 1.0, 2.3) written as text. What these functions return is its own canonical
 * form, so that a digest of it is a digest of the bytes sent. All text must be XML 1.0's (`isXmlText`).
 */

const TEXT_SPECIALS = /[&<>\r]/;
const ATTRIBUTE_SPECIALS = /[&<"\t\n\r]/;

/** Escapes character data. A CR becomes `&#xD;`, or a parser would read it back as LF. */
export function escapeText(text: string): string {
  // Most texts need nothing: one test is cheaper than four replacements.
  if (!TEXT_SPECIALS.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

/** Escapes the value of an attribute that stands between double quotes. */
export function escapeAttribute(value: string): string {
  if (!ATTRIBUTE_SPECIALS.test(value)) return value;
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}

/** An element without attributes that holds a text. */
export function element(name: string, text: string): string {
  return `<${name}>${escapeText(text)}</${name}>`;
}

/** The same, or nothing where the text is unknown. */
export function optionalElement(name: string, text: string | null): string {
  return text === null ? '' : element(name, text);
}
