import type { NoCallbackReason } from '../delivery/ports.ts';
import type { State } from '../domain/state.ts';
import type { Awaited } from './story-facts.ts';

/** A thing as the subject of a sentence (“el dipòsit”), and as whose something is (“del dipòsit”). */
export interface Noun {
  readonly subject: string;
  readonly of: string;
}

/** The sentences of stories in one language: one that lacks does not compile. Instants and durations come as text. */
export interface StoryWords {
  readonly states: Readonly<Record<State, Noun>>;
  readonly daily: (day: string) => Noun;
  /** “el servei web de l’Ajuntament Inventat”; without an owner, the integrator's. */
  readonly webService: (owner: string | null) => string;

  readonly acknowledgedAtOnce: (what: Noun, when: string) => string;
  /** @param did what the web service did before, null where it did nothing wrong */
  readonly acknowledgedAfter: (
    what: Noun,
    nth: string,
    service: string,
    did: string | null,
    when: string,
  ) => string;
  readonly exhausted: (what: Noun, attempts: string, service: string, did: string | null) => string;
  readonly cancelled: (what: Noun, reason: string | null, when: string) => string;
  readonly retrying: (
    what: Noun,
    service: string,
    did: string | null,
    when: string | null,
    left: string,
  ) => string;
  readonly sending: (what: Noun, nth: string) => string;
  readonly queued: (what: Noun) => string;
  readonly waitsFor: Readonly<
    Record<'earlier' | 'window', (what: Noun) => string> & {
      readonly probed: (what: Noun, when: string) => string;
      readonly paused: (what: Noun, since: string | null, reason: string | null) => string;
      readonly suspended: (what: Noun, since: string | null) => string;
      readonly incomplete: (what: Noun) => string;
      readonly notAllowed: (what: Noun) => string;
      readonly inexpressible: (what: Noun) => string;
    }
  >;
  /** What is added to the sentence of a delivery. */
  readonly interrupted: (attempts: number) => string;
  readonly late: string;
  readonly resent: string;
  readonly others: (acknowledged: number, exhausted: number, cancelled: number, open: number) => string;

  /** Why no callback was due. */
  readonly noCallback: (what: Noun, reason: NoCallbackReason) => string;
  readonly nothingYet: string;
  readonly dailyOnly: (day: string, isAcknowledged: boolean) => string;

  /** Single items. */
  readonly changed: (state: State) => string;
  readonly cameLate: (state: State, after: string) => string;
  readonly joinedDaily: (day: string) => string;
  readonly made: (what: Noun) => string;
  readonly madeAgain: (what: Noun) => string;
  readonly attempted: (nth: string, service: string, did: string, lasting: string) => string;
  readonly confirmed: (nth: string, service: string, lasting: string) => string;
  readonly brokenOff: (nth: string) => string;
  readonly blocked: (what: Noun) => string;
  readonly waited: Readonly<Record<Awaited, (lasting: string) => string>>;
  readonly ended: Readonly<Record<'acknowledged' | 'exhausted' | 'cancelled', (what: Noun) => string>>;
  readonly recover: string;
  readonly next: Readonly<{
    readonly retry: (nth: string, when: string) => string;
    readonly soon: (nth: string) => string;
  }>;
}
