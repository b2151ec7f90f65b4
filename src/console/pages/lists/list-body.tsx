import type { ComponentChildren } from 'preact';
import { Pager } from '../../components/pager.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { listsTexts } from '../../texts/lists.ts';
import type { Address } from './address.ts';

interface ListBodyProps<Item> {
  readonly address: Address;
  readonly isFiltered: boolean;
  readonly list: {
    readonly data: { readonly items: readonly Item[]; readonly next: string | null } | undefined;
    readonly error: Error | null;
    readonly isPlaceholderData: boolean;
    readonly refetch: () => unknown;
  };
  readonly children: (items: readonly Item[]) => ComponentChildren;
}

/** A page of a list, or what stands in its place. */
export function ListBody<Item>({ address, isFiltered, list, children }: ListBodyProps<Item>) {
  const t = useTexts(listsTexts);
  const { data, error, isPlaceholderData, refetch } = list;
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton lines={8} />;
  if (data.items.length === 0 && !address.pages.hasPrevious) {
    return (
      <EmptyState title={t(isFiltered ? 'noMatch' : 'none')}>
        <p class="soft">{t(isFiltered ? 'noMatchHelp' : 'noneHelp')}</p>
      </EmptyState>
    );
  }
  return (
    <div class="dense" aria-busy={isPlaceholderData}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      <p class="list-count" role="status">
        {t('onPage', { count: data.items.length })}
      </p>
      {children(data.items)}
      <Pager pages={address.pages} next={data.next} />
    </div>
  );
}
