import type { EntityKey, StateChange } from '../../src/domain/notification.ts';
import type { State } from '../../src/domain/state.ts';

const START_MS = Date.parse('2026-11-02T09:00:00Z');

/** A change that says as little as it may: all that the scheduler goes by. */
export function schedulerChange(
  id: string,
  change: { notification: string; entity: EntityKey; state: State; minute: number },
): StateChange {
  const occurredAtMs = START_MS + change.minute * 60_000;
  return {
    id,
    occurredAt: new Date(occurredAtMs).toISOString(),
    occurredAtMs,
    state: change.state,
    notification: {
      id: change.notification,
      kind: 'NOTIFICACIO',
      origin: 'INTEGRACIO',
      entity: change.entity,
      backOffice: null,
      reference: 'EXP-1',
      issuerReference: null,
      channel: null,
      expirationDays: null,
      registry: null,
    },
    signer: null,
    channelChange: null,
  };
}
