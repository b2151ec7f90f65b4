import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Link, useLocation } from 'wouter-preact';
import { useLiveConnection } from '../api/live.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Toasts } from '../components/toast.tsx';
import { useTexts } from '../i18n/texts.ts';
import { SECTIONS } from '../pages.ts';
import { useIdleSignOut, useSession } from '../session/context.ts';
import { signOut } from '../session/session.ts';
import { shellTexts } from '../texts/shell.ts';
import { Choices } from './choices.tsx';
import { Search } from './search.tsx';
import { useOnline } from './online.ts';

/** The frame of every page of who is signed in. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const t = useTexts(shellTexts);
  const session = useSession();
  useIdleSignOut(session);
  useLiveConnection();
  const isOnline = useOnline();
  const main = useRef<HTMLElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [path] = useLocation();
  useEffect(() => setIsOpen(false), [path]);
  return (
    <div class="shell">
      <button class="skip" type="button" onClick={() => main.current?.focus()}>
        {t('skip')}
      </button>
      <header class="header">
        <Link class="brand" href="/">
          <img src="icon.svg" alt="" />
          eNOTUM callbacks
        </Link>
        <button
          class="button button-small menu-button"
          type="button"
          aria-expanded={isOpen}
          aria-controls="sections"
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name="menu" />
          {t('menu')}
        </button>
        <Search />
        <Choices />
        <Button kind="quiet" isSmall onClick={() => void signOut(false)}>
          {t('signOut')}
        </Button>
        {!isOnline && (
          <p class="banner" role="status">
            {t('offline')}
          </p>
        )}
      </header>
      <nav class="nav" id="sections" aria-label={t('sections')} data-open={isOpen || undefined}>
        <ul>
          {SECTIONS.filter(({ roles }) => roles.includes(session.role)).map(({ name, path: target }) => (
            <li key={name}>
              <Link href={target} aria-current={isWithin(path, target) ? 'page' : undefined}>
                <Icon name={name} />
                {t(name)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main class="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <Toasts />
    </div>
  );
}

function isWithin(path: string, section: string): boolean {
  return section === '/' ? path === '/' : path === section || path.startsWith(`${section}/`);
}
