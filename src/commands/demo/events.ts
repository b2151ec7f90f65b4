import type { AttemptEvent } from '../../delivery/ports.ts';
import type { Behaviour } from '../../receiver/receiver.ts';
import type { Communication } from '../answers.ts';
import type { Chapter } from '../texts.ts';

/** What happens in the demo, in order: the lines of `--json`. */
export type DemoEvent =
  | { readonly event: 'starting' }
  | {
      readonly event: 'started';
      readonly api: string;
      readonly receiver: string;
      readonly durationMs: number;
    }
  /** An address that signs in to the console once, within 10 minutes. */
  | { readonly event: 'sign-in'; readonly url: string }
  | {
      readonly event: 'entity';
      readonly organisation: string;
      readonly department: string;
      readonly name: string;
      readonly endpoint: string;
      readonly backOffices: Readonly<Record<string, string>>;
    }
  | { readonly event: 'life'; readonly chapter: Chapter; readonly notification: string }
  | {
      readonly event: 'change';
      readonly notification: string;
      readonly state: string;
      /** Null where no callback is due; then `reason` says why. */
      readonly deliveryId: string | null;
      readonly reason: string | null;
    }
  | {
      readonly event: 'received';
      readonly delivery: string | null;
      readonly notification: string;
      readonly state: string;
      readonly attempt: number | null;
      readonly answer: Behaviour;
    }
  | ({ readonly event: 'attempt' } & AttemptEvent)
  | { readonly event: 'communications'; readonly items: readonly LoggedCommunication[] }
  | Summary
  | { readonly event: 'ready'; readonly api: string; readonly receiver: string; readonly adminKey: string };

/** A row of the communications log, with the state that its delivery tells. */
export type LoggedCommunication = Communication & { readonly state: string | null };

/** How the demo went. */
export interface Summary {
  readonly event: 'summary';
  readonly deliveries: number;
  readonly acknowledged: number;
  readonly attempts: number;
  readonly exhausted: number;
}

/** Whether every callback that was due was acknowledged. */
export function isSuccess({ deliveries, acknowledged }: Summary): boolean {
  return deliveries > 0 && acknowledged === deliveries;
}
