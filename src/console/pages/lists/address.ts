import { useRef } from 'preact/hooks';
import { useSearchParams } from 'wouter-preact';
import type { Pages } from '../../components/pager.tsx';

/** The parameters of the address, and how they are changed; null takes one away. */
export interface Address {
  readonly get: (name: string) => string | undefined;
  /** Another filter is another list: it begins at its first page. */
  readonly filter: (changes: Readonly<Record<string, string | null>>) => void;
  readonly pages: Pages;
}

const AFTER = 'after';

/** What a list shows, by the address alone: a link shows the same, and the browser's own way back goes back. */
export function useAddress(): Address {
  const [params, setParams] = useSearchParams();
  const steps = useRef(0);
  const change = (changes: Readonly<Record<string, string | null>>): void =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      return next;
    });
  const after = params.get(AFTER) ?? undefined;
  return {
    get: (name) => params.get(name) ?? undefined,
    filter(changes) {
      steps.current = 0;
      change({ ...changes, [AFTER]: null });
    },
    pages: {
      after,
      hasPrevious: after !== undefined,
      next(cursor) {
        steps.current += 1;
        change({ [AFTER]: cursor });
      },
      previous() {
        // The API knows the way forward alone: whoever came by a link goes back to the first page.
        if (steps.current === 0) change({ [AFTER]: null });
        else {
          steps.current -= 1;
          history.back();
        }
      },
      reset: () => change({ [AFTER]: null }),
    },
  };
}
