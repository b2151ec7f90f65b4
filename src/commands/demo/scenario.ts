import type { Signer } from '../../domain/notification.ts';
import type { Kind, State } from '../../domain/state.ts';
import type { Chapter } from '../texts.ts';

/** A plainly invented issuing entity. */
export interface DemoEntity {
  readonly organisation: string;
  readonly department: string;
  readonly organisationName: string;
  readonly departmentName: string;
  /** Codes of back offices with an endpoint of their own. */
  readonly backOffices: readonly string[];
}

/** One state change of a life, in the order of sending. */
interface DemoStep {
  readonly state: State;
  /** When it occurred, in minutes before the demo. */
  readonly minutesAgo: number;
  readonly signer?: Signer;
}

/** A plainly invented notification. */
interface DemoNotification {
  readonly id: string;
  readonly kind: Kind;
  readonly origin: 'INTEGRACIO' | 'EACAT';
  readonly entity: DemoEntity;
  readonly backOffice?: string;
}

/** The life of one. */
export interface DemoLife extends DemoNotification {
  readonly chapter: Chapter;
  readonly steps: readonly DemoStep[];
}

export const TOWN: DemoEntity = {
  organisation: '9900000001',
  department: '1',
  organisationName: 'Ajuntament Inventat',
  departmentName: 'Secretaria',
  backOffices: ['GESTEXP'],
};

export const COUNTY: DemoEntity = {
  organisation: '9900000002',
  department: '7',
  organisationName: 'Consell Comarcal Inventat',
  departmentName: 'Serveis',
  backOffices: [],
};

export const ENTITIES: readonly DemoEntity[] = [TOWN, COUNTY];

export const PERSON = {
  person: {
    document: { type: 'NIF', number: '00000000T', country: null },
    fullName: 'Persona Inventada',
  },
} as const;

const COMPANY = {
  company: {
    document: { type: 'CIF', number: 'B00000000', country: null },
    name: 'Empresa Inventada SL',
  },
} as const;

/** The delivery that the receiver refuses at its first attempt. */
export const REFUSED_FIRST = { id: '900000000001', state: 'DIPOSITADA' } as const;

/** The notifications, one after the other. */
export const LIVES: readonly DemoLife[] = [
  {
    chapter: 'accepted',
    id: REFUSED_FIRST.id,
    kind: 'NOTIFICACIO',
    origin: 'INTEGRACIO',
    entity: TOWN,
    steps: [
      { state: 'REGISTRADA', minutesAgo: 52 },
      { state: REFUSED_FIRST.state, minutesAgo: 50 },
      { state: 'ACCEPTADA', minutesAgo: 20, signer: { type: 'interested', party: PERSON } },
    ],
  },
  {
    chapter: 'rejected',
    id: '900000000002',
    kind: 'NOTIFICACIO',
    origin: 'INTEGRACIO',
    entity: COUNTY,
    steps: [
      { state: 'DIPOSITADA', minutesAgo: 49 },
      {
        state: 'REBUTJADA',
        minutesAgo: 19,
        signer: { type: 'representative', representative: COMPANY, interested: PERSON },
      },
    ],
  },
  {
    chapter: 'expired',
    id: '900000000003',
    kind: 'NOTIFICACIO',
    origin: 'INTEGRACIO',
    entity: TOWN,
    backOffice: 'GESTEXP',
    steps: [
      { state: 'DIPOSITADA', minutesAgo: 10 * 24 * 60 + 18 },
      { state: 'EXPIRADA', minutesAgo: 18 },
    ],
  },
  {
    chapter: 'communication',
    id: '900000000004',
    kind: 'COMUNICACIO',
    origin: 'INTEGRACIO',
    entity: COUNTY,
    steps: [
      { state: 'DIPOSITADA', minutesAgo: 47 },
      { state: 'ACCEPTADA', minutesAgo: 17 },
    ],
  },
  {
    chapter: 'paper',
    id: '900000000005',
    kind: 'NOTIFICACIO',
    origin: 'INTEGRACIO',
    entity: TOWN,
    steps: [
      { state: 'DIPOSITADA', minutesAgo: 46 },
      {
        state: 'ACCEPTADA',
        minutesAgo: 16,
        signer: {
          type: 'paper',
          officerNif: '00000000T',
          practisedAt: '2026-01-15T10:00:00+01:00',
          reference: 'PAPER-INVENTAT-1',
        },
      },
    ],
  },
  {
    chapter: 'cancelled',
    id: '900000000006',
    kind: 'NOTIFICACIO',
    origin: 'INTEGRACIO',
    entity: COUNTY,
    steps: [
      { state: 'DIPOSITADA', minutesAgo: 45 },
      { state: 'ANUL·LADA', minutesAgo: 15 },
    ],
  },
  {
    chapter: 'late',
    id: '900000000007',
    kind: 'NOTIFICACIO',
    origin: 'INTEGRACIO',
    entity: TOWN,
    steps: [
      { state: 'ACCEPTADA', minutesAgo: 14, signer: { type: 'interested', party: PERSON } },
      { state: 'DIPOSITADA', minutesAgo: 44 },
    ],
  },
  {
    chapter: 'byHand',
    id: '900000000008',
    kind: 'NOTIFICACIO',
    origin: 'EACAT',
    entity: COUNTY,
    steps: [{ state: 'DIPOSITADA', minutesAgo: 13 }],
  },
];

/** An entity's configuration, as it is put. */
export function configurationOf(entity: DemoEntity, receiverUrl: string) {
  const { organisationName, departmentName, backOffices } = entity;
  return {
    organisationName,
    departmentName,
    endpoint: { url: receiverUrl },
    backOffices: Object.fromEntries(
      backOffices.map((code) => [code, { endpoint: { url: backOfficeUrl(receiverUrl, code) } }]),
    ),
  };
}

/** Where a back office has its own endpoint: another path of the receiver. */
export function backOfficeUrl(receiverUrl: string, code: string): string {
  return `${receiverUrl}/${code.toLowerCase()}`;
}

/** A state change, as it is posted. `now`: milliseconds since the epoch. */
export function changeOf(notification: DemoNotification, step: DemoStep, now: number) {
  const { id, kind, origin, entity, backOffice } = notification;
  return {
    id: `demo-${id}-${step.state}`,
    occurredAt: madridTime(now - step.minutesAgo * 60_000),
    state: step.state,
    notification: {
      id,
      kind,
      origin,
      reference: `EXP-INVENTAT/${id.slice(-4)}`,
      channel: 'DIGITAL',
      expirationDays: kind === 'NOTIFICACIO' ? 10 : null,
      registry: {
        number: `S-INVENTAT-${id.slice(-4)}`,
        registeredAt: madridTime(now - 60 * 24 * 11 * 60_000),
      },
      entity: { organisation: entity.organisation, department: entity.department },
      backOffice: backOffice ?? null,
    },
    signer: step.signer ?? null,
  };
}

/** An instant as eNOTUM writes it, in the zone of Madrid: `2026-11-24T10:15:30.123+01:00`. */
export function madridTime(ms: number): string {
  const parts = new Map(MADRID.formatToParts(ms).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}:${part('minute')}:${part('second')}.${part('fractionalSecond')}`;
  return `${date}T${time}${part('timeZoneName').replace('GMT', '') || 'Z'}`;
}

const MADRID = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Madrid',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'longOffset',
});
