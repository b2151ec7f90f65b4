import { useLanguage } from '../../i18n/language.ts';
import { StatusCell } from '../lists/status-cell.tsx';
import type { DeliveryDetail } from './model.ts';

/** How a delivery stands: the badge, and the service’s own sentence. */
export function Lead({
  delivery,
  sentence,
}: {
  readonly delivery: DeliveryDetail;
  readonly sentence: string;
}) {
  const language = useLanguage();
  return (
    <div class="lead">
      <StatusCell delivery={delivery} />
      <p class="lead-sentence" lang={language}>
        {sentence}
      </p>
    </div>
  );
}
