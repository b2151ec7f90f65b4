import { useState } from 'preact/hooks';
import { problemOf } from '../../api/problem.ts';
import { Confirm } from '../../components/dialog.tsx';
import { CheckField } from '../../components/fields.tsx';
import { Time } from '../../components/time.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { sayProblem } from '../../texts/problems.ts';
import { againTexts, ownTexts, sessionsTexts } from '../../texts/sessions.ts';
import { endSession, endSessionsOf, type OpenSession } from './calls.ts';

interface EndSessionProps {
  readonly session: OpenSession;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

/** Ends a session, or all of whose it is, after saying what that stops and what it does not. */
export function EndSession({ session, isOwn, onClose }: EndSessionProps) {
  const t = useTexts(sessionsTexts);
  const language = useLanguage();
  const [isAll, setIsAll] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, holder, name, by, createdAt } = session;
  const end = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const count = isAll ? await endSessionsOf(holder) : await endSession(id);
      toast(t('isEnded', { count, name }));
      onClose();
    } catch (error) {
      setProblem(sayProblem(language, problemOf(error).code));
      setIsBusy(false);
    }
  };
  return (
    <Confirm
      title={isOwn ? t('endOwnTitle') : t('endTitle', { name })}
      deed={t(isAll ? 'endAll' : 'end')}
      isDangerous
      isBusy={isBusy}
      onConfirm={() => void end()}
      onClose={onClose}
    >
      <p>
        {t('begun')}: <Time at={createdAt} />. {t('endWhat')}
      </p>
      <p>{sayIn(language, (isOwn ? ownTexts : againTexts)[by])}</p>
      {!isOwn && (
        <CheckField label={t('all', { name })} help={t('allOf')} isChecked={isAll} onChange={setIsAll} />
      )}
      {problem !== null && (
        <p class="alert" role="alert">
          {problem}
        </p>
      )}
    </Confirm>
  );
}
