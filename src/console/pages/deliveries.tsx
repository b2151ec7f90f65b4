import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import { Button } from '../components/button.tsx';
import { Live } from '../components/live.tsx';
import { Page } from '../components/page.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { useSession } from '../session/context.ts';
import { listsTexts } from '../texts/lists.ts';
import { resendTexts } from '../texts/resends.ts';
import { useAddress } from './lists/address.ts';
import { DeliveryTable } from './lists/delivery-table.tsx';
import { FilterBar } from './lists/filter-bar.tsx';
import { csvPath, DELIVERY_FILTERS, readFilters } from './lists/filters.ts';
import { ListBody } from './lists/list-body.tsx';
import { ListTabs } from './lists/list-tabs.tsx';
import type { Delivery } from './lists/model.ts';
import { useSelection } from './lists/selection.ts';
import { SelectionBar } from './lists/selection-bar.tsx';
import { ResendFilterDialog } from './resends/filter-dialog.tsx';

/** The deliveries, newest first. */
export default function Deliveries() {
  const t = useTexts(listsTexts);
  const r = useTexts(resendTexts);
  const language = useLanguage();
  const { role } = useSession();
  const address = useAddress();
  const filters = readFilters(address, DELIVERY_FILTERS);
  const selection = useSelection<Delivery>();
  const [isAsking, setIsAsking] = useState(false);
  const maySend = role === 'admin' || role === 'operator';
  const { after } = address.pages;
  const list = useQuery({
    queryKey: ['deliveries', filters, after],
    queryFn: async () => {
      const { outcome: _, ...query } = filters;
      return answerOf(
        api.GET('/v1/deliveries', {
          params: { query: { ...query, ...(after === undefined ? {} : { after }) } },
        }),
      );
    },
    placeholderData: keepPreviousData,
    // Rows that are being chosen do not move.
    meta: selection.items.length > 0 ? {} : { live: ['deliveries'] },
  });
  return (
    <Page
      title={t('deliveries')}
      actions={
        <>
          <Live />
          <a class="button" href={csvPath('deliveries', filters, language)} download>
            {t('csv')}
          </a>
          {maySend && <Button onClick={() => setIsAsking(true)}>{r('resendFilter')}</Button>}
        </>
      }
    >
      <ListTabs />
      <FilterBar address={address} filters={filters} names={DELIVERY_FILTERS} />
      <ListBody address={address} isFiltered={Object.keys(filters).length > 0} list={list}>
        {(items) => (
          <>
            {maySend && <SelectionBar selection={selection} items={items} />}
            <DeliveryTable items={items} selection={maySend ? selection : null} />
          </>
        )}
      </ListBody>
      {isAsking && <ResendFilterDialog filters={filters} onClose={() => setIsAsking(false)} />}
    </Page>
  );
}
