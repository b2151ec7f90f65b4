import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ErrorState, Skeleton } from '../components/states.tsx';

/** A page’s code, loaded when it is first gone to. */
export type LoadPage = () => Promise<{ readonly default: ComponentType }>;

const loaded = new Map<LoadPage, ComponentType>();

/** Shows a page once its code is there. */
export function LazyPage({ load }: { readonly load: LoadPage }) {
  const [, setCount] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const Found = loaded.get(load);
  useEffect(() => {
    if (loaded.has(load) || error !== null) return;
    const show = async (): Promise<void> => {
      loaded.set(load, (await load()).default);
      setCount((count) => count + 1);
    };
    show().catch(setError);
  }, [load, error]);
  // A new version of the service has taken the place of the one that this page came from: its files are gone.
  if (error !== null) return <ErrorState error={error} onRetry={() => location.reload()} />;
  return Found === undefined ? <Skeleton /> : <Found />;
}
