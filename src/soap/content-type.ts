/** The longest header that is looked at, in characters; a media type has some tens. */
const MAX_CHARACTERS = 2_048;

/** One parameter: a token, or a text in quotes; single quotes are no quotes in HTTP, but servers send them. */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^';]*)'|([^\s;"]*))/g;

/**
 * The parameters of a Content-Type header (RFC 9110, 8.3.1) by their names in lower case, the first of each name.
 * The header is read in one pass, so that what looks like a parameter inside another one's quoted value is none.
 * What does not follow the form is passed over.
 */
export function contentTypeParameters(header: string | null): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  if (header === null) return parameters;
  for (const [, name = '', quoted, single, token] of header.slice(0, MAX_CHARACTERS).matchAll(PARAMETER)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? single ?? token ?? '';
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, value.trim());
  }
  return parameters;
}
