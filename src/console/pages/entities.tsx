import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import type { paths } from '../api/schema.ts';
import { Badge } from '../components/badge.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { TextField } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { Pager, usePages } from '../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { useTexts, type Say } from '../i18n/texts.ts';
import { entitiesTexts } from '../texts/entities.ts';

type Entity = paths['/v1/entities']['get']['responses'][200]['content']['application/json']['items'][number];

/** The entities that have a configuration. The page to copy where a list is wanted. */
export default function Entities() {
  const t = useTexts(entitiesTexts);
  const pages = usePages();
  const [filter, setFilter] = useState('');
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['entities', after],
    queryFn: async () =>
      answerOf(api.GET('/v1/entities', { params: { query: after === undefined ? {} : { after } } })),
  });
  const items = data?.items.filter((entity) => isMatch(entity, filter)) ?? [];
  return (
    <Page title={t('title')}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState title={t('none')}>
          <p class="soft">{t('noneHelp')}</p>
        </EmptyState>
      )}
      {data !== undefined && data.items.length > 0 && (
        <>
          <div class="filters">
            <TextField
              label={t('filter')}
              help={t('filterHelp')}
              type="search"
              value={filter}
              onInput={setFilter}
            />
          </div>
          <p class="list-count" role="status">
            {t('count', { count: items.length })}
          </p>
          {items.length === 0 ? (
            <EmptyState title={t('noMatch')} />
          ) : (
            <Table
              caption={t('title')}
              items={items}
              keyOf={codesOf}
              columns={[
                { title: t('entity'), cell: nameOf },
                {
                  title: t('codes'),
                  cell: (entity) => (
                    <>
                      <code>{codesOf(entity)}</code>{' '}
                      <CopyButton value={codesOf(entity)} what={codesOf(entity)} />
                    </>
                  ),
                },
                { title: t('endpoint'), cell: (entity) => <code>{urlOf(entity) ?? t('noEndpoint')}</code> },
                { title: t('state'), cell: (entity) => <EntityState entity={entity} t={t} /> },
              ]}
            />
          )}
          <Pager pages={pages} next={data.next} />
        </>
      )}
    </Page>
  );
}

function EntityState({ entity, t }: { readonly entity: Entity; readonly t: Say<typeof entitiesTexts> }) {
  if (entity.paused !== null) return <Badge tone="wait">{t('paused')}</Badge>;
  if (entity.missing.length > 0) return <Badge tone="bad">{t('incomplete')}</Badge>;
  if (!entity.online && !entity.daily) return <Badge tone="idle">{t('off')}</Badge>;
  return <Badge tone="good">{t('ready')}</Badge>;
}

function nameOf({ organisationName, departmentName }: Entity): string {
  return [organisationName, departmentName].filter(Boolean).join(' · ');
}

function codesOf({ organisation, department }: Entity): string {
  return `${organisation}/${department}`;
}

function urlOf({ endpoint }: Entity): string | null {
  return endpoint?.url ?? null;
}

function isMatch(entity: Entity, filter: string): boolean {
  const text = [nameOf(entity), codesOf(entity), urlOf(entity)].join(' ').toLowerCase();
  return text.includes(filter.trim().toLowerCase());
}
