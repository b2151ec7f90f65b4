import { useQuery } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { Link, useLocation, useSearch } from 'wouter-preact';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { Badge } from '../components/badge.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { TextField } from '../components/field.tsx';
import { Page } from '../components/page.tsx';
import { Pager, usePages } from '../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { useTexts } from '../i18n/texts.ts';
import { useSession } from '../session/context.ts';
import { entitiesTexts } from '../texts/entities.ts';
import { entityPath, type Entity } from './entity/calls.ts';
import { FailingBadge } from './entity/failing-badge.tsx';
import { EntityState } from './entity/state.tsx';

/** How long nobody writes before the list is asked for, in milliseconds. */
const SEARCH_AFTER_MS = 250;
/** Endpoints in trouble that are looked through for those of the page. */
const MOST_TROUBLED = 200;

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

function List({ items }: { readonly items: readonly Entity[] }) {
  const t = useTexts(entitiesTexts);
  const troubled = useTroubled();
  return (
    <Table
      caption={t('title')}
      items={items}
      keyOf={codesOf}
      columns={[
        {
          title: t('entity'),
          cell: (entity) => <Link href={entityPath(entity)}>{nameOf(entity)}</Link>,
        },
        {
          title: t('codes'),
          cell: (entity) => (
            <>
              <code>{codesOf(entity)}</code> <CopyButton value={codesOf(entity)} what={codesOf(entity)} />
            </>
          ),
        },
        {
          title: t('endpoint'),
          cell: ({ endpoint }) => (endpoint.url === null ? t('noEndpoint') : <code>{endpoint.url}</code>),
        },
        { title: t('state'), cell: (entity) => <EntityState entity={entity} /> },
        {
          title: t('health'),
          cell: (entity) => <Health entity={entity} failingSince={troubled.get(codesOf(entity))} />,
        },
      ]}
    />
  );
}

/** Since when endpoints fail, by their entities' codes. */
function useTroubled(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['endpoints'],
    queryFn: async () => answerOf(api.GET('/v1/endpoints', { params: { query: { limit: MOST_TROUBLED } } })),
  });
  return new Map(
    data?.items.flatMap((endpoint) =>
      endpoint.failingSince === null ? [] : [[codesOf(endpoint), endpoint.failingSince] as const],
    ),
  );
}

function Health({
  entity,
  failingSince,
}: {
  readonly entity: Entity;
  readonly failingSince: string | undefined;
}) {
  const t = useTexts(entitiesTexts);
  if (failingSince !== undefined) return <FailingBadge since={failingSince} />;
  if (entity.warnings.length > 0) {
    return <Badge tone="wait">{t('warnings', { count: entity.warnings.length })}</Badge>;
  }
  return <span class="soft">{t('fine')}</span>;
}

function nameOf({ organisationName, departmentName }: Entity): string {
  return [organisationName, departmentName].filter(Boolean).join(' · ');
}

function codesOf({
  organisation,
  department,
}: {
  readonly organisation: string;
  readonly department: string;
}): string {
  return `${organisation}/${department}`;
}
