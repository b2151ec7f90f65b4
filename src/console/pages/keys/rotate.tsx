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
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const rotate = async (): Promise<void> => {
    setIsBusy(true);
    try {
      onMade(await rotateKey(apiKey.id, { overlap, expiresAt: lifeEnd(life) }));
    } catch (error) {
      setProblem(sayProblem(language, problemOf(error).code));
      setIsBusy(false);
    }
  };
  return (
    <Confirm
      title={t('rotateTitle', { name: apiKey.name })}
      deed={t('rotate')}
      isBusy={isBusy}
      onConfirm={() => void rotate()}
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
      {problem !== null && (
        <p class="alert" role="alert">
          {problem}
        </p>
      )}
    </Confirm>
  );
}
