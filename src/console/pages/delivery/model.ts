import type { paths } from '../../api/schema.ts';
import type { Tone } from '../../components/badge.tsx';
import type { Outcome, Status } from '../../texts/deliveries.ts';

/** A delivery with its attempts. */
export type DeliveryDetail =
  paths['/v1/deliveries/{id}']['get']['responses'][200]['content']['application/json'];

/** An attempt of it, or a row that says that it came to be blocked. */
export type AttemptRow = DeliveryDetail['attemptList'][number];

/** An attempt with its messages. */
export type AttemptDetail =
  paths['/v1/communications/{id}']['get']['responses'][200]['content']['application/json'];

/** Whether a delivery's life is over. */
export function isOver({ status }: { readonly status: Status }): boolean {
  return status === 'acknowledged' || status === 'exhausted' || status === 'cancelled';
}

/** How an attempt's end is looked at: what is ours to mend, or passes, is no failure of the integrator's. */
export function toneOfOutcome(outcome: Outcome): Tone {
  if (outcome === 'acknowledged' || outcome === 'answered') return 'good';
  return outcome === 'blocked' || outcome === 'interrupted' ? 'wait' : 'bad';
}
