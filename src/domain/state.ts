/** The states of a notification, as the contract spells them (message version 4.0, EstatType). */
export const STATES = [
  'PENDENT',
  'REGISTRADA',
  'DIPOSITADA',
  'ACCEPTADA',
  'REBUTJADA',
  'EXPIRADA',
  'ERROR',
  'ANUL·LADA',
] as const;
export type State = (typeof STATES)[number];

/** What is sent: a comunicació needs no acceptance and never expires (TipusObjecteType). */
export const KINDS = ['NOTIFICACIO', 'COMUNICACIO'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * The life cycle: which states may directly follow each one. From ERROR an administrator can relaunch the
 * process that failed, so its successors are the states in which a process can fail.
 */
const LIFE_CYCLE: Record<Kind, Partial<Record<State, readonly State[]>>> = {
  NOTIFICACIO: {
    PENDENT: ['REGISTRADA', 'ERROR', 'ANUL·LADA'],
    REGISTRADA: ['DIPOSITADA', 'ERROR', 'ANUL·LADA'],
    DIPOSITADA: ['ACCEPTADA', 'REBUTJADA', 'EXPIRADA', 'ERROR', 'ANUL·LADA'],
    ACCEPTADA: ['ANUL·LADA'],
    REBUTJADA: ['ANUL·LADA'],
    EXPIRADA: ['ANUL·LADA'],
    ERROR: ['PENDENT', 'REGISTRADA', 'DIPOSITADA', 'ANUL·LADA'],
    ANUL·LADA: [],
  },
  COMUNICACIO: {
    PENDENT: ['REGISTRADA', 'ERROR', 'ANUL·LADA'],
    REGISTRADA: ['DIPOSITADA', 'ERROR', 'ANUL·LADA'],
    DIPOSITADA: ['ACCEPTADA', 'ANUL·LADA'],
    ACCEPTADA: ['ANUL·LADA'],
    ERROR: ['PENDENT', 'REGISTRADA', 'ANUL·LADA'],
    ANUL·LADA: [],
  },
};

/** Every state that some path of the life cycle, of one step or more, leads to. */
function reach(kind: Kind, from: State): ReadonlySet<State> {
  const reached = new Set<State>();
  const open = [...(LIFE_CYCLE[kind][from] ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(LIFE_CYCLE[kind][next] ?? []));
  }
  return reached;
}

const REACH: Record<Kind, ReadonlyMap<State, ReadonlySet<State>>> = {
  NOTIFICACIO: new Map(STATES.map((state) => [state, reach('NOTIFICACIO', state)])),
  COMUNICACIO: new Map(STATES.map((state) => [state, reach('COMUNICACIO', state)])),
};

/** Whether the life cycle of this kind knows the state at all: a comunicació is never refused nor expires. */
export function kindHasState(kind: Kind, state: State): boolean {
  return LIFE_CYCLE[kind][state] !== undefined;
}

/** Whether a path of the life cycle leads from one state to the other; unknown states between are allowed. */
export function canFollow(kind: Kind, from: State, to: State): boolean {
  return REACH[kind].get(from)?.has(to) === true;
}

/** The states that may stand between two neighbours (either may be unknown), for the sentence of a refusal. */
export function statesBetween(kind: Kind, before: State | null, after: State | null): State[] {
  return STATES.filter(
    (state) =>
      kindHasState(kind, state) &&
      (before === null || canFollow(kind, before, state)) &&
      (after === null || canFollow(kind, state, after)),
  );
}

/**
 * The states of which an integrator is told: the deposit and the final ones. ANUL·LADA is final in the life
 * cycle though the contract's list of reported states leaves it out; an entity can switch it off.
 */
export const CALLBACK_STATES: ReadonlySet<State> = new Set<State>([
  'DIPOSITADA',
  'ACCEPTADA',
  'REBUTJADA',
  'EXPIRADA',
  'ERROR',
  'ANUL·LADA',
]);
