import { madridDay } from './instant.ts';
import type {
  ChannelChange,
  EntityKey,
  InheritedFacts,
  NotificationData,
  Signer,
  StateChange,
} from './notification.ts';
import type { State } from './state.ts';

/** OnLine: one change, told when it happens. Diari: a day's changes (TipusInformeType). */
export const REPORT_KINDS = ['OnLine', 'Diari'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The message versions that can be written. Reports are pinned in 4.0. */
export const MESSAGE_VERSIONS = ['4.0', '3.2'] as const;
export type MessageVersion = (typeof MESSAGE_VERSIONS)[number];

/** The last days of message versions that are being retired, `YYYY-MM-DD`. */
export const RETIRED_ON: Partial<Record<MessageVersion, string>> = { '3.2': '2026-12-15' };

/** One notification's entry in a report (ReportNotificacioType). */
export interface ReportItem {
  readonly state: State;
  /** xs:dateTime as given: when the state last changed. */
  readonly occurredAt: string;
  readonly notification: Omit<NotificationData, 'origin' | 'entity'>;
  readonly signer: Signer | null;
  readonly channelChange: ChannelChange | null;
}

/**
 * A report as it is pinned when the change happens, or when its day is over: all that the message says, so that
 * each attempt, however late, sends the same bytes in the same message version.
 */
export interface Report {
  readonly kind: ReportKind;
  readonly issuer: EntityKey & {
    readonly organisationName: string;
    readonly departmentName: string;
    readonly backOffice: string | null;
  };
  /** DataInforme: the day of the change, or the day that is told, in Europe/Madrid, `YYYY-MM-DD`. */
  readonly date: string;
  readonly items: readonly ReportItem[];
}

/** What a report says of the change that it tells. */
export type ToldChange = Pick<
  StateChange,
  'state' | 'occurredAt' | 'occurredAtMs' | 'signer' | 'channelChange'
> & { readonly notification: Pick<NotificationData, 'id' | 'kind' | 'reference'> };

/**
 * The OnLine report of one change, as it is pinned.
 *
 * @param facts what is known after the change of that which it may leave out
 */
export function reportChange(issuer: Report['issuer'], change: ToldChange, facts: InheritedFacts): Report {
  const { id, kind, reference } = change.notification;
  return {
    kind: 'OnLine',
    issuer,
    date: madridDay(change.occurredAtMs),
    items: [
      {
        state: change.state,
        occurredAt: change.occurredAt,
        notification: {
          id,
          kind,
          backOffice: issuer.backOffice,
          reference,
          issuerReference: facts.issuerReference,
          channel: facts.channel,
          expirationDays: facts.expirationDays,
          registry: facts.registry,
        },
        signer: change.signer,
        channelChange: change.channelChange,
      },
    ],
  };
}
