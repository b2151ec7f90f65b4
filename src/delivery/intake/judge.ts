import type { CreationOrigin, EntityKey, InheritedFacts, StateChange } from '../../domain/notification.ts';
import { inherit, NOTHING_KNOWN } from '../../domain/notification.ts';
import type { ProblemCode } from '../../domain/errors.ts';
import { join, type Hold, type Schedule } from '../../domain/delivery.ts';
import { reportChange, type Report } from '../../domain/report.ts';
import { CALLBACK_STATES, canFollow, statesBetween, type Kind, type State } from '../../domain/state.ts';
import type { NoCallbackReason } from '../ports.ts';

/** The most changes that one notification holds: a bound on what one judgement reads. */
const MAX_CHANGES = 1_000;

/** A change in a notification's life, as far as later ones are judged by it. */
interface LifeEvent {
  readonly state: State;
  readonly occurredAtMs: number;
  readonly facts: InheritedFacts;
}

/** What is known of a notification while a transaction judges its changes. Each value is replaced, never changed. */
export interface KnownNotification {
  readonly id: string;
  readonly kind: Kind;
  readonly origin: CreationOrigin;
  readonly entity: EntityKey;
  readonly backOffice: string | null;
  /** By instant, then arrival. */
  readonly life: readonly LifeEvent[];
  /** Its unfinished deliveries, in line. */
  readonly line: readonly Schedule[];
  /** The latest place in the line at which something was sent; null where nothing was. */
  readonly latestAttempted: number | null;
}

/** Where a new delivery would go. */
export interface Destination {
  readonly endpointId: string | null;
  readonly originId: string | null;
  readonly originProbed: boolean;
  /** What the configuration lacks; empty when callbacks can be sent. */
  readonly missing: readonly string[];
  /** What holds the deliveries that go there back; null: nothing. */
  readonly heldBy: Hold | null;
}

/** What is known of an entity that has a configuration. */
export interface KnownEntity {
  readonly organisationName: string;
  readonly departmentName: string;
  readonly online: boolean;
  readonly daily: boolean;
  readonly sendCancelled: boolean;
  destination(backOffice: string | null): Destination;
}

/** A change that is refused. */
interface Refusal {
  readonly code: ProblemCode;
  readonly field: string;
  readonly detail: string;
}

/** A callback that is due. */
export interface DueCallback {
  readonly deliveryId: string;
  readonly destination: Destination;
  readonly late: boolean;
  readonly report: Report;
}

/** What becomes of one change. */
export type Judgement =
  | { readonly refusal: Refusal }
  | {
      readonly notification: KnownNotification;
      readonly due: DueCallback | null;
      readonly reason: NoCallbackReason | null;
      /** Whether the next daily report tells it. */
      readonly daily: boolean;
    };

/** What a judgement needs besides the change and its notification. */
export interface JudgeContext {
  /** The notification as known; null where this is its first change. */
  readonly known: KnownNotification | null;
  /** The entity's configuration; null where there is none. */
  readonly entity: KnownEntity | null;
  /** Milliseconds of the database's clock. */
  readonly now: number;
  /** Higher for each change, and than that of any delivery known: the order of arrival. */
  readonly arrival: number;
  /** Makes the id of a new delivery. */
  readonly newId: () => string;
}

/** Judges one change by the life cycle, and says whether a callback is due and how the line stands then. */
export function judge(change: StateChange, context: JudgeContext): Judgement {
  const conflict = context.known === null ? null : findConflict(change, context.known);
  if (conflict !== null) return { refusal: conflict };
  const known = context.known ?? firstSeen(change);
  if (known.life.length >= MAX_CHANGES) {
    const detail = `The notification has ${MAX_CHANGES} changes already.`;
    return { refusal: { code: 'too-many-changes', field: 'notification.id', detail } };
  }
  const place = known.life.findLastIndex((event) => event.occurredAtMs <= change.occurredAtMs) + 1;
  const misfit = findMisfit(change, known, place);
  if (misfit !== null) return { refusal: misfit };

  const life = known.life.toSpliced(place, 0, {
    state: change.state,
    occurredAtMs: change.occurredAtMs,
    facts: change.notification,
  });
  const backOffice = known.backOffice ?? change.notification.backOffice;
  const { entity } = context;
  const daily = isForDailyReport(change.state, known.origin, entity);
  const reason = whyNoCallback(change.state, known.origin, entity);
  if (reason !== null || entity === null) {
    return { notification: relive(known, backOffice, life, known.line), due: null, reason, daily };
  }

  const late = known.latestAttempted !== null && known.latestAttempted > change.occurredAtMs;
  const destination = entity.destination(backOffice);
  const deliveryId = context.newId();
  const line = joinLine(known.line, change, { deliveryId, destination }, context);
  const notification = relive(known, backOffice, life, line);
  const report = pin(change, notification, place, entity);
  return { notification, due: { deliveryId, destination, late, report }, reason: null, daily };
}

/** The notification with another life. Member by member: spreads cost more than the rest of judging a change. */
function relive(
  { id, kind, origin, entity, latestAttempted }: KnownNotification,
  backOffice: string | null,
  life: readonly LifeEvent[],
  line: readonly Schedule[],
): KnownNotification {
  return { id, kind, origin, entity, backOffice, life, line, latestAttempted };
}

function firstSeen(change: StateChange): KnownNotification {
  const { id, kind, origin, entity, backOffice } = change.notification;
  return { id, kind, origin, entity, backOffice, life: [], line: [], latestAttempted: null };
}

/** What is known of a notification is fixed: kind, origin, entity, and the back office once it was told. */
function findConflict(change: StateChange, known: KnownNotification): Refusal | null {
  const { kind, origin, entity, backOffice } = change.notification;
  const conflicts = (field: string): Refusal => ({
    code: 'notification-conflict',
    field: `notification.${field}`,
    detail: `The notification is known with another ${field}.`,
  });
  if (kind !== known.kind) return conflicts('kind');
  if (origin !== known.origin) return conflicts('origin');
  if (entity.organisation !== known.entity.organisation) return conflicts('entity.organisation');
  if (entity.department !== known.entity.department) return conflicts('entity.department');
  if (backOffice !== null && known.backOffice !== null && backOffice !== known.backOffice) {
    return conflicts('backOffice');
  }
  return null;
}

/** Whether some path of the life cycle joins the change to the one before and the one after it. */
function findMisfit(change: StateChange, known: KnownNotification, place: number): Refusal | null {
  const before = known.life[place - 1]?.state ?? null;
  const after = known.life[place]?.state ?? null;
  const { state } = change;
  const follows = before === null || canFollow(known.kind, before, state);
  if (follows && (after === null || canFollow(known.kind, state, after))) return null;
  const fitting = statesBetween(known.kind, before, after);
  const where = [before && `after ${before}`, after && `before ${after}`].filter(Boolean).join(' and ');
  const detail =
    fitting.length > 0
      ? `No path of the life cycle leads to ${state} ${where}; here would fit: ${fitting.join(', ')}.`
      : `No path of the life cycle leads to ${state} ${where}; no state would fit here.`;
  return { code: 'transition-not-allowed', field: 'state', detail };
}

/** Why a state of a notification causes no callback; null where it does. */
export function whyNoCallback(
  state: State,
  origin: CreationOrigin,
  entity: Pick<KnownEntity, 'online' | 'sendCancelled'> | null,
): NoCallbackReason | null {
  if (!CALLBACK_STATES.has(state)) return 'state-without-callback';
  if (origin !== 'INTEGRACIO') return 'not-by-integration';
  if (entity === null) return 'entity-unknown';
  if (!entity.online) return 'callbacks-off';
  if (isSwitchedOff(state, entity)) return 'state-switched-off';
  return null;
}

function isSwitchedOff(state: State, { sendCancelled }: Pick<KnownEntity, 'sendCancelled'>): boolean {
  return state === 'ANUL·LADA' && !sendCancelled;
}

/** A daily report tells every state, of notifications made by integration (docs/contract.md). */
function isForDailyReport(state: State, origin: CreationOrigin, entity: KnownEntity | null): boolean {
  return entity?.daily === true && origin === 'INTEGRACIO' && !isSwitchedOff(state, entity);
}

/** The report as the change makes it: what it leaves out is inherited from the changes before it. */
function pin(change: StateChange, lived: KnownNotification, place: number, entity: KnownEntity): Report {
  let facts: InheritedFacts = NOTHING_KNOWN;
  for (const event of lived.life.slice(0, place + 1)) facts = inherit(facts, event.facts);
  const { organisation, department } = lived.entity;
  const { organisationName, departmentName } = entity;
  const issuer = { organisation, organisationName, department, departmentName, backOffice: lived.backOffice };
  return reportChange(issuer, change, facts);
}

function joinLine(
  line: readonly Schedule[],
  change: StateChange,
  { deliveryId, destination }: Pick<DueCallback, 'deliveryId' | 'destination'>,
  { now, arrival }: JudgeContext,
): Schedule[] {
  const joining = {
    id: deliveryId,
    line: change.notification.id,
    position: change.occurredAtMs,
    arrival,
    blockedBy: destination.missing.length > 0 ? 'configuration-incomplete' : null,
  };
  return join(line, joining, now, destination.originProbed);
}
