import { claim, enqueue } from '../../src/domain/delivery.ts';
import type { InheritedFacts, StateChange } from '../../src/domain/notification.ts';
import type { KINDS, State } from '../../src/domain/state.ts';
import {
  judge,
  type DueCallback,
  type KnownEntity,
  type KnownNotification,
} from '../../src/delivery/intake/judge.ts';

export const START_MS = Date.parse('2026-11-02T09:00:00Z');
/** Of whom all changes here are. */
export const ENTITY_KEY = { organisation: '9900000001', department: '1' };
/** What a change says where it says no more. */
export const NO_FACTS: InheritedFacts = {
  issuerReference: null,
  channel: null,
  expirationDays: null,
  registry: null,
};

/** Its configuration: all callbacks, no daily report. */
export const KNOWN_ENTITY: KnownEntity = {
  organisationName: 'Ajuntament Inventat',
  departmentName: 'Secretaria',
  online: true,
  daily: false,
  sendCancelled: true,
  destination: () => ({ endpointId: '1', originId: '1', originProbed: false, missing: [], heldBy: null }),
};

/** A change of one notification, so many minutes after the start. */
export function change(
  kind: (typeof KINDS)[number],
  made: { state: State; minute: number; facts?: InheritedFacts; signed?: boolean },
): StateChange {
  const occurredAtMs = START_MS + made.minute * 60_000;
  return {
    id: 'c',
    occurredAt: new Date(occurredAtMs).toISOString(),
    occurredAtMs,
    state: made.state,
    notification: {
      id: '900000000001',
      kind,
      origin: 'INTEGRACIO',
      entity: ENTITY_KEY,
      backOffice: null,
      reference: 'EXP-1',
      ...NO_FACTS,
      ...made.facts,
    },
    signer: made.signed
      ? { type: 'paper', officerNif: '00000000T', practisedAt: '2026-11-02T10:00:00Z', reference: 'R-1' }
      : null,
    channelChange: null,
  };
}

/** A change that was taken, and the callback that it causes. */
export interface Accepted {
  readonly change: StateChange;
  readonly due: DueCallback | null;
}

/** Judges changes one after the other; `send` says after which of them the first delivery is being sent. */
export function live(
  changes: readonly StateChange[],
  send: (place: number) => boolean = () => false,
): { known: KnownNotification | null; accepted: Accepted[]; refused: number[] } {
  let known: KnownNotification | null = null;
  const accepted: Accepted[] = [];
  const refused: number[] = [];
  changes.forEach((each, place) => {
    const judgement = judge(each, {
      known,
      entity: KNOWN_ENTITY,
      now: START_MS,
      arrival: place,
      newId: () => String(place),
    });
    if ('refusal' in judgement) {
      refused.push(place);
      return;
    }
    known = judgement.notification;
    accepted.push({ change: each, due: judgement.due });
    if (send(place)) known = sending(known);
  });
  return { known, accepted, refused };
}

/** The notification once an attempt of its first delivery has begun. */
export function sending(known: KnownNotification): KnownNotification {
  const first = known.line.find((d) => d.first && d.status === 'waiting');
  const held = first === undefined ? null : claim(enqueue(first));
  if (held === null) return known;
  return {
    ...known,
    line: known.line.map((d) => (d.id === held.id ? held : d)),
    latestAttempted: Math.max(known.latestAttempted ?? held.position, held.position),
  };
}
