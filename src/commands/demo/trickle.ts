import { setTimeout as delay } from 'node:timers/promises';
import { Type } from 'typebox';
import type { ServiceClient } from '../client.ts';
import { NEIGHBOURS } from './neighbours.ts';
import { changeOf, COUNTY, PERSON, TOWN, type DemoEntity } from './scenario.ts';

/** How often a change comes, in milliseconds: four a minute. */
const EVERY_MS = 15_000;

/** After so many, more than eight hours, none comes any more: a demo that is forgotten does not fill the disk. */
const MOST_CHANGES = 2_000;

/** A notification is accepted when so many others were deposited after it. */
const ACCEPTED_AFTER = 3;

/** The trickle's notifications are numbered from here on, and are its alone. */
const FIRST_ID = 900_001_000_000;

/** Those that do well come most often. */
const ENTITIES: readonly DemoEntity[] = [TOWN, ...NEIGHBOURS, COUNTY, TOWN];

/** Whether a notification is of the trickle: the terminal does not tell of it. */
export function isOfTrickle(notification: string | null): boolean {
  return notification !== null && Number(notification) >= FIRST_ID;
}

/**
 * Has something to be seen in the console: one notification of each entity at once, then a change from time to time,
 * the deposit of a new one or the acceptance of one that was deposited before.
 *
 * @param signal ends it: the promise rejects with its reason
 */
export async function trickle(client: ServiceClient, signal: AbortSignal): Promise<void> {
  let deposited = 0;
  for (; deposited < ENTITIES.length; deposited += 1) await send(client, deposited, 'DIPOSITADA', signal);
  for (let sent = deposited; sent < MOST_CHANGES; sent += 1) {
    await delay(EVERY_MS, undefined, { signal });
    if (sent % 2 === 0) {
      await send(client, deposited, 'DIPOSITADA', signal);
      deposited += 1;
    } else await send(client, deposited - 1 - ACCEPTED_AFTER, 'ACCEPTADA', signal);
  }
}

async function send(
  client: ServiceClient,
  number: number,
  state: 'DIPOSITADA' | 'ACCEPTADA',
  signal: AbortSignal,
): Promise<void> {
  const entity = ENTITIES[number % ENTITIES.length] ?? TOWN;
  const change = changeOf(
    { id: String(FIRST_ID + number), kind: 'NOTIFICACIO', origin: 'INTEGRACIO', entity },
    {
      state,
      minutesAgo: 0,
      ...(state === 'ACCEPTADA' ? { signer: { type: 'interested', party: PERSON } } : {}),
    },
    Date.now(),
  );
  const body = JSON.stringify(change);
  await client.call(Type.Unknown(), { method: 'POST', path: '/v1/state-changes', body }, signal);
}
