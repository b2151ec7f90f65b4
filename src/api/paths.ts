import type { ApiApp } from './types.ts';

/** Which methods the app serves at a path, for 405 and its Allow header (RFC 9110, 15.5.6). */
export interface Paths {
  /** The methods served at a request's URL, sorted; none where nothing is. */
  methodsAt(url: string): string[];
  /** Whether a path begins as one that is served does: with the same first segment. */
  beginsLikeServed(url: string): boolean;
}

/** Takes note of every route that is added to the app from now on. */
export function recordPaths(app: ApiApp): Paths {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', (route) => {
    const served = methods.get(route.url) ?? new Set();
    for (const method of [route.method].flat()) served.add(method);
    methods.set(route.url, served);
  });
  return {
    beginsLikeServed(url) {
      const first = firstSegment(url);
      return [...methods.keys()].some((pattern) => pattern !== '/' && firstSegment(pattern) === first);
    },
    methodsAt(url) {
      const path = url.split('?', 1)[0] ?? '';
      const found = [...methods].filter(([pattern]) => matches(pattern, path));
      return [...new Set(found.flatMap(([, served]) => [...served]))].sort();
    },
  };
}

function firstSegment(url: string): string {
  return /^\/?([^/?]*)/.exec(url)?.[1] ?? '';
}

/** Whether a path is one of a pattern's, whose `:name` segments stand for any but empty ones. */
function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/');
  const given = path.split('/');
  return (
    expected.length === given.length &&
    expected.every((segment, place) =>
      segment.startsWith(':') ? given[place] !== '' : segment === given[place],
    )
  );
}
