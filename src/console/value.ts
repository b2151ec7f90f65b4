import { useSyncExternalStore } from 'preact/compat';

/** A value of the tab, outside of any page, that components follow. */
export interface Value<T> {
  get(): T;
  /** Takes another value, and has what follows it shown anew. */
  set(next: T): void;
  /** The value, in a component that follows it. */
  use(): T;
  /** Whether any component follows it now. */
  isFollowed(): boolean;
}

/** Makes one. */
export function createValue<T>(first: T): Value<T> {
  const listeners = new Set<() => void>();
  let value = first;
  const get = (): T => value;
  const follow = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get,
    set(next) {
      if (next === value) return;
      value = next;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(follow, get),
    isFollowed: () => listeners.size > 0,
  };
}
