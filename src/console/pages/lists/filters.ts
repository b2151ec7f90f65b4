import {
  kindTexts,
  outcomeTexts,
  stateTexts,
  statusTexts,
  type Kind,
  type Outcome,
  type State,
  type Status,
} from '../../texts/deliveries.ts';
import type { Address } from './address.ts';

/** What the lists are filtered by, as the API has it; what is absent is not filtered by. */
export interface Filters {
  readonly organisation?: string;
  readonly department?: string;
  readonly notification?: string;
  readonly state?: State;
  readonly from?: string;
  readonly to?: string;
  readonly status?: Status;
  readonly kind?: Kind;
  readonly outcome?: Outcome;
}

/** The filters of a list, in the order in which they are shown. */
export const DELIVERY_FILTERS = ['status', 'state', 'kind', 'entity', 'notification', 'period'] as const;
export const COMMUNICATION_FILTERS = [
  'outcome',
  'status',
  'state',
  'entity',
  'notification',
  'period',
] as const;
export type FilterName = (typeof DELIVERY_FILTERS | typeof COMMUNICATION_FILTERS)[number];

/** The filters of an address; what is no value of the API's is left out. */
export function readFilters({ get }: Address, names: readonly FilterName[]): Filters {
  const has = (name: FilterName): boolean => names.includes(name);
  return withoutAbsent({
    ...(has('entity') ? { organisation: get('organisation'), department: get('department') } : {}),
    ...(has('notification') ? { notification: whereFit(isNotification, get('notification')) } : {}),
    ...(has('period') ? { from: whereFit(isInstant, get('from')), to: whereFit(isInstant, get('to')) } : {}),
    ...(has('state') ? { state: keyOf(stateTexts, get('state')) } : {}),
    ...(has('status') ? { status: keyOf(statusTexts, get('status')) } : {}),
    ...(has('kind') ? { kind: keyOf(kindTexts, get('kind')) } : {}),
    ...(has('outcome') ? { outcome: keyOf(outcomeTexts, get('outcome')) } : {}),
  });
}

/** Whether a text can be an IdNotificacio. */
export function isNotification(text: string): boolean {
  return /^\d{1,19}$/.test(text);
}

function isInstant(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

function whereFit(isFit: (text: string) => boolean, text: string | undefined): string | undefined {
  return text !== undefined && isFit(text) ? text : undefined;
}

type Absent<Values> = { [Name in keyof Values]?: Values[Name] | undefined };

function withoutAbsent(values: Absent<Filters>): Filters {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Which key of the record a text is. */
export function keyOf<Name extends string>(
  record: Readonly<Record<Name, unknown>>,
  text: string | undefined,
): Name | undefined {
  return namesOf(record).find((name) => name === text);
}

/** The keys of a record, in its order. */
export function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(record).filter((name): name is Name => Object.hasOwn(record, name));
}

/**
 * Whether a list of these filters is of several entities of somebody who reads some alone: the service then looks for
 * no delivery’s status in the log.
 */
export function isOfSeveral(
  entities: readonly { readonly organisation: string; readonly department: string }[] | null,
  { organisation, department, notification }: Filters,
): boolean {
  const wanted = entities?.filter(
    (own) =>
      own.organisation === (organisation ?? own.organisation) &&
      own.department === (department ?? own.department),
  );
  return notification === undefined && wanted !== undefined && wanted.length > 1;
}

/** The filters as the address of the list's CSV has them. */
export function csvPath(list: 'deliveries' | 'communications', filters: Filters, language: string): string {
  return `v1/${list}.csv?${new URLSearchParams({ ...filters, lang: language }).toString()}`;
}
