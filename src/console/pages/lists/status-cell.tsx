import { Badge, type Tone } from '../../components/badge.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn } from '../../i18n/texts.ts';
import {
  outcomeTexts,
  statusTexts,
  waitingTexts,
  type Outcome,
  type Status,
} from '../../texts/deliveries.ts';
import type { Delivery } from './model.ts';

const STATUS_TONES: Readonly<Record<Status, Tone>> = {
  waiting: 'wait',
  queued: 'info',
  sending: 'info',
  retrying: 'wait',
  acknowledged: 'good',
  exhausted: 'bad',
  cancelled: 'idle',
};

const OUTCOME_TONES: Readonly<Record<Outcome, Tone>> = {
  acknowledged: 'good',
  answered: 'good',
  refused: 'bad',
  faulted: 'bad',
  unreadable: 'bad',
  'http-error': 'bad',
  unreachable: 'bad',
  blocked: 'wait',
  interrupted: 'wait',
};

/** Where a delivery stands, and why. */
export function StatusCell({ delivery }: { readonly delivery: Delivery }) {
  const language = useLanguage();
  const { status, waitingFor, lastOutcome, cancelReason } = delivery;
  const why = [
    status === 'retrying' || status === 'exhausted'
      ? lastOutcome && sayIn(language, outcomeTexts[lastOutcome])
      : null,
    waitingFor === null || waitingFor === 'retry' ? null : sayIn(language, waitingTexts[waitingFor]),
    status === 'cancelled' ? cancelReason : null,
  ].filter(Boolean);
  return (
    <span class="lines">
      <span>
        <Badge tone={STATUS_TONES[status]}>{sayIn(language, statusTexts[status])}</Badge>
      </span>
      {why.length > 0 && <span class="soft small">{why.join(' · ')}</span>}
    </span>
  );
}

/** How an attempt or a pull ended. */
export function OutcomeBadge({ outcome }: { readonly outcome: Outcome }) {
  const language = useLanguage();
  return <Badge tone={OUTCOME_TONES[outcome]}>{sayIn(language, outcomeTexts[outcome])}</Badge>;
}
