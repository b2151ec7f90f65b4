/**
 * Whether XML 1.0 can carry every character of a text (production 2, Char): no control characters but tab,
 * line feed and carriage return, no lone surrogates, no U+FFFE or U+FFFF.
 */
export function isXmlText(text: string): boolean {
  return !NOT_XML.test(text);
}

const NOT_XML =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The length of a text in characters (code points), as XML Schema counts it. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
