import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { problemOf } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { sessionTexts } from '../texts/session.ts';
import { SignIn } from './sign-in.tsx';
import { signIn, useCurrentSession } from './session.ts';

/** Signs in with the code after # of a link; takes it out of the address and the history at once. */
export function Enter() {
  const t = useTexts(sessionTexts);
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const code = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
    const enter = async (): Promise<void> => {
      await signIn({ code });
      navigate('/', { replace: true });
    };
    enter().catch((error: unknown) => setFailure(problemOf(error).code));
  }, [navigate]);
  if (failure !== null) return <Failed failure={failure} />;
  return (
    <main class="entrance">
      <h1>{t('entering')}</h1>
    </main>
  );
}

/** Asks for the session now alone: an answer from before signing in would stand for the one after. */
function Failed({ failure }: { readonly failure: string }) {
  const { data } = useCurrentSession();
  return <SignIn identityProvider={data?.identityProvider ?? null} hasEnded={false} failure={failure} />;
}
