import type { Kind, State } from './state.ts';

/** The way a notification goes to the citizen (CanalType). */
export const CHANNELS = ['DIGITAL', 'PAPER'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How a notification was created: only those made by integration cause callbacks. */
export const ORIGINS = ['INTEGRACIO', 'EACAT'] as const;
export type CreationOrigin = (typeof ORIGINS)[number];

/** An issuing entity: the public body's ENS code and its department. */
export interface EntityKey {
  readonly organisation: string;
  readonly department: string;
}

/** One text for an entity's key; codes hold no control characters. */
export function entityId(entity: EntityKey): string {
  return `${entity.organisation}\n${entity.department}`;
}

/** The exit register's entry; each part may be unknown (nillable in the contract). */
export interface Registry {
  readonly number: string | null;
  /** xs:dateTime with its zone, as given. */
  readonly registeredAt: string | null;
}

/** What a state change says of its notification; null where it says nothing. */
export interface NotificationData {
  /** IdNotificacio: a decimal string, 0 to 2^63 - 1, without leading zeros. */
  readonly id: string;
  readonly kind: Kind;
  readonly origin: CreationOrigin;
  readonly entity: EntityKey;
  readonly backOffice: string | null;
  readonly reference: string;
  readonly issuerReference: string | null;
  readonly channel: Channel | null;
  /** DiesExpiracio, 1 to 1000. */
  readonly expirationDays: number | null;
  readonly registry: Registry | null;
}

/** An identity document of a person. `country` is ISO 3166 alpha-2. */
export interface PersonDocument {
  readonly type: 'NIF' | 'PASSAPORT' | 'IDC';
  readonly number: string;
  readonly country: string | null;
}

/** An identity document of a company. */
export interface CompanyDocument {
  readonly type: 'CIF' | 'VAT';
  readonly number: string;
  readonly country: string | null;
}

export interface Person {
  readonly document: PersonDocument;
  readonly fullName: string;
}

export interface Company {
  readonly document: CompanyDocument;
  readonly name: string;
}

export type Party = { readonly person: Person } | { readonly company: Company };

/** Who signed the acceptance or refusal (DadesSignador). */
export type Signer =
  | { readonly type: 'interested'; readonly party: Party }
  | { readonly type: 'representative'; readonly representative: Party; readonly interested: Party }
  | {
      readonly type: 'officer';
      readonly person: Person;
      readonly interested: Party;
      readonly authorisationEntry: string;
    }
  | {
      readonly type: 'paper';
      readonly officerNif: string;
      /** xs:dateTime with its zone, as given. */
      readonly practisedAt: string;
      readonly reference: string;
    };

/** The recipient's change of channel (DadesCanviCanal). */
export interface ChannelChange {
  readonly channel: Channel;
  readonly email: string | null;
  readonly phone: string | null;
}

/** One change of a notification's state, parsed and normalised: absent and null are the same here. */
export interface StateChange {
  /** The caller's id of the change, 1 to 128 characters, unique in the whole service. */
  readonly id: string;
  /** xs:dateTime with its zone and at most three decimals, as given. */
  readonly occurredAt: string;
  /** The same instant in milliseconds since the epoch. */
  readonly occurredAtMs: number;
  readonly state: State;
  readonly notification: NotificationData;
  readonly signer: Signer | null;
  readonly channelChange: ChannelChange | null;
}

/** The optional facts that a later change inherits when it leaves them out. */
export type InheritedFacts = Pick<
  NotificationData,
  'issuerReference' | 'channel' | 'expirationDays' | 'registry'
>;

/** What is known before the first change. */
export const NOTHING_KNOWN: InheritedFacts = {
  issuerReference: null,
  channel: null,
  expirationDays: null,
  registry: null,
};

/** What is known after a change, given what was known before it: what the change leaves out stays. */
export function inherit(known: InheritedFacts | null, change: InheritedFacts): InheritedFacts {
  return {
    issuerReference: change.issuerReference ?? known?.issuerReference ?? null,
    channel: change.channel ?? known?.channel ?? null,
    expirationDays: change.expirationDays ?? known?.expirationDays ?? null,
    registry: change.registry ?? known?.registry ?? null,
  };
}
