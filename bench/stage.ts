import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Type, type Static } from 'typebox';
import { Pool } from 'undici';
import { Part, type PartName } from './part.ts';
import { entity, ORIGINS } from './parts/changes.ts';

/** Connections of the load to the API. */
const LOAD_CONNECTIONS = 50;

/** The key of every caller. */
export const ADMIN_KEY = 'bench-key-bench-key-bench-key-bench';

const Usage = Type.Object({
  cpuMicros: Type.Number(),
  rssBytes: Type.Number(),
  acknowledged: Type.Integer(),
  failed: Type.Integer(),
});

/** A call of the API. */
interface Call {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body: string | undefined;
  readonly type: string;
  readonly key: string;
}

/** What the service's process has used and done since its start. */
export type Usage = Static<typeof Usage>;

/** A running service on a database and a queue of its own, with its entities configured. */
export class Subject {
  readonly part: Part;
  readonly databaseUrl: string;
  /** Of its API and its console. */
  readonly url: string;
  readonly #api: Pool;

  constructor(part: Part, databaseUrl: string, url: string) {
    this.part = part;
    this.databaseUrl = databaseUrl;
    this.url = url;
    this.#api = new Pool(url, { connections: LOAD_CONNECTIONS });
  }

  async usage(): Promise<Usage> {
    return this.part.ask(Usage, 'usage');
  }

  /** Resolves once so many deliveries are acknowledged and recorded, since the start. */
  async acknowledged(count: number): Promise<void> {
    await this.part.ask(Type.Null(), 'until', { acknowledged: count });
  }

  /** Calls the API; answers the body's JSON. @throws where the status is no success */
  async call(method: 'GET' | 'PUT' | 'POST', path: string, body?: string, type = 'application/json') {
    return this.#send({ method, path, body, type, key: ADMIN_KEY });
  }

  /** Reads by another key. @throws where the status is no success */
  async readAs(key: string, path: string): Promise<unknown> {
    return this.#send({ method: 'GET', path, body: undefined, type: '', key });
  }

  async #send({ method, path, body, type, key }: Call): Promise<unknown> {
    const answer = await this.#api.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    const value: unknown = JSON.parse(text);
    return value;
  }

  /** Runs one statement on its database, over a connection of its own. */
  async sql(text: string, values: unknown[] = []): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      await client.query(text, values);
    } finally {
      await client.end();
    }
  }

  /** The number that a statement reads from its database as `count`. */
  async count(text: string): Promise<number> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<{ count: number }>(text)).rows[0]?.count ?? Number.NaN;
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.#api.destroy();
  }
}

/** The processes of one run. Whatever happens, `close` leaves nothing behind. */
export class Stage {
  readonly receiver: Part;
  readonly ports: readonly number[];
  readonly #dist: string;
  readonly #parts: Part[];
  readonly #subjects: Subject[] = [];
  readonly #serverUrl: string;
  #closing: Promise<void> | null = null;

  private constructor(dist: string, parts: Part[], receiver: Part, ports: readonly number[], url: string) {
    this.#dist = dist;
    this.#parts = parts;
    this.receiver = receiver;
    this.ports = ports;
    this.#serverUrl = url;
  }

  /**
   * Starts receivers and PostgreSQL.
   *
   * @param dist URL of the built program that is to be measured
   */
  static async open(dist: string): Promise<Stage> {
    const parts: Part[] = [];
    try {
      const receiver = await begin(parts, 'receiver');
      const ports = await receiver.ask(Type.Array(Type.Integer()), 'open', { origins: ORIGINS });
      const postgres = await begin(parts, 'postgres');
      const url = await postgres.ask(Type.String(), 'open');
      return new Stage(dist, parts, receiver, ports, url);
    } catch (error) {
      await closeAll(parts);
      throw error;
    }
  }

  /**
   * Starts a service on a new database and a queue server of its own, and configures its entities.
   *
   * @param fill fills the database, entities and all, before the service starts; null: it starts with an empty one
   * @param dist URL of another built program
   */
  async subject(
    fill: ((databaseUrl: string) => Promise<void>) | null = null,
    dist = this.#dist,
  ): Promise<Subject> {
    const queue = await begin(this.#parts, 'queue');
    const databaseUrl = await this.#createDatabase();
    await fill?.(databaseUrl);
    const service = await begin(this.#parts, 'service', {
      DATABASE_URL: databaseUrl,
      SQS_ENDPOINT: await queue.ask(Type.String(), 'open'),
      SQS_QUEUE_URL: '',
      SECRETS_KEY: randomBytes(32).toString('base64'),
      ADMIN_KEY,
      ALLOW_PRIVATE_ENDPOINTS: 'true',
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_PORT: '',
      RETRY_DELAYS: '',
      BODY_RETENTION: '',
      SIGNING_CERTIFICATE: '',
      SIGNING_KEY: '',
    });
    const subject = new Subject(service, databaseUrl, await service.ask(Type.String(), 'open', { dist }));
    this.#subjects.push(subject);
    if (fill === null) await this.configure(subject, { type: 'none' });
    return subject;
  }

  /** Configures every entity, with this security policy. */
  async configure(subject: Subject, policy: object): Promise<void> {
    for (const [index, port] of this.ports.entries()) {
      const configuration = {
        organisationName: 'Ajuntament Inventat',
        departmentName: 'Secretaria',
        endpoint: { url: `http://127.0.0.1:${port}/reports`, policy },
      };
      const { organisation, department } = entity(index);
      await subject.call('PUT', `/v1/entities/${organisation}/${department}`, JSON.stringify(configuration));
    }
  }

  /** Runs `work` in a process of its own, which ends with it. */
  async apart<T>(name: PartName, work: (part: Part) => Promise<T>): Promise<T> {
    const part = await begin(this.#parts, name);
    try {
      return await work(part);
    } finally {
      await part.stop();
    }
  }

  /** Ends all of them. It may be called again while it is under way. */
  async close(): Promise<void> {
    this.#closing ??= Promise.all(this.#subjects.map(async (subject) => subject.close())).then(async () =>
      closeAll(this.#parts),
    );
    return this.#closing;
  }

  async #createDatabase(): Promise<string> {
    const name = `bench_${randomBytes(4).toString('hex')}`;
    const client = new Client({ connectionString: this.#serverUrl });
    await client.connect();
    try {
      await client.query(`create database ${name}`);
    } finally {
      await client.end();
    }
    return new URL(`/${name}`, this.#serverUrl).href;
  }
}

async function begin(parts: Part[], name: PartName, env?: Record<string, string>): Promise<Part> {
  const part = await Part.start(name, env);
  parts.push(part);
  return part;
}

/** The service before what it works with. */
async function closeAll(parts: readonly Part[]): Promise<void> {
  for (const part of parts.toReversed()) await part.stop();
}
