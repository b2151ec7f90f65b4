import type { Tone } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn } from '../../i18n/texts.ts';
import { levelTexts } from '../../texts/now.ts';
import type { Now } from './model.ts';

const TONES: Readonly<Record<Now['level'], Tone>> = { ok: 'good', warning: 'wait', trouble: 'bad' };

/** The sentence that says whether everything goes out. */
export function Verdict({ level, sentence }: Pick<Now, 'level' | 'sentence'>) {
  const language = useLanguage();
  const tone = TONES[level];
  return (
    <div class={`verdict verdict-${tone}`} role="status">
      <Icon name={tone} />
      <p>
        <span class="visually-hidden">{sayIn(language, levelTexts[level])}. </span>
        {sentence}
      </p>
    </div>
  );
}
