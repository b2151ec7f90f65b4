import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { Live } from '../components/live.tsx';
import { Page } from '../components/page.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { useSession } from '../session/context.ts';
import { listsTexts } from '../texts/lists.ts';
import { useAddress } from './lists/address.ts';
import { CommunicationTable } from './lists/communication-table.tsx';
import { FilterBar } from './lists/filter-bar.tsx';
import { COMMUNICATION_FILTERS, csvPath, isOfSeveral, readFilters } from './lists/filters.ts';
import { ListBody } from './lists/list-body.tsx';
import { ListTabs } from './lists/list-tabs.tsx';

/** The communications log: every attempt, and every pull, newest first. */
export default function Communications() {
  const t = useTexts(listsTexts);
  const language = useLanguage();
  const address = useAddress();
  const { status, ...rest } = readFilters(address, COMMUNICATION_FILTERS);
  const isClosed = isOfSeveral(useSession().entities, rest);
  // Also where the address names one, and no entity any more.
  const filters = isClosed || status === undefined ? rest : { ...rest, status };
  const { after } = address.pages;
  const list = useQuery({
    queryKey: ['communications', filters, after],
    queryFn: async () => {
      const { kind: _, ...query } = filters;
      return answerOf(
        api.GET('/v1/communications', {
          params: { query: { ...query, ...(after === undefined ? {} : { after }) } },
        }),
      );
    },
    placeholderData: keepPreviousData,
    meta: { live: ['communications'] },
  });
  return (
    <Page
      title={t('communications')}
      actions={
        <>
          <Live />
          <a class="button" href={csvPath('communications', filters, language)} download>
            {t('csv')}
          </a>
        </>
      }
    >
      <ListTabs />
      <FilterBar
        address={address}
        filters={filters}
        names={COMMUNICATION_FILTERS}
        closed={isClosed ? { status: t('statusNeedsEntity') } : {}}
      />
      <ListBody address={address} isFiltered={Object.keys(filters).length > 0} list={list}>
        {(items) => <CommunicationTable items={items} />}
      </ListBody>
    </Page>
  );
}
