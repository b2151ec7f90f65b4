import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../api/problem.ts';
import { BASE } from '../base.ts';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { TextField } from '../components/field.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { Choices } from '../shell/choices.tsx';
import { sayProblem } from '../texts/problems.ts';
import { sessionTexts } from '../texts/session.ts';
import { takeBroughtProblem } from './brought-problem.ts';
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
  const language = useLanguage();
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState(failure);
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = `${t('title')} · eNOTUM callbacks`;
  }, [t]);
  useEffect(() => {
    const brought = takeBroughtProblem();
    if (brought !== null) setProblem(brought);
  }, []);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const submit = async (): Promise<void> => {
    if (key.trim() === '') {
      setProblem('key-needed');
      return;
    }
    setIsBusy(true);
    try {
      await signIn({ key: key.trim() });
    } catch (error) {
      setProblem(problemOf(error).code);
      setIsBusy(false);
      form.current?.querySelector('input')?.focus();
    }
  };

  const said = problem === 'key-needed' ? t('keyNeeded') : problem && sayProblem(language, problem);
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
        <form
          ref={form}
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!isBusy) void submit();
          }}
        >
          <TextField
            label={t('key')}
            help={t('keyHelp')}
            error={said ?? undefined}
            type="password"
            value={key}
            onInput={setKey}
          />
          <Button type="submit" kind={identityProvider === null ? 'primary' : 'plain'} isBusy={isBusy}>
            {t('signIn')}
          </Button>
        </form>
      </Card>
      <Choices />
    </main>
  );
}
