import { useQuery } from '@tanstack/preact-query';
import { api } from '../../api/client.ts';
import { answerOf } from '../../api/problem.ts';
import type { paths } from '../../api/schema.ts';
import { Pager, usePages } from '../../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { actionTexts, auditTexts } from '../../texts/audit.ts';
import { entityTexts } from '../../texts/entity.ts';
import { historyTexts } from '../../texts/health.ts';
import type { EntityKey } from './calls.ts';
import { saidMember } from './members.ts';

type Row =
  paths['/v1/entities/{organisation}/{department}/history']['get']['responses'][200]['content']['application/json']['items'][number];

/** Who changed what of a configuration, newest first. */
export function HistoryTab({ entity: { organisation, department } }: { readonly entity: EntityKey }) {
  const t = useTexts(historyTexts);
  const pages = usePages();
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['entity-history', organisation, department, after],
    queryFn: async () =>
      answerOf(
        api.GET('/v1/entities/{organisation}/{department}/history', {
          params: { path: { organisation, department }, query: after === undefined ? {} : { after } },
        }),
      ),
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton />;
  if (data.items.length === 0) return <EmptyState title={t('none')} />;
  return (
    <div class="form">
      <ol class="timeline">
        {data.items.map((row) => (
          <Change key={row.id} row={row} />
        ))}
      </ol>
      <Pager pages={pages} next={data.next} />
    </div>
  );
}

function Change({ row: { at, by, action, changed, values, detail } }: { readonly row: Row }) {
  const t = useTexts(historyTexts);
  const audit = useTexts(auditTexts);
  const entity = useTexts(entityTexts);
  const language = useLanguage();
  const known = new Set(values.map(({ member }) => member));
  const others = changed.filter((path) => !known.has(path));
  const who = by.name ?? t('somebody');
  const said = by.key === null && by.name !== null ? audit('theService') : who;
  const reason = new Map<string, unknown>(Object.entries(detail)).get('reason');
  return (
    <li>
      <p>
        <strong>{sayIn(language, actionTexts[action])}</strong>
      </p>
      <p class="soft">
        <Time at={at} /> · {said}
      </p>
      {typeof reason === 'string' && <p>{reason}</p>}
      {values.length > 0 && (
        <ul class="list">
          {values.map(({ member, before, after }) => (
            <li key={member}>
              {saidMember(entity, member)} <Path path={member} />: <Value value={before} /> →{' '}
              <Value value={after} />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul class="list">
          {others.map((path) => (
            <li key={path}>
              {saidMember(entity, path)} <Path path={path} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Path({ path }: { readonly path: string }) {
  return <code class="soft">{path}</code>;
}

/** A value of a configuration, as a machine has it but without its quotes. */
function Value({ value }: { readonly value: unknown }) {
  const t = useTexts(historyTexts);
  if (value === null || value === undefined) return <em>{t('nothing')}</em>;
  if (typeof value === 'boolean') return <>{value ? t('yes') : t('no')}</>;
  return <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>;
}
