import { Count } from '../../components/number.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { resendTexts, skipTexts } from '../../texts/resends.ts';
import { namesOf } from '../lists/filters.ts';
import type { Job } from './model.ts';

/** How many are not sent again, and why. */
export function SkippedList({ skipped }: { readonly skipped: Job['skipped'] }) {
  const t = useTexts(resendTexts);
  const language = useLanguage();
  const reasons = namesOf(skipTexts).filter((reason) => (skipped[reason] ?? 0) > 0);
  if (reasons.length === 0) return null;
  return (
    <div>
      <p class="soft">{t('left')}</p>
      <ul class="skipped">
        {reasons.map((reason) => (
          <li key={reason}>
            <strong>
              <Count value={skipped[reason] ?? 0} />
            </strong>{' '}
            {sayIn(language, skipTexts[reason])}
          </li>
        ))}
      </ul>
    </div>
  );
}
