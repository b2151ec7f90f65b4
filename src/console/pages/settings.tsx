import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { answerOf } from '../api/problem.ts';
import type { paths } from '../api/schema.ts';
import { Badge } from '../components/badge.tsx';
import { Card } from '../components/card.tsx';
import { TextField } from '../components/field.tsx';
import { Facts } from '../components/facts.tsx';
import { CheckField } from '../components/fields.tsx';
import { Count } from '../components/number.tsx';
import { Page } from '../components/page.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { formatLength } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { sayIn, useTexts } from '../i18n/texts.ts';
import { roleTexts } from '../texts/keys.ts';
import { settingsTexts } from '../texts/settings.ts';
import { delayMs } from './entity/schedule.ts';

type Settings = paths['/v1/settings']['get']['responses'][200]['content']['application/json'];
type Setting = Settings['settings'][number];
type Policy = paths['/v1/policy']['get']['responses'][200]['content']['application/json'];

/** What the service runs with; no secret. */
export default function SettingsPage() {
  const t = useTexts(settingsTexts);
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: async () => answerOf(api.GET('/v1/settings')),
  });
  const { data: policy } = useQuery({
    queryKey: ['policy'],
    queryFn: async () => answerOf(api.GET('/v1/policy')),
  });
  return (
    <Page title={t('title')}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data !== undefined && (
        <div class="stack">
          <p class="soft">{t('help')}</p>
          <div class="form-row">
            <Running settings={data} />
            {policy !== undefined && <Rules policy={policy} settings={data} />}
          </div>
          <List settings={data.settings} />
        </div>
      )}
    </Page>
  );
}

function Running({ settings: { version, node, roles } }: { readonly settings: Settings }) {
  const t = useTexts(settingsTexts);
  return (
    <Card title={t('running')}>
      <Facts
        items={[
          [t('version'), <code key="version">{version}</code>],
          ['Node.js', <code key="node">{node}</code>],
          [t('parts'), <code key="roles">{roles.join(', ')}</code>],
          [
            t('licences'),
            <a key="licences" href="third-party-licences.txt">
              {t('licencesOf')}
            </a>,
          ],
        ]}
      />
    </Card>
  );
}

function Rules({
  policy: { retryDelays, endpoints },
  settings: { window, limits },
}: {
  readonly policy: Policy;
  readonly settings: Settings;
}) {
  const t = useTexts(settingsTexts);
  const language = useLanguage();
  const roles = new Map(Object.entries(roleTexts));
  // Variables have these lengths as 1600ms; what is no length stays as it is.
  const length = (text: string): string => {
    const ms = delayMs(text);
    return ms === 0 ? text : formatLength(language, ms);
  };
  return (
    <Card title={t('rules')}>
      <Facts
        items={[
          [t('retries'), retryDelays.map(length).join(' · ')],
          [t('warnings'), endpoints.warnAfter.map(length).join(' · ') || '—'],
          [t('suspension'), length(endpoints.suspendAfter)],
          [t('window'), t('windowOf', { start: window.start, most: window.most })],
          [t('probes'), `${length(window.firstProbeAfter)} – ${length(window.lastProbeAfter)}`],
          ...Object.entries(limits.requestsPerMinute).map(([role, count]) => {
            const said = roles.get(role);
            const name = said === undefined ? role : sayIn(language, said);
            return [t('requests', { role: name }), <Count key={role} value={count} />] as const;
          }),
        ]}
      />
    </Card>
  );
}

function List({ settings }: { readonly settings: readonly Setting[] }) {
  const t = useTexts(settingsTexts);
  const [text, setText] = useState('');
  const [isOnlyChanged, setIsOnlyChanged] = useState(false);
  const shown = settings.filter(
    ({ name, source }) =>
      name.includes(text.trim().toUpperCase()) && (!isOnlyChanged || source === 'environment'),
  );
  return (
    <>
      <div class="filters">
        <TextField label={t('filter')} type="search" value={text} onInput={setText} />
        <CheckField label={t('onlyChanged')} isChecked={isOnlyChanged} onChange={setIsOnlyChanged} />
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t('noMatch')} />
      ) : (
        <Table
          caption={t('title')}
          items={shown}
          keyOf={({ name }) => name}
          columns={[
            { title: t('name'), cell: ({ name }) => <code>{name}</code> },
            { title: t('value'), cell: (setting) => <Value setting={setting} /> },
            {
              title: t('source'),
              cell: ({ source }) =>
                source === 'environment' ? (
                  <Badge tone="info">{t('environment')}</Badge>
                ) : (
                  <span class="soft no-wrap">{t('default')}</span>
                ),
            },
          ]}
        />
      )}
    </>
  );
}

function Value({ setting: { value, isSet, isSecret } }: { readonly setting: Setting }) {
  const t = useTexts(settingsTexts);
  if (isSecret && isSet) return <span class="soft">{t('secret')}</span>;
  if (!isSet || value === null || value === '') return <span class="soft">{t('unset')}</span>;
  return <code>{value}</code>;
}
