import { useMutation } from '@tanstack/preact-query';
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
  const { id, name, role, lastUsedAt, entities } = apiKey;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => revokeKey(id),
    onSuccess: () => {
      toast(t('isRevoked', { name }));
      onClose();
    },
  });
  return (
    <Confirm
      title={t('revokeTitle', { name })}
      deed={t('revoke')}
      isDangerous
      isBusy={isPending}
      onConfirm={mutate}
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
      {error !== null && (
        <p class="alert" role="alert">
          {sayProblem(language, problemOf(error).code)}
        </p>
      )}
    </Confirm>
  );
}
