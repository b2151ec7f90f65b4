import { useQuery } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { Link, useLocation, useSearch } from 'wouter-preact';
import { api } from '../api/client.ts';
import { codesOf } from '../api/entity-names.ts';
import { answerOf } from '../api/problem.ts';
import type { paths } from '../api/schema.ts';
import { Badge } from '../components/badge.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { TextField } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { Pager, usePages } from '../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { Url } from '../components/url.tsx';
import { useTexts } from '../i18n/texts.ts';
import { useSession } from '../session/context.ts';
import { entitiesTexts } from '../texts/entities.ts';
import { entityPath } from './entity/calls.ts';
import { FailingBadge } from './entity/failing-badge.tsx';
import { EntityState } from './entity/state.tsx';

/** How long nobody writes before the list is asked for, in milliseconds. */
const SEARCH_AFTER_MS = 250;

type Listed = paths['/v1/entities']['get']['responses'][200]['content']['application/json']['items'][number];

/** The entities that have a configuration. The page to copy where a list is wanted. */
export default function Entities() {
  const t = useTexts(entitiesTexts);
  const { role } = useSession();
  const pages = usePages();
  const [path, navigate] = useLocation();
  const sought = new URLSearchParams(useSearch()).get('q') ?? '';
  const [text, setText] = useState(sought);
  useEffect(() => {
    if (text.trim() === sought) return undefined;
    const timer = setTimeout(() => {
      pages.reset();
      const wanted = text.trim();
      navigate(wanted === '' ? path : `${path}?q=${encodeURIComponent(wanted)}`, { replace: true });
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, sought]);
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['entities', sought, after],
    queryFn: async () => {
      const query = { ...(after === undefined ? {} : { after }), ...(sought === '' ? {} : { q: sought }) };
      return answerOf(api.GET('/v1/entities', { params: { query } }));
    },
    placeholderData: (before) => before,
  });
  const isEmpty = data?.items.length === 0;
  return (
    <Page
      title={t('title')}
      actions={
        role === 'admin' && (
          <Link class="button button-primary" href="/entities/new">
            {t('new')}
          </Link>
        )
      }
    >
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {isEmpty && sought === '' && (
        <EmptyState title={t('none')}>
          <p class="soft">{role === 'admin' ? t('noneHelp') : t('noneForYou')}</p>
        </EmptyState>
      )}
      {data !== undefined && (!isEmpty || sought !== '') && (
        <>
          <div class="filters">
            <TextField
              label={t('filter')}
              help={t('filterHelp')}
              type="search"
              value={text}
              onInput={setText}
            />
          </div>
          <p class="list-count" role="status">
            {t('count', { count: data.items.length })}
          </p>
          {isEmpty ? <EmptyState title={t('noMatch')} /> : <List items={data.items} />}
          <Pager pages={pages} next={data.next} />
        </>
      )}
    </Page>
  );
}

function List({ items }: { readonly items: readonly Listed[] }) {
  const t = useTexts(entitiesTexts);
  return (
    <Table
      caption={t('title')}
      items={items}
      keyOf={codesOf}
      columns={[
        {
          title: t('entity'),
          cell: (entity) => (
            <span class="lines">
              <Link href={entityPath(entity)}>{nameOf(entity)}</Link>
              <span class="no-wrap">
                <code class="soft">{codesOf(entity)}</code>{' '}
                <CopyButton value={codesOf(entity)} what={codesOf(entity)} />
              </span>
            </span>
          ),
        },
        {
          title: t('endpoint'),
          cell: ({ endpoint }) => (endpoint.url === null ? t('noEndpoint') : <Url value={endpoint.url} />),
        },
        { title: t('state'), cell: (entity) => <EntityState entity={entity} /> },
        { title: t('health'), cell: (entity) => <Health entity={entity} /> },
      ]}
    />
  );
}

function Health({ entity: { failingSince, warnings } }: { readonly entity: Listed }) {
  const t = useTexts(entitiesTexts);
  if (failingSince !== null) return <FailingBadge since={failingSince} />;
  if (warnings.length > 0) {
    return <Badge tone="wait">{t('warnings', { count: warnings.length })}</Badge>;
  }
  return <span class="soft">{t('fine')}</span>;
}

function nameOf({ organisationName, departmentName }: Listed): string {
  return [organisationName, departmentName].filter(Boolean).join(' · ');
}
