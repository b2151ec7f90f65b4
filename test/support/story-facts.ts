import type { StoryAttempt, StoryChange, StoryDelivery, StoryFacts } from '../../src/telling/story-facts.ts';

export const AT = Date.parse('2026-11-24T09:15:00Z');
export const MINUTE = 60_000;

let made = 0;

export function attempt(number: number | null, more: Partial<StoryAttempt> = {}): StoryAttempt {
  made += 1;
  return {
    id: `c${made}`,
    number,
    startedAt: AT + (number ?? 0) * MINUTE,
    durationMs: 120,
    outcome: 'http-error',
    httpStatus: 503,
    code: 'http-503',
    ...more,
  };
}

export const acknowledged = (number: number): StoryAttempt =>
  attempt(number, { outcome: 'acknowledged', httpStatus: 200, code: null });
export const late = (number: number): StoryAttempt =>
  attempt(number, { outcome: 'unreachable', httpStatus: null, code: 'answer-timeout' });
export const interrupted = (number: number): StoryAttempt =>
  attempt(number, { outcome: 'interrupted', httpStatus: null, code: 'lease-expired' });

export function delivery(more: Partial<StoryDelivery> = {}): StoryDelivery {
  return {
    id: 'd1',
    told: { kind: 'OnLine', state: 'DIPOSITADA' },
    status: 'acknowledged',
    waitingFor: null,
    late: false,
    resentFrom: null,
    createdAt: AT,
    finishedAt: AT + 10 * MINUTE,
    nextAttemptAt: null,
    cancelReason: null,
    blockedBy: null,
    spent: 0,
    allowed: 7,
    heldSince: null,
    holdReason: null,
    nextProbeAt: null,
    attempts: [acknowledged(1)],
    ...more,
  };
}

export const open = (more: Partial<StoryDelivery>): StoryDelivery =>
  delivery({ status: 'waiting', finishedAt: null, attempts: [], ...more });

export function change(more: Partial<StoryChange> = {}): StoryChange {
  return {
    id: 'x1',
    state: 'DIPOSITADA',
    occurredAt: AT - 1_000,
    receivedAt: AT,
    reason: null,
    daily: null,
    ...more,
  };
}

export function facts(deliveries: readonly StoryDelivery[], more: Partial<StoryFacts> = {}): StoryFacts {
  return {
    entityName: 'Ajuntament Inventat',
    changes: [change()],
    deliveries,
    now: AT + 20 * MINUTE,
    ...more,
  };
}
