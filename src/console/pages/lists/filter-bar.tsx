import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { listsTexts } from '../../texts/lists.ts';
import type { Address } from './address.ts';
import { useChips } from './chips.ts';
import { FilterFields, type Closed } from './filter-fields.tsx';
import type { FilterName, Filters } from './filters.ts';

/** Where the fields have their place without leading to them. */
const WIDE = '(min-width: 56rem)';

interface FilterBarProps {
  readonly address: Address;
  readonly filters: Filters;
  readonly names: readonly FilterName[];
  /** Of filters that cannot be used now: why, in words. */
  readonly closed?: Closed;
}

/** What a list is filtered by: the fields, and a chip for each that is in use. */
export function FilterBar({ address, filters, names, closed = {} }: FilterBarProps) {
  const t = useTexts(listsTexts);
  const [isOpen, setIsOpen] = useState(() => matchMedia(WIDE).matches);
  const chips = useChips(filters);
  const none = Object.fromEntries(chips.flatMap(({ parameters }) => parameters.map((name) => [name, null])));
  return (
    <div class="filter-bar">
      <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>{t('filters')}</summary>
        <FilterFields key={JSON.stringify(filters)} {...{ address, filters, names, closed }} />
      </details>
      {chips.length > 0 && (
        <ul class="chips" aria-label={t('inUse')}>
          {chips.map(({ text, parameters }) => (
            <li key={text}>
              <button
                class="chip"
                type="button"
                aria-label={t('remove', { filter: text })}
                onClick={() => address.filter(Object.fromEntries(parameters.map((name) => [name, null])))}
              >
                {text}
                <Icon name="close" />
              </button>
            </li>
          ))}
          <li>
            <Button kind="quiet" isSmall onClick={() => address.filter(none)}>
              {t('removeAll')}
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}
