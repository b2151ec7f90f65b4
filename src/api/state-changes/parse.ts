import { Compile } from 'typebox/compile';
import type { ProblemCode } from '../../domain/errors.ts';
import type { Company, Party, Person, Registry, Signer, StateChange } from '../../domain/notification.ts';
import { kindHasState } from '../../domain/state.ts';
import { explain } from '../explain.ts';
import { parseDateTime } from './date-time.ts';
import { StateChangeBody } from './schema.ts';

/** How far ahead of our clock a change may have occurred, in milliseconds. */
const MAX_AHEAD_MS = 5 * 60_000;

/** Why a value is no state change; never says a value. */
export interface ChangeFault {
  readonly code: ProblemCode;
  /** Dotted path of the member; null for the whole. */
  readonly field: string | null;
  readonly detail: string;
}

const validator = Compile(StateChangeBody);

/**
 * Reads one state change: all rules of the contract's schema, and absent members become null.
 *
 * @param now milliseconds since the epoch
 */
export function parseStateChange(value: unknown, now: number): StateChange | ChangeFault {
  if (!validator.Check(value)) {
    const [first] = explain(StateChangeBody, value);
    return invalid(first?.field ?? '', first?.detail ?? 'is no state change');
  }
  const occurredAtMs = parseDateTime(value.occurredAt) ?? Number.NaN;
  if (!(occurredAtMs <= now + MAX_AHEAD_MS)) {
    return invalid('occurredAt', 'must be at most 5 minutes ahead');
  }
  const { kind } = value.notification;
  if (!kindHasState(kind, value.state)) {
    return invalid('state', `must be a state that a ${kind} can have`);
  }
  return toStateChange(value, occurredAtMs);
}

function invalid(field: string, detail: string): ChangeFault {
  return { code: 'invalid-request', field: field === '' ? null : field, detail };
}

function toStateChange(body: StateChangeBody, occurredAtMs: number): StateChange {
  const { notification, channelChange } = body;
  const { registry } = notification;
  return {
    id: body.id,
    occurredAt: body.occurredAt,
    occurredAtMs,
    state: body.state,
    notification: {
      id: normaliseId(notification.id),
      kind: notification.kind,
      origin: notification.origin,
      entity: {
        organisation: notification.entity.organisation,
        department: notification.entity.department,
      },
      backOffice: notification.backOffice ?? null,
      reference: notification.reference,
      issuerReference: notification.issuerReference ?? null,
      channel: notification.channel ?? null,
      expirationDays: notification.expirationDays ?? null,
      registry: toRegistry(registry ?? {}),
    },
    signer: body.signer ? toSigner(body.signer) : null,
    channelChange: channelChange
      ? {
          channel: channelChange.channel,
          email: channelChange.email ?? null,
          phone: channelChange.phone ?? null,
        }
      : null,
  };
}

/** Null where neither part is known: nothing is said then, and what is known stays. */
function toRegistry({
  number = null,
  registeredAt = null,
}: NonNullable<StateChangeBody['notification']['registry']>): Registry | null {
  return number === null && registeredAt === null ? null : { number, registeredAt };
}

/** A decimal without leading zeros, however it was written. */
function normaliseId(id: string | number): string {
  const text = String(id);
  return text.startsWith('0') ? text.replace(/^0+(?=\d)/, '') : text;
}

function toSigner(signer: NonNullable<StateChangeBody['signer']>): Signer {
  switch (signer.type) {
    case 'interested':
      return { type: signer.type, party: toParty(signer.party) };
    case 'representative':
      return {
        type: signer.type,
        representative: toParty(signer.representative),
        interested: toParty(signer.interested),
      };
    case 'officer':
      return {
        type: signer.type,
        person: toPerson(signer.person),
        interested: toParty(signer.interested),
        authorisationEntry: signer.authorisationEntry,
      };
    case 'paper':
      return {
        type: signer.type,
        officerNif: signer.officerNif,
        practisedAt: signer.practisedAt,
        reference: signer.reference,
      };
  }
}

type PartyBody = Extract<StateChangeBody['signer'], { type: 'interested' }>['party'];
type PersonBody = Extract<PartyBody, { person: unknown }>['person'];
type CompanyBody = Extract<PartyBody, { company: unknown }>['company'];

function toParty(party: PartyBody): Party {
  return 'person' in party ? { person: toPerson(party.person) } : { company: toCompany(party.company) };
}

function toPerson({ document, fullName }: PersonBody): Person {
  const { type, number, country } = document;
  return { document: { type, number, country: country ?? null }, fullName };
}

function toCompany({ document, name }: CompanyBody): Company {
  const { type, number, country } = document;
  return { document: { type, number, country: country ?? null }, name };
}
