/** A media type and its parameters (RFC 9110, 8.3.1). */
export interface ContentType {
  /** `type/subtype` in lower case; empty where there is none. */
  readonly type: string;
  /** By name in lower case; the first of each name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The longest header that is looked at, in characters; a media type has some tens. */
const MAX_CHARACTERS = 2_048;

/** One parameter: a token, or a text in quotes; single quotes are no quotes in HTTP, but servers send them. */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^';]*)'|([^\s;"]*))/g;

/**
 * Takes a Content-Type header apart, in one pass: a parameter's name inside another one's quoted value is none.
 * What does not follow the form is passed over.
 */
export function parseContentType(header: string | null): ContentType {
  const text = (header ?? '').slice(0, MAX_CHARACTERS);
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, single, token] of text.matchAll(PARAMETER)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? single ?? token ?? '';
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, value.trim());
  }
  const [type = ''] = text.split(';', 1);
  return { type: type.trim().toLowerCase(), parameters };
}
