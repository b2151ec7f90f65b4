import { useMutation } from '@tanstack/preact-query';
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
  const { id, holder, name, by, createdAt } = session;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => (isAll ? endSessionsOf(holder) : endSession(id)),
    onSuccess: (count) => {
      toast(t('isEnded', { count, name }));
      onClose();
    },
  });
  return (
    <Confirm
      title={isOwn ? t('endOwnTitle') : t('endTitle', { name })}
      deed={t(isAll ? 'endAll' : 'end')}
      isDangerous
      isBusy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>
        {t('begun')}: <Time at={createdAt} />. {t('endWhat')}
      </p>
      <p>{sayIn(language, (isOwn ? ownTexts : againTexts)[by])}</p>
      {!isOwn && (
        <CheckField label={t('all', { name })} help={t('allOf')} isChecked={isAll} onChange={setIsAll} />
      )}
      {error !== null && (
        <p class="alert" role="alert">
          {sayProblem(language, problemOf(error).code)}
        </p>
      )}
    </Confirm>
  );
}
