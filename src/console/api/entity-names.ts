import { useQueries } from '@tanstack/preact-query';
import { api } from './client.ts';
import { answerOf } from './problem.ts';

/** Names change seldom, in milliseconds. */
const FRESH_MS = 600_000;

/** The codes of an entity, or of a public body alone. */
interface Codes {
  readonly organisation: string;
  readonly department: string | null;
}

interface Names {
  readonly organisationName: string;
  readonly departmentName: string;
}

/**
 * The names of entities that are named by their codes alone, such as those of a filter, by `codesOf`; one that is not
 * known, or that its reader may not know of, has none. Rows of lists bring their own (`entityName`).
 */
export function useEntityNames(wanted: readonly Codes[]): ReadonlyMap<string, string> {
  const distinct = [...new Map(wanted.map((codes) => [codesOf(codes), codes])).values()];
  const answers = useQueries({
    queries: distinct.map(({ organisation, department }) => ({
      queryKey: ['entity-name', organisation, department],
      queryFn: async () => {
        const query = { organisation, limit: 1, ...(department === null ? {} : { department }) };
        return answerOf(api.GET('/v1/entities', { params: { query } }));
      },
      staleTime: FRESH_MS,
    })),
  });
  const names = distinct.flatMap((codes, place) => {
    const entity = answers[place]?.data?.items[0];
    if (entity === undefined) return [];
    return [[codesOf(codes), codes.department === null ? entity.organisationName : nameOf(entity)] as const];
  });
  return new Map(names);
}

/** An entity’s codes as they are shown. */
export function codesOf({ organisation, department }: Codes): string {
  return department === null ? organisation : `${organisation}/${department}`;
}

/** An entity’s names as one, as rows of lists have it (`entityName`). */
export function nameOf({ organisationName, departmentName }: Names): string {
  return [organisationName, departmentName].filter(Boolean).join(', ');
}
