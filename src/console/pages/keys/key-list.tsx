import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Pager, usePages } from '../../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { keysTexts } from '../../texts/keys.ts';
import { listKeys, type Key, type NewKey } from './calls.ts';
import { CreateKey } from './create.tsx';
import { KeyTable } from './key-table.tsx';
import { RevokeKey } from './revoke.tsx';
import { RotateKey } from './rotate.tsx';
import { ShownOnce } from './shown-once.tsx';

/** What is being done to a key. */
type Doing = { readonly deed: 'rotate' | 'revoke'; readonly key: Key };

interface KeyListProps {
  /** Whether a new one is being made. */
  readonly isMaking: boolean;
  /** A new one was made, or is not made after all. */
  readonly onMade: () => void;
}

/** The keys, and what is done to them. */
export function KeyList({ isMaking, onMade }: KeyListProps) {
  const t = useTexts(keysTexts);
  const pages = usePages();
  const [made, setMade] = useState<NewKey | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const { after } = pages;
  const { data, error, refetch } = useQuery({
    queryKey: ['keys', after],
    queryFn: async () => listKeys(after),
  });
  const close = (): void => setDoing(null);
  const show = (key: NewKey): void => {
    setMade(key);
    onMade();
    close();
  };
  return (
    <>
      <div class="stack">
        {isMaking && <CreateKey onMade={show} onClose={onMade} />}
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton />}
        {data?.items.length === 0 && <EmptyState title={t('none')} />}
        {data !== undefined && data.items.length > 0 && (
          <KeyTable
            items={data.items}
            onRotate={(key) => setDoing({ deed: 'rotate', key })}
            onRevoke={(key) => setDoing({ deed: 'revoke', key })}
          />
        )}
      </div>
      {data !== undefined && <Pager pages={pages} next={data.next} />}
      {doing?.deed === 'rotate' && <RotateKey apiKey={doing.key} onMade={show} onClose={close} />}
      {doing?.deed === 'revoke' && <RevokeKey apiKey={doing.key} onClose={close} />}
      {made !== null && <ShownOnce made={made} onClose={() => setMade(null)} />}
    </>
  );
}
