import { isDeepStrictEqual } from 'node:util';

/** Paths told of one change; more would not help. */
const MAX_PATHS = 100;

/**
 * The dotted paths of the members in which settings differ from those before them, never their values; maps count by
 * their keys. What the settings before had besides is passed over.
 */
export function changedMembers(before: object, after: object): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .flatMap(([name, value]) => pathsOf(old.get(name), value, name))
    .slice(0, MAX_PATHS);
}

/** What of a configuration is no secret, holds none, and is short: the ends of the paths of its members. */
const SHOWN =
  /^(organisationName|departmentName|online|daily|sendCancelled|retryDelays)$|(^|\.)(timeoutMs|messageVersion|(policy|authentication)\.type|envelope\.(soapVersion|wrapper|soapAction))$/;

/** A member before and after a change. */
interface ChangedValue {
  readonly member: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What changed members were and are, of those that are no secret and can hold none; an address may hold one. */
export function changedValues(before: object, after: object, members: readonly string[]): ChangedValue[] {
  return members
    .filter((member) => SHOWN.test(member))
    .map((member) => ({ member, before: valueAt(before, member), after: valueAt(after, member) }));
}

/** Null where there is none; a back office's code that has dots is passed over. */
function valueAt(settings: unknown, path: string): unknown {
  let value: unknown = settings;
  for (const name of path.split('.')) value = membersOf(value)?.get(name);
  return value ?? null;
}

function pathsOf(before: unknown, after: unknown, path: string): string[] {
  const old = membersOf(before);
  const now = membersOf(after);
  if (old === null || now === null) return isDeepStrictEqual(before, after) ? [] : [path];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    pathsOf(old.get(name), now.get(name), `${path}.${name}`),
  );
}

function membersOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map<string, unknown>(value instanceof Map ? value : Object.entries(value));
}
