import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { problemOf } from '../../api/problem.ts';
import { Confirm } from '../../components/dialog.tsx';
import { SelectField } from '../../components/field.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { keysTexts } from '../../texts/keys.ts';
import { sayProblem } from '../../texts/problems.ts';
import { rotateKey, type Key, type NewKey } from './calls.ts';
import { LIVES, lifeEnd, type Life } from './lives.ts';

const OVERLAPS = ['0s', '1h', '24h', '7d', '30d'] as const;

interface RotateKeyProps {
  readonly apiKey: Key;
  readonly onMade: (key: NewKey) => void;
  readonly onClose: () => void;
}

/** Makes the key that follows one, which works on for a while. */
export function RotateKey({ apiKey, onMade, onClose }: RotateKeyProps) {
  const t = useTexts(keysTexts);
  const language = useLanguage();
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]>('24h');
  const [life, setLife] = useState<Life>('year');
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => rotateKey(apiKey.id, { overlap, expiresAt: lifeEnd(life) }),
    onSuccess: onMade,
  });
  return (
    <Confirm
      title={t('rotateTitle', { name: apiKey.name })}
      deed={t('rotate')}
      isBusy={isPending}
      onConfirm={mutate}
      onClose={onClose}
    >
      <p>{t('rotateWhat')}</p>
      <SelectField
        label={t('overlap')}
        help={t('overlapHelp')}
        value={overlap}
        options={OVERLAPS.map((value) => ({ value, text: t(`overlap${value}`) }))}
        onChange={setOverlap}
      />
      <SelectField
        label={t('life')}
        value={life}
        options={LIVES.map((value) => ({ value, text: t(value) }))}
        onChange={setLife}
      />
      {error !== null && (
        <p class="alert" role="alert">
          {sayProblem(language, problemOf(error).code)}
        </p>
      )}
    </Confirm>
  );
}
