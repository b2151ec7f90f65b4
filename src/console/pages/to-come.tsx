import { useLocation } from 'wouter-preact';
import { EmptyState } from '../components/states.tsx';
import { Page } from '../components/page.tsx';
import { useTexts } from '../i18n/texts.ts';
import { SECTIONS } from '../pages.ts';
import { shellTexts } from '../texts/shell.ts';

/** A section whose page is not made yet. */
export default function ToCome() {
  const t = useTexts(shellTexts);
  const [path] = useLocation();
  const section = SECTIONS.find((each) => each.path === path);
  return (
    <Page key={path} title={t(section?.name ?? 'notFound')}>
      <EmptyState title={t('toCome')} />
    </Page>
  );
}
