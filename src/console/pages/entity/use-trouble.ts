import { useQuery } from '@tanstack/preact-query';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import type { paths } from '../../api/schema.ts';
import { useLanguage } from '../../i18n/language.ts';
import type { EntityKey } from './calls.ts';

/** How often it is asked how an entity that fails stands, in milliseconds. */
const REFETCH_MS = 30_000;

type Health =
  paths['/v1/entities/{organisation}/{department}/health']['get']['responses'][200]['content']['application/json'];

/** What is wrong with an entity's endpoints now, in the service's own words. */
export function useTrouble({ organisation, department }: EntityKey): Health['now']['trouble'] {
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['entity-trouble', organisation, department, language],
    queryFn: async () =>
      answerOf(
        api.GET('/v1/entities/{organisation}/{department}/health', {
          params: { path: { organisation, department }, query: { days: 1, lang: language } },
        }),
      ),
    refetchInterval: REFETCH_MS,
    meta: { live: ['now'] },
  });
  return data?.now.trouble ?? [];
}
