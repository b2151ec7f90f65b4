import { madridInstant } from '../../../domain/instant.ts';
import type { InheritedFacts, Party, Signer } from '../../../domain/notification.ts';
import { reportChange, type Report, type ToldChange } from '../../../domain/report.ts';
import type { State } from '../../../domain/state.ts';
import { INVENTED_COMPANY, inventedPerson, MARK, signedBy } from '../invented.ts';

/** The reports that a web service is judged by, in their order; the first is the plainest. */
export const CASE_IDS = [
  'deposited',
  'accepted',
  'rejected',
  'expired',
  'error',
  'cancelled',
  'communication-deposited',
  'communication-accepted',
  'without-signer',
  'signer-passport',
  'signer-passport-without-country',
  'signer-identity-card',
  'signer-company',
  'signer-foreign-company',
  'signer-representative',
  'signer-representative-company',
  'signer-officer',
  'signer-paper',
  'nil-registry',
  'least',
  'most',
  'paper-channel',
  'long-texts',
  'special-characters',
  'greatest-id',
  'other-dates',
  'repeated',
] as const;
export type CaseId = (typeof CASE_IDS)[number];

/** Times that the reports of a case are sent: a repeat has the same Idempotency-Key and the next number. */
export function sendingsOf(id: CaseId): number {
  return id === 'repeated' ? 2 : 1;
}

/** Whose reports they are. */
export type Issuer = Report['issuer'];

/** The first of the ids of invented notifications: each case has one of its own. */
const FIRST_ID = 999_999_999_000;
/** The greatest xs:long. */
const GREATEST_ID = '9223372036854775807';

/** What the contract bounds is as long as it may be; what it leaves open (xs:string) is this long. */
const LONG_NAME = 1_000;

/** Each character that a careless reader or writer of XML takes for something else. */
const SPECIAL = 'Núria Col·legi l’Hospitalet «€» ñ ß 𝒜 😀 & < > " \' ]]> &amp; <!-- -->  a\tb\nc\rd';

const NIF: Party = { person: inventedPerson() };
const COMPANY: Party = { company: INVENTED_COMPANY };

/** What a case says otherwise than the plainest report. */
interface Variation {
  readonly state?: State;
  readonly kind?: ToldChange['notification']['kind'];
  readonly id?: string;
  readonly reference?: string;
  readonly occurredAt?: string;
  readonly signer?: Signer | null;
  readonly channelChange?: ToldChange['channelChange'];
  readonly facts?: Partial<InheritedFacts>;
  readonly issuer?: Partial<Issuer>;
}

const accepted = (signer: Signer | null): Variation => ({ state: 'ACCEPTADA', signer });
const NO_FACTS: InheritedFacts = {
  issuerReference: null,
  channel: null,
  expirationDays: null,
  registry: null,
};

/** @param at the instant, as xs:dateTime in Madrid */
function variationOf(id: CaseId, at: string): Variation {
  switch (id) {
    case 'deposited':
    case 'repeated':
      return {};
    case 'accepted':
      return accepted(signedBy(NIF));
    case 'rejected':
      return { state: 'REBUTJADA', signer: signedBy(NIF) };
    case 'expired':
      return { state: 'EXPIRADA' };
    case 'error':
      return { state: 'ERROR' };
    case 'cancelled':
      return { state: 'ANUL·LADA' };
    case 'communication-deposited':
      return { kind: 'COMUNICACIO', facts: { expirationDays: null } };
    case 'communication-accepted':
      return { ...accepted(null), kind: 'COMUNICACIO', facts: { expirationDays: null } };
    case 'without-signer':
      return accepted(null);
    case 'signer-passport':
      return accepted(signedByPassport('FR'));
    case 'signer-passport-without-country':
      return accepted(signedByPassport(null));
    case 'signer-identity-card': {
      const document = { type: 'IDC', number: 'YY0000000', country: 'IT' } as const;
      return accepted(signedBy({ person: inventedPerson(document) }));
    }
    case 'signer-company':
      return accepted(signedBy(COMPANY));
    case 'signer-foreign-company': {
      const document = { type: 'VAT', number: 'FR00000000000', country: 'FR' } as const;
      return accepted(signedBy({ company: { document, name: 'Société Inventée, SARL' } }));
    }
    case 'signer-representative':
      return accepted({ type: 'representative', representative: NIF, interested: COMPANY });
    case 'signer-representative-company':
      return accepted({ type: 'representative', representative: COMPANY, interested: NIF });
    case 'signer-officer': {
      const person = inventedPerson({ number: '00000001R' }, 'Funcionària Inventada');
      return accepted({ type: 'officer', person, interested: NIF, authorisationEntry: 'E-PROVA-1' });
    }
    case 'signer-paper':
      return accepted({ type: 'paper', officerNif: '00000001R', practisedAt: at, reference: 'R-PROVA-1' });
    case 'nil-registry':
      return { facts: { registry: null } };
    case 'least':
      return { facts: NO_FACTS, issuer: { backOffice: null } };
    case 'most':
      return {
        ...accepted(signedBy(NIF)),
        channelChange: { channel: 'DIGITAL', email: 'persona@inventada.example', phone: '+34000000000' },
      };
    case 'paper-channel':
      return {
        facts: { channel: 'PAPER' },
        channelChange: { channel: 'PAPER', email: null, phone: null },
      };
    case 'long-texts':
      return {
        ...accepted(signedBy({ person: inventedPerson({}, longText('Persona Inventada', LONG_NAME)) })),
        reference: longText(MARK, 255),
        facts: {
          issuerReference: longText('PROVA', 255),
          expirationDays: 1_000,
          registry: { number: longText('PROVA', 100), registeredAt: at },
        },
        issuer: { organisationName: longText('Ajuntament Inventat', LONG_NAME) },
      };
    case 'special-characters':
      return {
        ...accepted(signedBy({ person: inventedPerson({}, SPECIAL) })),
        reference: `${MARK} ${SPECIAL}`,
        issuer: { departmentName: SPECIAL },
      };
    case 'greatest-id':
      return { id: GREATEST_ID };
    case 'other-dates': {
      const utc = new Date(Date.parse(at)).toISOString().replace(/\.\d+/, '');
      return { occurredAt: utc, facts: { registry: { number: 'PROVA', registeredAt: utc } } };
    }
  }
}

function signedByPassport(country: string | null): Signer {
  return signedBy({ person: inventedPerson({ type: 'PASSAPORT', number: 'XX0000000', country }) });
}

/** A text filled up to so many characters. */
function longText(start: string, length: number): string {
  return `${start} `
    .padEnd(length, 'abcdefghi ')
    .slice(0, length - 1)
    .concat('.');
}

/**
 * The report of a case; all but whose it is is invented, and marked so in Referencia.
 *
 * @param now milliseconds since the epoch
 */
export function caseReport(id: CaseId, issuer: Issuer, now: number): Report {
  const at = madridInstant(now);
  const variation = variationOf(id, at);
  return reportChange(
    { ...issuer, ...variation.issuer },
    {
      state: variation.state ?? 'DIPOSITADA',
      occurredAt: variation.occurredAt ?? at,
      occurredAtMs: now,
      notification: {
        id: variation.id ?? String(FIRST_ID + CASE_IDS.indexOf(id)),
        kind: variation.kind ?? 'NOTIFICACIO',
        reference: variation.reference ?? `${MARK} (${id})`,
      },
      signer: variation.signer ?? null,
      channelChange: variation.channelChange ?? null,
    },
    {
      issuerReference: 'PROVA',
      channel: 'DIGITAL',
      expirationDays: 10,
      registry: { number: 'PROVA', registeredAt: at },
      ...variation.facts,
    },
  );
}
