import {
  inherit,
  NOTHING_KNOWN,
  type ChannelChange,
  type CreationOrigin,
  type EntityKey,
  type InheritedFacts,
  type Signer,
} from '../domain/notification.ts';
import type { Kind, State } from '../domain/state.ts';
import type { Queryable } from './database.ts';

/** A state change as it is shown. */
interface StateChangeView {
  /** The caller's id of the change. */
  readonly id: string;
  readonly state: State;
  /** As given, with its zone. */
  readonly occurredAt: string;
  /** When it was taken, ISO 8601 in UTC with milliseconds. */
  readonly receivedAt: string;
  readonly deliveryId: string | null;
  /** Why no callback was due; null where one was. */
  readonly reason: string | null;
  /** The daily report (delivery) that took it; null where none has, or is to. */
  readonly dailyDeliveryId: string | null;
  readonly signer: Signer | null;
  readonly channelChange: ChannelChange | null;
}

/** A notification as it is known now, and the changes that made it so. */
export interface NotificationView extends InheritedFacts {
  readonly id: string;
  readonly kind: Kind;
  readonly origin: CreationOrigin;
  readonly entity: EntityKey;
  readonly backOffice: string | null;
  /** As the latest change gave it. */
  readonly reference: string;
  readonly state: State;
  /** When it came to this state, as given. */
  readonly occurredAt: string;
  /** In the order of their instants, then of arrival. */
  readonly stateChanges: StateChangeView[];
}

/** What a change said besides its state: the column `dades`. */
export type ChangeData = InheritedFacts & {
  readonly reference: string;
  readonly signer: Signer | null;
  readonly channelChange: ChannelChange | null;
};

interface ChangeRow {
  id: string;
  state: State;
  occurredAt: string;
  received_at: Date;
  deliveryId: string | null;
  reason: string | null;
  dailyDeliveryId: string | null;
  data: ChangeData;
}

/** What is fixed of a notification, once it is known. */
interface FixedFacts extends Pick<NotificationView, 'id' | 'kind' | 'origin' | 'backOffice'>, EntityKey {}

/** Reads what is fixed of a notification; null where it is not known. */
export async function findFixedFacts(db: Queryable, id: string): Promise<FixedFacts | null> {
  const [fixed] = await db.query<FixedFacts>(
    `select notificacio as id, tipus_objecte as kind, creacio as origin, organisme as organisation, departament as department,
       backoffice as "backOffice"
     from nt30.aoc_nt_notificacions where notificacio = $1::bigint`,
    [id],
  );
  return fixed ?? null;
}

/** Reads a notification with its changes; null where it is not known. */
export async function findNotification(db: Queryable, id: string): Promise<NotificationView | null> {
  const fixed = await findFixedFacts(db, id);
  if (fixed === null) return null;
  const changes = await db.query<ChangeRow>(
    `select s.id, s.estat as state, s.ocorregut_text as "occurredAt", s.rebut as received_at,
       s.enviament as "deliveryId", s.motiu as reason, d.enviament as "dailyDeliveryId", s.dades as data
     from nt30.aoc_nt_canvis_estat s left join nt30.aoc_nt_canvis_diaris d using (canvi)
     where s.notificacio = $1::bigint order by s.ocorregut, s.canvi`,
    [id],
  );
  const latest = changes.at(-1);
  if (latest === undefined) return null;
  const facts = changes.reduce((known, { data }) => inherit(known, data), NOTHING_KNOWN);
  const { organisation, department, ...rest } = fixed;
  return {
    ...rest,
    entity: { organisation, department },
    reference: latest.data.reference,
    ...facts,
    state: latest.state,
    occurredAt: latest.occurredAt,
    stateChanges: changes.map(toChange),
  };
}

function toChange({ received_at, data, ...rest }: ChangeRow): StateChangeView {
  const { signer, channelChange } = data;
  return { ...rest, receivedAt: received_at.toISOString(), signer, channelChange };
}
