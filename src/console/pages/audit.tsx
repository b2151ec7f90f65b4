import { useQuery } from '@tanstack/preact-query';
import { useLocation, useSearch } from 'wouter-preact';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { DateField } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { Pager, usePages } from '../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { useLanguage } from '../i18n/language.ts';
import { sayIn, useTexts } from '../i18n/texts.ts';
import { actionTexts, auditTexts } from '../texts/audit.ts';
import { ACTIONS, FILTERS, queryOf, readFilters, type Filters } from './audit/filters.ts';
import { Trail } from './audit/trail.tsx';

/** Who did what, newest first. What it is filtered by is in the address. */
export default function Audit() {
  const t = useTexts(auditTexts);
  const language = useLanguage();
  const pages = usePages();
  const [path, navigate] = useLocation();
  const filters = readFilters(useSearch());
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', filters, after],
    queryFn: async () => {
      const query = { ...queryOf(filters), ...(after === undefined ? {} : { after }) };
      return answerOf(api.GET('/v1/audit', { params: { query } }));
    },
    placeholderData: (before) => before,
  });
  const change = (next: Filters): void => {
    pages.reset();
    const chosen = FILTERS.flatMap((name) => (next[name] === '' ? [] : [[name, next[name]]]));
    navigate(chosen.length === 0 ? path : `${path}?${new URLSearchParams(chosen).toString()}`, {
      replace: true,
    });
  };
  const isFiltered = FILTERS.some((name) => filters[name] !== '');
  const set = (name: keyof Filters) => (value: string) => change({ ...filters, [name]: value });
  return (
    <Page title={t('title')}>
      <div class="filters filters-dense">
        <SelectField
          label={t('action')}
          value={ACTIONS.find((action) => action === filters.action) ?? ''}
          options={[
            { value: '' as const, text: t('every') },
            ...ACTIONS.map((value) => ({ value, text: sayIn(language, actionTexts[value]) })),
          ]}
          onChange={set('action')}
        />
        <TextField label={t('organisation')} value={filters.organisation} onInput={set('organisation')} />
        <TextField label={t('department')} value={filters.department} onInput={set('department')} />
        <DateField label={t('from')} value={filters.from} onChange={set('from')} />
        <DateField label={t('to')} value={filters.to} onChange={set('to')} />
        {isFiltered && <Button onClick={() => change(readFilters(''))}>{t('clear')}</Button>}
      </div>
      {filters.by !== '' && (
        <p class="list-count">
          {t('onlyBy')} <code>{filters.by}</code>
        </p>
      )}
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data?.items.length === 0 && <EmptyState title={isFiltered ? t('noMatch') : t('none')} />}
      {data !== undefined && data.items.length > 0 && (
        <>
          <Trail items={data.items} />
          <Pager pages={pages} next={data.next} />
        </>
      )}
    </Page>
  );
}
