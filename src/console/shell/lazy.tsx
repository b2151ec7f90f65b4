import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLive } from '../api/live.ts';
import { ApiProblem } from '../api/problem.ts';
import { ErrorState, Skeleton } from '../components/states.tsx';

/** A page’s code, loaded when it is first gone to. */
export type LoadPage = () => Promise<{ readonly default: ComponentType }>;

const loaded = new Map<LoadPage, ComponentType>();

/** Shows a page once its code is there. */
export function LazyPage({ load }: { readonly load: LoadPage }) {
  const [, setCount] = useState(0);
  const [isLost, setIsLost] = useState(false);
  const Found = loaded.get(load);
  useEffect(() => {
    if (loaded.has(load) || isLost) return;
    const show = async (): Promise<void> => {
      loaded.set(load, (await load()).default);
      setCount((count) => count + 1);
    };
    show().catch(() => setIsLost(true));
  }, [load, isLost]);
  if (isLost) return <LostPage />;
  return Found === undefined ? <Skeleton /> : <Found />;
}

/**
 * A page whose code did not come: the service was away, or a new version has taken its place and these files are gone.
 * Browsers keep that it failed, so only a page that is loaded anew asks for it again: by itself, once the service that
 * was away is back.
 */
function LostPage() {
  const live = useLive();
  const wasAway = useRef(false);
  useEffect(() => {
    if (live === 'lost') wasAway.current = true;
    else if (live === 'open' && wasAway.current) location.reload();
  }, [live]);
  return <ErrorState error={new ApiProblem('page-not-loaded', null, '')} onRetry={() => location.reload()} />;
}
