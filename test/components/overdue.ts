/** Days within which an advisory about a component is dealt with, since it was noted. */
const FRAME_DAYS = { critical: 3, high: 7, moderate: 30, low: 90, info: 90 } as const;

/** Days within which a newer version of the same major is taken. */
const NEWER_DAYS = 90;

const DAY_MS = 86_400_000;

/** A weakness of a component that the registry knows of. */
export interface Advisory {
  readonly component: string;
  /** Its last part is the advisory's name. */
  readonly url: string;
  readonly title: string;
  readonly severity: keyof typeof FRAME_DAYS;
}

/** What is looked at. */
export interface Components {
  readonly advisories: readonly Advisory[];
  /** All versions of dependencies that are not the newest. */
  readonly behind: readonly {
    readonly component: string;
    readonly version: string;
    readonly publishedAt: string;
  }[];
  /** The version of each direct dependency. */
  readonly pinned: Readonly<Record<string, string>>;
  /** What was noted by hand, by an advisory's or a component's name, and since when (a date). */
  readonly known: readonly { readonly name: string; readonly since: string }[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What is beyond its time frame, a line each. An advisory that nobody has noted is beyond it at once: whoever sees it
 * first mends it or notes it, and the frame begins.
 */
export function findOverdue({ advisories, behind, pinned, known, now }: Components): string[] {
  const since = (name: string): number =>
    Date.parse(known.find((each) => each.name === name)?.since ?? '1970-01-01');
  const weak = advisories
    .filter(({ url, severity }) => since(nameOf(url)) + FRAME_DAYS[severity] * DAY_MS < now)
    .map(
      ({ component, url, title, severity }) =>
        `${component}: ${severity}, ${title} (${url}), to be mended within ${FRAME_DAYS[severity]} days`,
    );
  const late = new Map<string, string>();
  for (const { component, version, publishedAt } of behind) {
    const own = pinned[component];
    if (own === undefined || !isNewer(version, own)) continue;
    const begins = Math.max(Date.parse(publishedAt), since(component));
    if (begins + NEWER_DAYS * DAY_MS < now)
      late.set(component, `${component}: ${own}, though ${version} is older than ${NEWER_DAYS} days`);
  }
  return [...weak, ...late.values()];
}

function nameOf(url: string): string {
  return url.split('/').at(-1) ?? url;
}

/** Whether a version of the same major is newer; ones before a release do not count. */
function isNewer(version: string, than: string): boolean {
  if (version.includes('-')) return false;
  const [theirs, ours] = [version, than].map((each) => (each.split('-')[0] ?? '').split('.').map(Number));
  const [major = Number.NaN, minor = 0, patch = 0] = theirs ?? [];
  const [ownMajor, ownMinor = 0, ownPatch = 0] = ours ?? [];
  return major === ownMajor && (minor > ownMinor || (minor === ownMinor && patch > ownPatch));
}
