import { setTimeout as delay } from 'node:timers/promises';
import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { ORGANISATION, type PlannedChange } from './lives.ts';

/** The administrator's key of these services. */
export const ADMIN_KEY = 'fault-test-key-fault-test-key-fault-test';

const CALL_LIMIT_MS = 5_000;

/** Before a call that met no service is made again, in milliseconds. */
const AGAIN_MS = 100;

const Delivery = Type.Object({
  id: Type.String(),
  notification: Type.String(),
  state: Type.String(),
  status: Type.String(),
  waitingFor: Type.Union([Type.String(), Type.Null()]),
  late: Type.Boolean(),
  attempts: Type.Integer(),
  createdAt: Type.String(),
});
const Communication = Type.Object({
  delivery: Type.String(),
  attempt: Type.Union([Type.Integer(), Type.Null()]),
  startedAt: Type.String(),
  durationMs: Type.Integer(),
  outcome: Type.String(),
  httpStatus: Type.Union([Type.Integer(), Type.Null()]),
  errorCode: Type.Union([Type.String(), Type.Null()]),
});
const Taken = Type.Object({
  duplicates: Type.Integer(),
  results: Type.Array(
    Type.Object({ id: Type.String(), deliveryId: Type.Union([Type.String(), Type.Null()]) }),
  ),
});

/** A delivery and a row of the communications log, as the API shows them. */
export type Delivery = Static<typeof Delivery>;
export type Communication = Static<typeof Communication>;

/** A caller of the API who repeats what was not answered, as it must. */
export interface Client {
  putEntity(department: string, configuration: object): Promise<void>;
  /** Sends state changes until they are taken; resolves with what was answered. */
  submit(changes: readonly PlannedChange[]): Promise<Static<typeof Taken>>;
  /** Whether there is a delivery that is not finished; not certain where one changes its status meanwhile. */
  hasUnfinished(): Promise<boolean>;
  deliveries(): Promise<Delivery[]>;
  communications(): Promise<Communication[]>;
}

/**
 * Makes a client.
 *
 * @param url where the API is now; null while there is none
 */
export function createClient(url: () => string | null): Client {
  async function call(method: string, path: string, contentType?: string, body?: string): Promise<string> {
    for (;;) {
      const base = url();
      const answer = base === null ? null : await once(base + path, method, contentType, body);
      if (answer !== null) return answer;
      await delay(AGAIN_MS);
    }
  }

  async function list<Item extends TSchema>(path: string, item: Item): Promise<Static<Item>[]> {
    const Page = Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });
    const items: Static<Item>[] = [];
    for (let cursor = ''; ;) {
      const page = Value.Parse(Page, JSON.parse(await call('GET', `${path}?limit=200${cursor}`)));
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = `&after=${page.next}`;
    }
  }

  return {
    async putEntity(department, configuration) {
      await call(
        'PUT',
        `/v1/entities/${ORGANISATION}/${department}`,
        'application/json',
        JSON.stringify(configuration),
      );
    },
    async submit(changes) {
      const body = changes.map((change) => JSON.stringify(change.body)).join('\n');
      return Value.Parse(
        Taken,
        JSON.parse(await call('POST', '/v1/state-changes', 'application/x-ndjson', body)),
      );
    },
    async hasUnfinished() {
      for (const status of ['retrying', 'waiting', 'queued', 'sending']) {
        const text = await call('GET', `/v1/deliveries?limit=1&status=${status}`);
        if (Value.Parse(Type.Object({ items: Type.Array(Delivery) }), JSON.parse(text)).items.length > 0)
          return true;
      }
      return false;
    },
    deliveries: async () => list('/v1/deliveries', Delivery),
    communications: async () => list('/v1/communications', Communication),
  };
}

/** One call; null where it is to be made again: no connection, no answer in time, 503. */
async function once(
  url: string,
  method: string,
  contentType: string | undefined,
  body: string | undefined,
): Promise<string | null> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(CALL_LIMIT_MS),
    });
    ({ status } = response);
    text = await response.text();
  } catch {
    return null;
  }
  if (status === 503) return null;
  if (status >= 400) throw new Error(`${method} ${new URL(url).pathname} was answered ${status}: ${text}`);
  return text;
}
