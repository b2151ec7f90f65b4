import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const PRODUCT = 'eNOTUM callbacks';

/** Whether a page was shown before: then a page that comes takes the focus, so that it is read out. */
let hasShown = false;

interface PageProps {
  readonly title: string;
  /** What is done on the page as a whole. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page: says its title to the browser, and has the focus on its heading when it comes. */
export function Page({ title, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = `${title} · ${PRODUCT}`;
  }, [title]);
  useLayoutEffect(() => {
    if (hasShown) heading.current?.focus();
    hasShown = true;
  }, []);
  return (
    <>
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions !== undefined && <div class="row">{actions}</div>}
      </div>
      {children}
    </>
  );
}
