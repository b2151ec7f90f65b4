import { useQuery } from '@tanstack/preact-query';
import { useParams } from 'wouter-preact';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { Tabs, useTab } from '../components/tabs.tsx';
import { useTexts } from '../i18n/texts.ts';
import { useSession } from '../session/context.ts';
import { entityTexts } from '../texts/entity.ts';
import { BackOffices } from './entity/back-offices.tsx';
import { entityQueryKey, readEntity, type ReadEntity } from './entity/calls.ts';
import { Configuration } from './entity/configuration.tsx';
import { EntityHead, HoldButton } from './entity/head.tsx';
import { HealthTab } from './entity/health.tsx';
import { HistoryTab } from './entity/history.tsx';
import { Retries } from './entity/retries.tsx';
import { TestTab } from './entity/test.tsx';
import { UnsavedNote, useUnsavedNotice } from './entity/unsaved.tsx';

/** Parts that have no form of their own. */
const WITHOUT_FORM: ReadonlySet<string | null> = new Set(['test', 'health', 'history']);

/** One entity: how it stands, its configuration, and what is done with it. */
export default function EntityPage() {
  const t = useTexts(entityTexts);
  const { role } = useSession();
  const { organisation = '', department = '' } = useParams();
  const key = { organisation: decodeURIComponent(organisation), department: decodeURIComponent(department) };
  const { data, error, refetch } = useQuery({
    queryKey: entityQueryKey(key),
    queryFn: async () => readEntity(key),
  });
  const tabs = [
    { name: 'configuration', text: t('configuration') },
    ...(role === 'auditor' ? [] : [{ name: 'test', text: t('test') } as const]),
    { name: 'back-offices', text: t('backOffices') },
    { name: 'retries', text: t('retries') },
    { name: 'health', text: t('health') },
    { name: 'history', text: t('history') },
  ] as const;
  const tab = useTab(tabs);
  useUnsavedNotice(key);
  const codes = `${key.organisation}/${key.department}`;
  if (data === undefined) {
    return (
      <Page title={codes}>
        {error === null ? <Skeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page
      title={`${data.entity.organisationName} · ${data.entity.departmentName}`}
      actions={<HoldButton entity={data.entity} />}
    >
      <EntityHead entity={data.entity} />
      <Tabs label={t('parts')} tabs={tabs} current={tab} />
      {WITHOUT_FORM.has(tab) && <UnsavedNote entity={data.entity} />}
      <Part tab={tab} read={data} />
    </Page>
  );
}

function Part({ tab, read }: { readonly tab: string | null; readonly read: ReadEntity }) {
  switch (tab) {
    case 'test':
      return <TestTab entity={read.entity} />;
    case 'back-offices':
      return <BackOffices read={read} />;
    case 'retries':
      return <Retries read={read} />;
    case 'health':
      return <HealthTab entity={read.entity} />;
    case 'history':
      return <HistoryTab entity={read.entity} />;
    case null:
    default:
      return <Configuration read={read} />;
  }
}
