import type { Random } from './random.ts';

/** A state change of an invented notification, with what the judge needs to know of it. */
export interface PlannedChange {
  readonly id: string;
  readonly notification: string;
  readonly state: string;
  /** As sent, in UTC with milliseconds: no two changes of a notification have the same. */
  readonly occurredAt: string;
  /** Whether a callback is due. */
  readonly due: boolean;
  /** The change as the API takes it. */
  readonly body: object;
}

/** The entities of these notifications; the back office has an endpoint of its own. */
export const ORGANISATION = '9900000001';
export const DEPARTMENTS = ['1', '2', '3', '4'] as const;
export const BACK_OFFICE = 'GESTEXP';

const CALLBACK_STATES = new Set(['DIPOSITADA', 'ACCEPTADA', 'REBUTJADA', 'EXPIRADA', 'ERROR', 'ANUL·LADA']);

/** Whole lives: every part of one is a life, too, so its changes may come in any order. */
const LIVES = {
  NOTIFICACIO: [
    ['REGISTRADA', 'DIPOSITADA', 'ACCEPTADA'],
    ['DIPOSITADA', 'REBUTJADA'],
    ['PENDENT', 'REGISTRADA', 'DIPOSITADA', 'EXPIRADA'],
    ['PENDENT', 'ERROR', 'DIPOSITADA', 'ACCEPTADA'],
    ['DIPOSITADA', 'ERROR', 'DIPOSITADA', 'ACCEPTADA', 'ANUL·LADA'],
    ['REGISTRADA', 'DIPOSITADA', 'ANUL·LADA'],
  ],
  COMUNICACIO: [
    ['REGISTRADA', 'DIPOSITADA', 'ACCEPTADA'],
    ['REGISTRADA', 'ERROR', 'REGISTRADA', 'DIPOSITADA', 'ANUL·LADA'],
  ],
} as const;

/** How long ago these lives began, in milliseconds. */
const AGE_MS = 86_400_000;

/**
 * Invents the life of one notification.
 *
 * @returns its changes in the order in which they are to be sent, which for some is not that of their instants
 */
export function inventLife(random: Random, notification: string): PlannedChange[] {
  const kind = random.chance(0.8) ? 'NOTIFICACIO' : 'COMUNICACIO';
  const origin = random.chance(0.95) ? 'INTEGRACIO' : 'EACAT';
  const department = random.pick(DEPARTMENTS);
  const backOffice = random.chance(0.3) ? BACK_OFFICE : null;
  let instant = Date.now() - AGE_MS;
  const changes = random.pick<readonly string[]>(LIVES[kind]).map((state, index) => {
    const id = `${notification}-${index}`;
    instant += random.between(1, 3_600_000);
    const occurredAt = new Date(instant).toISOString();
    return {
      id,
      notification,
      state,
      occurredAt,
      due: origin === 'INTEGRACIO' && CALLBACK_STATES.has(state),
      body: {
        id,
        occurredAt,
        state,
        notification: {
          id: notification,
          kind,
          origin,
          reference: `EXP-${notification}`,
          entity: { organisation: ORGANISATION, department },
          backOffice,
        },
      },
    };
  });
  return random.chance(0.2) ? shuffle(random, changes) : changes;
}

function shuffle<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
