import { Link, useLocation } from 'wouter-preact';
import { useTexts } from '../../i18n/texts.ts';
import { listsTexts } from '../../texts/lists.ts';

const LISTS = ['deliveries', 'communications'] as const;

/** From the deliveries to the log of what was said, and back. */
export function ListTabs() {
  const t = useTexts(listsTexts);
  const [path] = useLocation();
  return (
    <nav class="tabs-nav" aria-label={t('lists')}>
      {LISTS.map((name) => (
        <Link key={name} href={`/${name}`} aria-current={path === `/${name}` ? 'page' : undefined}>
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
