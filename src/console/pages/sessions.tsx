import { Page } from '../components/page.tsx';
import { useTexts } from '../i18n/texts.ts';
import { sessionsTexts } from '../texts/sessions.ts';
import { OpenSessions } from './sessions/open-sessions.tsx';

/** The sessions of who is signed in. */
export default function OwnSessions() {
  const t = useTexts(sessionsTexts);
  return (
    <Page title={t('own')}>
      <OpenSessions isOwn />
    </Page>
  );
}
