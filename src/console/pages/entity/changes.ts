import type { Draft, EndpointDraft } from './draft.ts';

/** A member of a configuration that changes as a whole. */
type Member = readonly [path: string, read: (draft: Draft) => unknown];

const OWN = [
  'organisationName',
  'departmentName',
  'online',
  'daily',
  'sendCancelled',
  'retryDelays',
] as const satisfies (keyof Draft)[];

const OF_ENDPOINT = [
  'url',
  'messageVersion',
  'timeoutMs',
  'policy',
  'authentication',
  'tls',
  'envelope',
] as const satisfies (keyof EndpointDraft)[];

const MEMBERS: readonly Member[] = [
  ...OWN.map((name): Member => [name, (draft) => draft[name]]),
  ...OF_ENDPOINT.map((name): Member => [`endpoint.${name}`, (draft) => draft.endpoint[name]]),
];

/** The members in which two configurations differ, as paths: `endpoint.url`, `backOffices.GEST`. */
export function changedPaths(before: Draft, after: Draft): string[] {
  const own = MEMBERS.filter(([, read]) => !isSame(read(before), read(after))).map(([path]) => path);
  const codes = new Set([...Object.keys(before.backOffices), ...Object.keys(after.backOffices)]);
  const others = [...codes]
    .filter((code) => !isSame(before.backOffices[code], after.backOffices[code]))
    .map((code) => `backOffices.${code}`);
  return [...own, ...others];
}

/**
 * Puts one's own changes onto what somebody else has made of a configuration meanwhile.
 *
 * @param base what both began with
 */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Draft {
  const changed = new Set(changedPaths(base, mine));
  const pick = <Part extends object>(prefix: string, names: readonly (keyof Part & string)[]) => {
    return (own: Part, other: Part): Part => ({
      ...other,
      ...Object.fromEntries(
        names.filter((name) => changed.has(prefix + name)).map((name) => [name, own[name]]),
      ),
    });
  };
  const backOffices = { ...theirs.backOffices };
  for (const code of Object.keys({ ...base.backOffices, ...mine.backOffices })) {
    if (!changed.has(`backOffices.${code}`)) continue;
    const own = mine.backOffices[code];
    if (own === undefined) delete backOffices[code];
    else backOffices[code] = own;
  }
  return {
    ...pick<Draft>('', OWN)(mine, theirs),
    endpoint: pick<EndpointDraft>('endpoint.', OF_ENDPOINT)(mine.endpoint, theirs.endpoint),
    backOffices,
  };
}

/** Whether two values of JSON are the same, whatever the order of members. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const one = new Map<string, unknown>(Object.entries(a));
  const other = new Map<string, unknown>(Object.entries(b));
  return [...new Set([...one.keys(), ...other.keys()])].every((name) =>
    isSame(one.get(name), other.get(name)),
  );
}
