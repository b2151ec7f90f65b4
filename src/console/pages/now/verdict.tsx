import type { Tone } from '../../components/badge.tsx';
import { useLive } from '../../api/live.ts';
import { Icon } from '../../components/icon.tsx';
import { formatClock } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { levelTexts, nowTexts } from '../../texts/now.ts';
import type { Now } from './model.ts';

const TONES: Readonly<Record<Now['level'], Tone>> = { ok: 'good', warning: 'wait', trouble: 'bad' };

interface VerdictProps extends Pick<Now, 'level' | 'sentence'> {
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
}

/** The sentence that says whether everything goes out; of what is no longer followed, that it was so, and when. */
export function Verdict({ level, sentence, at }: VerdictProps) {
  const language = useLanguage();
  const t = useTexts(nowTexts);
  const live = useLive();
  const isOld = live === 'lost' || live === 'held';
  const tone = isOld ? 'idle' : TONES[level];
  return (
    <div class={`verdict verdict-${tone}`} role="status">
      <Icon name={tone} />
      <p>
        {isOld && <strong>{t('wasSo', { time: formatClock(language, at) })} </strong>}
        <span class="visually-hidden">{sayIn(language, levelTexts[level])}. </span>
        {sentence}
      </p>
    </div>
  );
}
