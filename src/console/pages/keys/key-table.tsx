import { Badge, type Tone } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { keysTexts, roleTexts, statusTexts } from '../../texts/keys.ts';
import type { Key } from './calls.ts';

interface KeyTableProps {
  readonly items: readonly Key[];
  readonly onRotate: (key: Key) => void;
  readonly onRevoke: (key: Key) => void;
}

const TONES: Readonly<Record<Key['status'], Tone>> = { active: 'good', expired: 'idle', revoked: 'idle' };
/** Within so long of its end a key is pointed at, in milliseconds. */
const SOON_MS = 14 * 86_400_000;

/** The keys; never the keys themselves. */
export function KeyTable({ items, onRotate, onRevoke }: KeyTableProps) {
  const t = useTexts(keysTexts);
  const language = useLanguage();
  return (
    <Table
      caption={t('title')}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('name'),
          cell: ({ name, prefix }) => (
            <>
              {name}
              {prefix !== null && (
                <>
                  {' '}
                  <code class="soft no-wrap">{prefix}…</code>
                </>
              )}
            </>
          ),
        },
        {
          title: t('role'),
          cell: ({ role, entities, certificate }) => (
            <>
              {sayIn(language, roleTexts[role])}
              {entities !== null && (
                <span class="soft"> · {t('entityCount', { count: entities.length })}</span>
              )}
              {certificate !== null && (
                <span class="soft" title={certificate}>
                  {' '}
                  · {t('certified', { start: certificate.slice(0, 8) })}
                </span>
              )}
            </>
          ),
        },
        { title: t('state'), cell: (key) => <KeyState apiKey={key} /> },
        {
          title: t('lastUsed'),
          cell: ({ lastUsedAt }) =>
            lastUsedAt === null ? (
              <span class="soft">{t('never')}</span>
            ) : (
              <Time at={lastUsedAt} isRelative />
            ),
        },
        {
          title: t('expires'),
          cell: ({ expiresAt }) =>
            expiresAt === null ? <span class="soft">{t('noEnd')}</span> : <Time at={expiresAt} />,
        },
        {
          title: t('deeds'),
          cell: (key) =>
            key.status === 'active' && (
              <span class="row">
                {key.rotatedTo === null && (
                  <Button isSmall onClick={() => onRotate(key)}>
                    {t('rotate')}
                    <span class="visually-hidden"> {key.name}</span>
                  </Button>
                )}
                <Button isSmall kind="danger" onClick={() => onRevoke(key)}>
                  {t('revoke')}
                  <span class="visually-hidden"> {key.name}</span>
                </Button>
              </span>
            ),
        },
      ]}
    />
  );
}

function KeyState({ apiKey }: { readonly apiKey: Key }) {
  const t = useTexts(keysTexts);
  const language = useLanguage();
  const { status, expiresAt, rotatedTo } = apiKey;
  if (status === 'active' && rotatedTo !== null) return <Badge tone="wait">{t('replaced')}</Badge>;
  if (status === 'active' && expiresAt !== null && Date.parse(expiresAt) - Date.now() < SOON_MS) {
    return <Badge tone="wait">{t('endsSoon')}</Badge>;
  }
  return <Badge tone={TONES[status]}>{sayIn(language, statusTexts[status])}</Badge>;
}
