import { useEffect, useState } from 'preact/hooks';
import { BASE } from '../base.ts';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { useTexts } from '../i18n/texts.ts';
import { Choices } from '../shell/choices.tsx';
import { sessionTexts } from '../texts/session.ts';
import { takeBroughtProblem } from './brought-problem.ts';
import { KeyForm } from './key-form.tsx';
import { signIn } from './session.ts';

interface SignInProps {
  /** Where the provider of identity begins, below the console’s address; null: there is none. */
  readonly identityProvider: string | null;
  /** Whether there was a session that has ended. */
  readonly hasEnded: boolean;
  /** The code of a problem that signing in by a link met. */
  readonly failure?: string | null;
}

/** The page of who is not signed in, at whatever address: signing in goes on there. */
export function SignIn({ identityProvider, hasEnded, failure = null }: SignInProps) {
  const t = useTexts(sessionTexts);
  const [problem, setProblem] = useState(failure);
  useEffect(() => {
    document.title = `${t('title')} · eNOTUM callbacks`;
  }, [t]);
  useEffect(() => {
    const brought = takeBroughtProblem();
    if (brought !== null) setProblem(brought);
  }, []);

  return (
    <main class="entrance">
      <h1 class="visually-hidden">{t('intro')}</h1>
      <img src="icon.svg" alt="" width="48" height="48" />
      <Card title={t('title')}>
        <p class="soft">{t('intro')}</p>
        {hasEnded && problem === null && (
          <p class="alert alert-info" role="status">
            {t('ended')}
          </p>
        )}
        {identityProvider !== null && (
          <div class="stack">
            <a class="button button-primary" href={new URL(identityProvider, BASE).href}>
              {t('byProvider')}
            </a>
            <p class="soft">{t('or')}</p>
          </div>
        )}
        <KeyForm
          enter={async (key) => signIn({ key })}
          problem={problem}
          onProblem={setProblem}
          buttons={(isBusy) => (
            <Button type="submit" kind={identityProvider === null ? 'primary' : 'plain'} isBusy={isBusy}>
              {t('signIn')}
            </Button>
          )}
        />
      </Card>
      <Choices />
    </main>
  );
}
