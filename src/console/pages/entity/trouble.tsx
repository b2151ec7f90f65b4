import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { deliveriesPath, entityPath } from '../../links.ts';
import { useSession } from '../../session/context.ts';
import { healthTexts } from '../../texts/health.ts';
import type { EntityKey } from './calls.ts';

/** How often it is asked how an entity that fails stands, in milliseconds. */
const REFETCH_MS = 30_000;

/** What the head says in its own words already. */
const SAID_ELSEWHERE = new Set(['paused', 'suspended', 'incomplete']);

/** Why an entity's endpoints fail, in the service's own words, and what can be done about it. */
export function EntityTrouble({ entity }: { readonly entity: EntityKey }) {
  const t = useTexts(healthTexts);
  const language = useLanguage();
  const { role } = useSession();
  const { organisation, department } = entity;
  const { data } = useQuery({
    queryKey: ['entity-trouble', organisation, department, language],
    queryFn: async () =>
      answerOf(
        api.GET('/v1/entities/{organisation}/{department}/health', {
          params: { path: { organisation, department }, query: { days: 1, lang: language } },
        }),
      ),
    refetchInterval: REFETCH_MS,
  });
  const trouble = data?.now.trouble.filter(({ cause }) => !SAID_ELSEWHERE.has(cause)) ?? [];
  if (trouble.length === 0) return null;
  return (
    <div class="alert stack">
      {trouble.map(({ cause, backOffice, sentence, waiting }) => (
        <p key={`${cause} ${backOffice ?? ''}`}>
          {sentence} {t('waiting', { count: waiting })}
        </p>
      ))}
      <p class="row">
        {role !== 'auditor' && <Link href={`${entityPath(entity)}?tab=test`}>{t('test')}</Link>}
        <Link href={deliveriesPath({ organisation, department, status: 'retrying' })}>{t('retried')}</Link>
        <Link href={deliveriesPath({ organisation, department, status: 'exhausted' })}>{t('spent')}</Link>
      </p>
    </div>
  );
}
