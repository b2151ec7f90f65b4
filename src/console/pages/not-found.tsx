import { Page } from '../components/page.tsx';
import { useTexts } from '../i18n/texts.ts';
import { shellTexts } from '../texts/shell.ts';

/** What is shown at an address that is no page. */
export function NotFound() {
  const t = useTexts(shellTexts);
  return (
    <Page title={t('notFound')}>
      <p class="soft">{t('notFoundHelp')}</p>
    </Page>
  );
}
