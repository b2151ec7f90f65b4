import { useQuery } from '@tanstack/preact-query';
import { api } from './client.ts';
import { answerOf } from './problem.ts';

/** The most that one call answers; further entities are shown by their codes. */
const LIMIT = 200;
/** Names change seldom, in milliseconds. */
const FRESH_MS = 600_000;

/** The entities' names by `organisation/department`: what lists of deliveries have are codes. */
export function useEntityNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['entity-names'],
    queryFn: async () => answerOf(api.GET('/v1/entities', { params: { query: { limit: LIMIT } } })),
    staleTime: FRESH_MS,
    select: ({ items }) =>
      new Map(
        items.map(({ organisation, department, organisationName, departmentName }) => [
          `${organisation}/${department}`,
          [organisationName, departmentName].filter(Boolean).join(', '),
        ]),
      ),
  });
  return data ?? NONE;
}

const NONE: ReadonlyMap<string, string> = new Map();
