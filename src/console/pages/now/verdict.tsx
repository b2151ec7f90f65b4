import type { Tone } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatClock } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { levelTexts, nowTexts } from '../../texts/now.ts';
import type { Now } from './model.ts';

const TONES: Readonly<Record<Now['level'], Tone>> = { ok: 'good', warning: 'wait', trouble: 'bad' };

interface VerdictProps extends Pick<Now, 'level' | 'sentence'> {
  /** When it was read, of what is no longer followed, in milliseconds since the epoch; null: it is of now. */
  readonly oldSince: number | null;
}

/** The sentence that says whether everything goes out; of what is no longer followed, that it was so, and when. */
export function Verdict({ level, sentence, oldSince }: VerdictProps) {
  const language = useLanguage();
  const t = useTexts(nowTexts);
  const tone = oldSince === null ? TONES[level] : 'idle';
  return (
    <div class={`verdict verdict-${tone}`} role="status">
      <Icon name={tone} />
      <p>
        {oldSince !== null && <strong>{t('wasSo', { time: formatClock(language, oldSince) })} </strong>}
        <span class="visually-hidden">{sayIn(language, levelTexts[level])}. </span>
        {sentence}
      </p>
    </div>
  );
}
