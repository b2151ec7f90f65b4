/** How a secret stands in a request: a text, `{"set":true}` where it stays, null or absent where there is none. */
export type GivenSecret = string | { readonly set: true } | null | undefined;

/** Tells of a fault; `member` is a path within the endpoint. */
export type Tell = (member: string, detail: string) => void;

/**
 * Reads a secret; null where there is none.
 *
 * @param stored what stays where the request says so
 */
export function readSecret(
  given: GivenSecret,
  stored: string | null,
  member: string,
  tell: Tell,
): string | null {
  if (given === undefined || given === null) return null;
  if (typeof given === 'string') return given;
  if (stored === null || stored === '') {
    tell(member, 'is to be kept, but none is set');
    return null;
  }
  return stored;
}

/** How a secret is answered: whether it is set, and nothing of it. */
export function viewSecret(secret: string | null): { set: true } | null {
  return secret === null || secret === '' ? null : { set: true };
}
