import { useState } from 'preact/hooks';
import { problemOf } from '../../api/problem.ts';
import { Confirm } from '../../components/dialog.tsx';
import { Time } from '../../components/time.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { keysTexts, revokedTexts } from '../../texts/keys.ts';
import { sayProblem } from '../../texts/problems.ts';
import { revokeKey, type Key } from './calls.ts';

/** Revokes a key, after saying what will stop. */
export function RevokeKey({ apiKey, onClose }: { readonly apiKey: Key; readonly onClose: () => void }) {
  const t = useTexts(keysTexts);
  const language = useLanguage();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, name, role, lastUsedAt, entities } = apiKey;
  const revoke = async (): Promise<void> => {
    setIsBusy(true);
    try {
      await revokeKey(id);
      toast(t('isRevoked', { name }));
      onClose();
    } catch (error) {
      setProblem(sayProblem(language, problemOf(error).code));
      setIsBusy(false);
    }
  };
  return (
    <Confirm
      title={t('revokeTitle', { name })}
      deed={t('revoke')}
      isDangerous
      isBusy={isBusy}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      <p>{sayIn(language, revokedTexts[role])}</p>
      {entities !== null && (
        <p>
          {t('itsEntities')}{' '}
          {entities.map(({ organisation, department }) => (
            <code key={`${organisation}/${department}`}>
              {organisation}/{department}{' '}
            </code>
          ))}
        </p>
      )}
      <p>
        {lastUsedAt === null ? (
          t('neverUsed')
        ) : (
          <>
            {t('lastUsed')}: <Time at={lastUsedAt} isRelative />
          </>
        )}
      </p>
      <p class="soft">{t('revokeAlso')}</p>
      {problem !== null && (
        <p class="alert" role="alert">
          {problem}
        </p>
      )}
    </Confirm>
  );
}
