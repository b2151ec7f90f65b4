import { useEffect, useState } from 'preact/hooks';
import { endOnSignOut } from '../api/query.ts';
import { problemOf } from '../api/problem.ts';
import { settleAskedAgain, useIsAskedAgain } from '../api/sign-in-again.ts';
import { BASE } from '../base.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { toast } from '../components/toast.tsx';
import { useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { commonTexts } from '../texts/common.ts';
import { sayProblem } from '../texts/problems.ts';
import { sessionTexts } from '../texts/session.ts';
import { takeBroughtProblem } from './brought-problem.ts';
import { useSession } from './context.ts';
import { KeyForm } from './key-form.tsx';
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
  const { name, by } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const enter = async (key: string): Promise<void> => {
    try {
      await signInAgain(key);
    } catch (error) {
      const found = problemOf(error);
      if (found.code === 'session-ended') endOnSignOut(found);
      throw found;
    }
    settleAskedAgain(true);
  };
  return (
    <Dialog title={t('againTitle')} onClose={refuse}>
      <p>{t('againWhy')}</p>
      <p>{t(by === 'link' ? 'againLink' : 'againKey', { name })}</p>
      <KeyForm
        enter={enter}
        problem={problem}
        onProblem={setProblem}
        buttons={(isBusy) => (
          <div class="dialog-actions">
            <Button onClick={refuse}>{common('cancel')}</Button>
            <Button type="submit" kind="primary" isBusy={isBusy}>
              {t('againDo')}
            </Button>
          </div>
        )}
      />
    </Dialog>
  );
}
