import { setTimeout as delay } from 'node:timers/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { newChange, ORIGINS } from './parts/changes.ts';
import { monotonicMs } from './parts/channel.ts';
import { pace } from './parts/pace.ts';
import type { Stage, Subject } from './stage.ts';

/** Changes of one NDJSON request. */
const BATCH = 100;

/** NDJSON requests, and single ones at full load, that are under way at once. */
const BATCHES_AT_ONCE = 4;
const SINGLES_AT_ONCE = 50;

/** Deliveries that may be accepted and not yet arrived: enough to keep every part busy. */
const MAX_BACKLOG = 3_000;

/** How often the receivers are asked while the backlog is full, in milliseconds. */
const BACKLOG_LOOK_MS = 5;

/** What the service still does after the last acknowledgement (deletes messages) is over by then. */
const QUIET_MS = 1_500;

/** How changes come in. */
export type Load =
  /** As NDJSON of 100, as fast as they are delivered. */
  | { readonly type: 'ndjson' }
  /** One a request, as fast as they are delivered. */
  | { readonly type: 'singles' }
  /** One a request, so many a second whatever the answers take. */
  | { readonly type: 'paced'; readonly perSecond: number };

/** What one round of deliveries took. */
export interface Round {
  readonly deliveries: number;
  /** The service's CPU, until it has nothing more to do. */
  readonly cpuMicros: number;
  /** From the first request to the last acknowledgement recorded. */
  readonly wallMs: number;
  /** From each 202 to the arrival of its callback, whole; 0 where the callback was there first. */
  readonly latenciesMs: readonly number[];
}

const Accepted = Compile(Type.Object({ results: Type.Array(Type.Object({ deliveryId: Type.String() })) }));
/** What the receivers tell of requests: the deliveries' ids, and when each had come whole. */
export const Arrivals = Type.Object({ ids: Type.Array(Type.String()), instants: Type.Array(Type.Number()) });

let lastNotification = 900_000_000_000;

/**
 * Sends `count` changes and waits until each of their callbacks is acknowledged and recorded.
 *
 * @param entities the first so many, which take turns
 */
export async function deliver(
  stage: Stage,
  subject: Subject,
  load: Load,
  count: number,
  entities = ORIGINS,
): Promise<Round> {
  await stage.receiver.ask(Arrivals, 'take');
  const before = await subject.usage();
  const start = monotonicMs();
  const accepted = await send(stage, subject, load, { count, entities });
  await subject.acknowledged(before.acknowledged + count);
  const wallMs = monotonicMs() - start;
  await delay(QUIET_MS);
  const after = await subject.usage();
  if (after.failed > before.failed) throw new Error(`${after.failed - before.failed} attempts failed`);
  const { ids, instants } = await stage.receiver.ask(Arrivals, 'take');
  return {
    deliveries: count,
    cpuMicros: after.cpuMicros - before.cpuMicros,
    wallMs,
    latenciesMs: ids.map((id, index) =>
      Math.max(0, (instants[index] ?? Number.NaN) - (accepted.get(id) ?? Number.NaN)),
    ),
  };
}

/** Keeps the service busy until the signal aborts; answers how many changes it took. */
export async function keepBusy(stage: Stage, subject: Subject, signal: AbortSignal): Promise<number> {
  const all = { count: Number.MAX_SAFE_INTEGER, entities: ORIGINS };
  const accepted = await send(stage, subject, { type: 'ndjson' }, all, signal);
  return accepted.size;
}

/** Sends changes; answers the instant of the 202 of each delivery. */
async function send(
  stage: Stage,
  subject: Subject,
  load: Load,
  { count, entities }: { readonly count: number; readonly entities: number },
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const accepted = new Map<string, number>();
  if (load.type === 'paced') {
    await pace(load.perSecond, count, async () => submit(subject, 1, entities, accepted));
    return accepted;
  }
  const batch = load.type === 'ndjson' ? BATCH : 1;
  const room = await backlog(stage);
  let left = count;
  async function lane(): Promise<void> {
    while (left > 0) {
      if (signal?.aborted === true) return;
      const changes = Math.min(batch, left);
      left -= changes;
      await room(changes);
      await submit(subject, changes, entities, accepted);
    }
  }
  const lanes = load.type === 'ndjson' ? BATCHES_AT_ONCE : SINGLES_AT_ONCE;
  await Promise.all(Array.from({ length: lanes }, lane));
  return accepted;
}

/** Waits until so many more changes fit into the backlog. */
async function backlog(stage: Stage): Promise<(changes: number) => Promise<void>> {
  const arrived = async (): Promise<number> => stage.receiver.ask(Type.Integer(), 'arrived');
  const before = await arrived();
  let sent = 0;
  let here = 0;
  let looking: Promise<void> | null = null;
  async function look(): Promise<void> {
    await delay(BACKLOG_LOOK_MS);
    here = (await arrived()) - before;
    looking = null;
  }
  return async (changes) => {
    sent += changes;
    while (sent - here > MAX_BACKLOG) await (looking ??= look());
  };
}

async function submit(
  subject: Subject,
  count: number,
  entities: number,
  accepted: Map<string, number>,
): Promise<void> {
  const lines = Array.from({ length: count }, () => {
    lastNotification += 1;
    return JSON.stringify(newChange(lastNotification, lastNotification % entities));
  });
  const type = count === 1 ? 'application/json' : 'application/x-ndjson';
  const answer = await subject.call('POST', '/v1/state-changes', lines.join('\n'), type);
  const at = monotonicMs();
  for (const { deliveryId } of Accepted.Parse(answer).results) accepted.set(deliveryId, at);
}
