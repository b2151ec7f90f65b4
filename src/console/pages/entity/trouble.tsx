import { Link } from 'wouter-preact';
import { useTexts } from '../../i18n/texts.ts';
import { deliveriesPath, entityPath } from '../../links.ts';
import { useSession } from '../../session/context.ts';
import { healthTexts } from '../../texts/health.ts';
import type { EntityKey } from './calls.ts';
import { RetryNow } from './retry-now.tsx';
import { useTrouble } from './use-trouble.ts';

/** What the head says in its own words already. */
const SAID_ELSEWHERE = new Set(['paused', 'suspended', 'incomplete']);

/** Why an entity's endpoints fail, in the service's own words, and what can be done about it. */
export function EntityTrouble({ entity }: { readonly entity: EntityKey }) {
  const t = useTexts(healthTexts);
  const { role } = useSession();
  const { organisation, department } = entity;
  const all = useTrouble(entity);
  const trouble = all.filter(({ cause }) => !SAID_ELSEWHERE.has(cause));
  if (trouble.length === 0) return null;
  return (
    <div class="alert stack">
      {trouble.map(({ cause, backOffice, sentence, waiting }) => (
        <p key={`${cause} ${backOffice ?? ''}`}>
          {sentence} {t('waiting', { count: waiting })}
        </p>
      ))}
      <div class="row">
        <RetryNow entity={entity} count={all.reduce((sum, { retrying }) => sum + retrying, 0)} />
        {role !== 'auditor' && <Link href={`${entityPath(entity)}?tab=test`}>{t('test')}</Link>}
        <Link href={deliveriesPath({ organisation, department, status: 'retrying' })}>{t('retried')}</Link>
        <Link href={deliveriesPath({ organisation, department, status: 'exhausted' })}>{t('spent')}</Link>
      </div>
    </div>
  );
}
