import type { EntityKey, StateChange } from '../../src/domain/notification.ts';
import type { State } from '../../src/domain/state.ts';
import { stateChange } from './changes.ts';

const START_MS = Date.parse('2026-11-02T09:00:00Z');

/** A change that says as little as it may: all that the scheduler goes by. */
export function schedulerChange(
  id: string,
  change: { notification: string; entity: EntityKey; state: State; minute: number },
): StateChange {
  const { minute, ...told } = change;
  return stateChange({ id, ...told, occurredAtMs: START_MS + minute * 60_000 });
}
