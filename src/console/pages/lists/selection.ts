import { useState } from 'preact/hooks';

/** The rows that were chosen, also on pages that were left. */
export interface Selection<Item> {
  readonly items: readonly Item[];
  readonly has: (item: Item) => boolean;
  readonly toggle: (item: Item) => void;
  /** Chooses all of these; where all are chosen already, none of them. */
  readonly toggleAll: (items: readonly Item[]) => void;
  readonly clear: () => void;
}

/** Keeps which rows are chosen. */
export function useSelection<Item extends { readonly id: string }>(): Selection<Item> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Item>>(new Map());
  const has = ({ id }: Item): boolean => chosen.has(id);
  const toggleAll = (items: readonly Item[]): void => {
    const next = new Map(chosen);
    const isAll = items.every(has);
    for (const item of items) {
      if (isAll) next.delete(item.id);
      else next.set(item.id, item);
    }
    setChosen(next);
  };
  return {
    items: [...chosen.values()],
    has,
    toggle: (item) => toggleAll([item]),
    toggleAll,
    clear: () => setChosen(new Map()),
  };
}
