import { setTimeout as delay } from 'node:timers/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { AttemptEvent } from '../../delivery/ports.ts';
import { Accepted, Communication, Delivery, readList } from '../answers.ts';
import type { ServiceClient } from '../client.ts';
import type { Receiver } from '../../receiver/receiver.ts';
import type { DemoEvent, LoggedCommunication, Summary } from './events.ts';
import type { FinishedDeliveries } from './finished.ts';
import {
  backOfficeUrl,
  changeOf,
  configurationOf,
  ENTITIES,
  LIVES,
  REFUSED_FIRST,
  type DemoLife,
} from './scenario.ts';

/** More than the demo makes. */
const MAX_LISTED = 1_000;

/**
 * Tells what happens, in an order that can be followed: what an integrator receives of a change is told after
 * the change itself, although the service may be faster than its own answer.
 */
export class Narrator {
  readonly #show: (event: DemoEvent) => void;
  #held: DemoEvent[] | null = null;

  constructor(show: (event: DemoEvent) => void) {
    this.#show = show;
  }

  tell(event: DemoEvent): void {
    if (this.#held === null) this.#show(event);
    else this.#held.push(event);
  }

  /** Runs `work`, whose event is told before all that happened meanwhile. */
  async tellFirst(work: () => Promise<DemoEvent>): Promise<void> {
    this.#held ??= [];
    let first: DemoEvent | null = null;
    try {
      first = await work();
    } finally {
      const held = this.#held;
      this.#held = null;
      for (const event of first === null ? held : [first, ...held]) this.#show(event);
    }
  }

  /** An attempt that ended. */
  attempt(event: AttemptEvent): void {
    this.tell({ event: 'attempt', ...event });
  }

  /** A request that the receiver took. */
  received({ idempotencyKey, attempt, report, behaviour }: Receiver['received'][number]): void {
    for (const { notification, state } of report?.items ?? []) {
      const delivery = idempotencyKey;
      this.tell({
        event: 'received',
        delivery,
        notification: notification.id,
        state,
        attempt,
        answer: behaviour,
      });
    }
  }
}

/** What the demo's lives are run with. */
export interface DemoRun {
  readonly client: ServiceClient;
  readonly receiverUrl: string;
  readonly narrator: Narrator;
  readonly finished: Pick<FinishedDeliveries, 'wait'>;
  /** Milliseconds before each change: what happens at once cannot be watched. */
  readonly paceMs: number;
  /** Rejects what is under way when the demo is to stop. */
  readonly signal: AbortSignal;
}

/** Whether the receiver refuses this report at its first attempt. */
export function isRefusedFirst(notification: string, state: string): boolean {
  return notification === REFUSED_FIRST.id && state === REFUSED_FIRST.state;
}

/** Configures the entities, sends every notification through its life, and reads the log. */
export async function runLives(run: DemoRun): Promise<Summary> {
  await putEntities(run);
  const due: string[] = [];
  for (const life of LIVES) {
    run.narrator.tell({ event: 'life', chapter: life.chapter, notification: life.id });
    const { deliveries, isOver } = await live(run, life);
    due.push(...deliveries);
    if (!isOver) break;
  }
  const deliveries = await readDeliveries(run);
  run.narrator.tell({ event: 'communications', items: await readLog(run, deliveries) });
  const expected = deliveries.filter(({ id }) => due.includes(id));
  return {
    event: 'summary',
    deliveries: due.length,
    acknowledged: expected.filter(({ status }) => status === 'acknowledged').length,
    attempts: expected.reduce((sum, { attempts }) => sum + attempts, 0),
    exhausted: expected.filter(({ status }) => status === 'exhausted').length,
  };
}

async function putEntities({ client, receiverUrl, narrator, signal }: DemoRun): Promise<void> {
  for (const entity of ENTITIES) {
    const { organisation, department, organisationName, departmentName, backOffices } = entity;
    await client.call(
      Type.Unknown(),
      {
        method: 'PUT',
        path: `/v1/entities/${organisation}/${department}`,
        body: JSON.stringify(configurationOf(entity, receiverUrl)),
      },
      signal,
    );
    narrator.tell({
      event: 'entity',
      organisation,
      department,
      name: `${organisationName} · ${departmentName}`,
      endpoint: receiverUrl,
      backOffices: Object.fromEntries(backOffices.map((code) => [code, backOfficeUrl(receiverUrl, code)])),
    });
  }
}

/**
 * Sends a notification's changes, each once the callback before it has ended. Answers the deliveries that were
 * due, and whether the last of them ended in time.
 */
async function live({ client, narrator, finished, paceMs, signal }: DemoRun, life: DemoLife) {
  const deliveries: string[] = [];
  for (const step of life.steps) {
    await delay(paceMs, undefined, { signal });
    let deliveryId: string | null = null;
    await narrator.tellFirst(async () => {
      const body = JSON.stringify(changeOf(life, step, Date.now()));
      const { results } = await client.call(
        Accepted,
        { method: 'POST', path: '/v1/state-changes', body },
        signal,
      );
      const [result] = results;
      deliveryId = result?.deliveryId ?? null;
      const reason = result?.reason ?? null;
      return { event: 'change', notification: life.id, state: step.state, deliveryId, reason };
    });
    if (deliveryId === null) continue;
    deliveries.push(deliveryId);
    if (!(await finished.wait(deliveryId, signal))) return { deliveries, isOver: false };
  }
  return { deliveries, isOver: true };
}

async function readDeliveries({ client }: DemoRun): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for await (const item of readList(client, '/v1/deliveries', {}, MAX_LISTED)) {
    deliveries.push(Value.Parse(Delivery, item));
  }
  return deliveries;
}

/** The communications log, oldest first as it was seen to happen. */
async function readLog({ client }: DemoRun, deliveries: readonly Delivery[]): Promise<LoggedCommunication[]> {
  const states = new Map(deliveries.map(({ id, state }) => [id, state]));
  const rows: LoggedCommunication[] = [];
  for await (const item of readList(client, '/v1/communications', {}, MAX_LISTED)) {
    const communication = Value.Parse(Communication, item);
    rows.push({ ...communication, state: states.get(communication.delivery ?? '') ?? null });
  }
  return rows.toReversed();
}
