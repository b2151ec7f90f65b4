import { useState } from 'preact/hooks';
import { Button } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { Tabs, useTab } from '../components/tabs.tsx';
import { useTexts } from '../i18n/texts.ts';
import { keysTexts } from '../texts/keys.ts';
import { sessionsTexts } from '../texts/sessions.ts';
import { KeyList } from './keys/key-list.tsx';
import { OpenSessions } from './sessions/open-sessions.tsx';

/** The API keys, and the sessions of the console: who may come in, and who is in. */
export default function Keys() {
  const t = useTexts(keysTexts);
  const sessions = useTexts(sessionsTexts);
  const [isMaking, setIsMaking] = useState(false);
  const tabs = [
    { name: 'keys', text: t('title') },
    { name: 'sessions', text: sessions('title') },
  ] as const;
  const tab = useTab(tabs);
  return (
    <Page
      title={t('title')}
      actions={
        tab === 'keys' &&
        !isMaking && (
          <Button kind="primary" onClick={() => setIsMaking(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      <Tabs label={t('parts')} tabs={tabs} current={tab} />
      {tab === 'sessions' ? (
        <OpenSessions isOwn={false} />
      ) : (
        <KeyList isMaking={isMaking} onMade={() => setIsMaking(false)} />
      )}
    </Page>
  );
}
