import { useEffect, useRef, useState } from 'preact/hooks';
import { endOnSignOut } from '../api/query.ts';
import { problemOf } from '../api/problem.ts';
import { settleAskedAgain, useIsAskedAgain } from '../api/sign-in-again.ts';
import { BASE } from '../base.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/field.tsx';
import { toast } from '../components/toast.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { sayProblem } from '../texts/problems.ts';
import { sessionTexts } from '../texts/session.ts';
import { takeBroughtProblem } from './brought-problem.ts';
import { useSession } from './context.ts';
import { signInAgain, useCurrentSession } from './session.ts';

/** More than any page has; what is left of a longer one is its path. */
const MAX_PAGE_LENGTH = 1_000;

const refuse = (): void => settleAskedAgain(false);

/** Asks whoever is signed in to do so again, where a call needs that; once in the frame of all pages. */
export function SignInAgain() {
  const isAsked = useIsAskedAgain();
  const language = useLanguage();
  const { by } = useSession();
  const identityProvider = useCurrentSession().data?.identityProvider ?? null;
  // Whoever came back from the provider without success is where they were.
  useEffect(() => {
    const problem = takeBroughtProblem();
    if (problem !== null) toast(sayProblem(language, problem));
  }, [language]);
  useEffect(() => refuse, []);
  if (!isAsked) return null;
  return by === 'provider' && identityProvider !== null ? (
    <ByProvider identityProvider={identityProvider} />
  ) : (
    <ByKey />
  );
}

function ByProvider({ identityProvider }: { readonly identityProvider: string }) {
  const t = useTexts(sessionTexts);
  const common = useTexts(commonTexts);
  const url = new URL(identityProvider, BASE);
  url.searchParams.set('again', currentPage());
  return (
    <Dialog title={t('againTitle')} onClose={refuse}>
      <p>{t('againWhy')}</p>
      <p>{t('againProvider')}</p>
      <div class="dialog-actions">
        <Button onClick={refuse}>{common('cancel')}</Button>
        <a class="button button-primary" href={url.href}>
          {t('byProvider')}
        </a>
      </div>
    </Dialog>
  );
}

/** Where somebody is, below the console’s address. */
function currentPage(): string {
  const page = (location.origin + location.pathname + location.search).slice(BASE.href.length);
  return page.length > MAX_PAGE_LENGTH ? (page.split('?', 1)[0] ?? '') : page;
}

function ByKey() {
  const t = useTexts(sessionTexts);
  const common = useTexts(commonTexts);
  const language = useLanguage();
  const { name, by } = useSession();
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async (): Promise<void> => {
    if (key.trim() === '') {
      setProblem('key-needed');
      return;
    }
    setIsBusy(true);
    try {
      await signInAgain(key.trim());
      settleAskedAgain(true);
    } catch (error) {
      const found = problemOf(error);
      if (found.code === 'session-ended') endOnSignOut(found);
      setProblem(found.code);
      setIsBusy(false);
      form.current?.querySelector('input')?.focus();
    }
  };

  const said = problem === 'key-needed' ? t('keyNeeded') : problem && sayProblem(language, problem);
  return (
    <Dialog title={t('againTitle')} onClose={refuse}>
      <p>{t('againWhy')}</p>
      <p>{t(by === 'link' ? 'againLink' : 'againKey', { name })}</p>
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
        <div class="dialog-actions">
          <Button onClick={refuse}>{common('cancel')}</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {t('againDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
