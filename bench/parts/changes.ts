import { randomUUID } from 'node:crypto';

/** Entities, each with a web service at an origin of its own. */
export const ORIGINS = 50;

/** The key of the entity with this number, 0 to ORIGINS - 1. */
export function entity(index: number): { organisation: string; department: string } {
  return { organisation: String(9_900_000_001 + index), department: '1' };
}

/**
 * The first change of a new, invented notification.
 *
 * @param notification its number, which no other has had
 * @param place the number of its entity
 */
export function newChange(notification: number, place: number) {
  const now = new Date().toISOString();
  return {
    id: randomUUID(),
    occurredAt: now,
    state: 'DIPOSITADA',
    notification: {
      id: String(notification),
      kind: 'NOTIFICACIO',
      origin: 'INTEGRACIO',
      reference: `EXP-2026/${notification}`,
      issuerReference: `A-${notification}`,
      channel: 'DIGITAL',
      expirationDays: 10,
      registry: { number: `S-2026-${notification}`, registeredAt: now },
      entity: entity(place),
      backOffice: 'GESTEXP',
    },
    signer: null,
    channelChange: null,
  };
}
