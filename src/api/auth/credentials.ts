/** No key is nearly as long; longer texts are not worth a query. */
const MAX_KEY_LENGTH = 1_024;

/** RFC 6750, 2.1: the scheme in any case, one or more spaces, a b64token. */
const BEARER = /^Bearer +(?<key>[A-Za-z0-9\-._~+/]+=*) *$/i;
/** RFC 7617, 2: user and password in base64, divided by the first colon. */
const BASIC = /^Basic +(?<pair>[A-Za-z0-9+/]+=*) *$/i;

/**
 * The key that an Authorization header brings; null where it brings none.
 *
 * @param withBasic whether HTTP Basic is taken too: the key is the password, whatever the user
 */
export function readCredentials(header: string | undefined, withBasic: boolean): string | null {
  const key = BEARER.exec(header ?? '')?.groups?.key ?? (withBasic ? passwordOf(header) : undefined);
  return key === undefined || key === '' || key.length > MAX_KEY_LENGTH ? null : key;
}

function passwordOf(header: string | undefined): string | undefined {
  const pair = BASIC.exec(header ?? '')?.groups?.pair;
  if (pair === undefined) return undefined;
  const text = Buffer.from(pair, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : text.slice(colon + 1);
}
