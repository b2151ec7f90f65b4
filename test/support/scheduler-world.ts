import { expect } from 'vitest';
import type { Outcome } from '../../src/domain/attempt.ts';
import { FREE_INTERRUPTIONS, isFinished, type Schedule, type Status } from '../../src/domain/delivery.ts';
import { DEFAULT_ENDPOINT } from '../../src/domain/entity.ts';
import type { EntityKey, StateChange } from '../../src/domain/notification.ts';
import type { RetrySchedule } from '../../src/domain/retry-policy.ts';
import type { State } from '../../src/domain/state.ts';
import { takeTogether } from '../../src/delivery/intake/take.ts';
import { settle } from '../../src/delivery/settle.ts';
import type { AttemptResult } from '../../src/domain/attempt.ts';
import { ProblemError } from '../../src/domain/errors.ts';
import { admit } from '../../src/store/admissions.ts';
import { findLostAttempts } from '../../src/store/attempts.ts';
import { cancelDelivery } from '../../src/store/cancel.ts';
import { claimDeliveries, type Claim } from '../../src/store/claims.ts';
import type { Database } from '../../src/store/database.ts';
import { putEntity } from '../../src/store/entities.ts';
import { findUnreleased, takeOverdueHints } from '../../src/store/reconciliation.ts';
import { resendDelivery } from '../../src/store/resend.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { SchedulerModel } from './scheduler-model.ts';

export const ENTITIES = 4;
export const NOTIFICATIONS = 48;

const HOUR_MS = 3_600_000;
/** Far enough apart that no step mistakes one for another; the test lets time pass by itself. */
export const SERVICE_SCHEDULE: RetrySchedule = [1, 2, 3, 4, 5, 6].map((hours) => hours * HOUR_MS);
const OWN_SCHEDULE = ['1h', '2h'];
const START_MS = Date.parse('2026-11-02T09:00:00Z');

interface Row {
  id: string;
  status: Status;
  first: boolean;
  attempts: number;
  failures: number;
  interruptions: number;
  broughtForward: boolean;
  blockedBy: string | null;
  lastOutcome: Outcome | null;
  position: number;
  dueAt: number;
  notBefore: number | null;
  troubledAt: number | null;
  finished: boolean;
  leased: boolean;
}

/** A claim that a worker holds, in the version of the configuration that it was made in. */
export interface Held {
  readonly claim: Claim;
  /** Whether its lease has run out: what it tells comes late. */
  readonly late: boolean;
}

/** Some entities with their notifications in the real store, and the model beside them. */
export class World {
  readonly model = new SchedulerModel();
  /** What the queue holds: ids, some of them stale, none of them lost but by a purge. */
  hints: string[] = [];
  held: Held[] = [];
  readonly #db: Database;
  readonly #sealer = new Sealer(Buffer.alloc(32));
  readonly #number: number;
  readonly #complete: boolean[] = [];
  readonly #versions: string[] = [];
  readonly #sent = new Map<string, string>();
  #changes = 0;
  /** When the first step since the last check began, by the database's clock. */
  #since: number | null = null;
  /** Whether the last admission may have brought retries forward because their server lives again. */
  #recovering = false;

  constructor(db: Database, number: number) {
    this.#db = db;
    this.#number = number;
  }

  async create(): Promise<void> {
    for (let entity = 0; entity < ENTITIES; entity += 1) await this.configure(entity, true);
  }

  notification(index: number): string {
    return String(BigInt(this.#number) * 1_000n + BigInt(index));
  }

  #entityOf(index: number): number {
    return index % ENTITIES;
  }

  #key(entity: number): EntityKey {
    return { organisation: String(9_900_000_000 + this.#number), department: String(entity) };
  }

  /** Two entities share a server. */
  #url(entity: number): string {
    return `http://world-${this.#number}-${Math.min(entity, ENTITIES - 2)}.example/${entity}`;
  }

  #retries(entity: number): RetrySchedule {
    return entity === 0 ? [HOUR_MS, 2 * HOUR_MS] : SERVICE_SCHEDULE;
  }

  async #now(): Promise<number> {
    const [row] = await this.#db.query<{ now: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
    );
    return row?.now ?? 0;
  }

  /** Reads the clock before a step, in whole milliseconds. */
  async #begin(): Promise<number> {
    const now = Math.floor(await this.#now());
    this.#since ??= now;
    return now;
  }

  async #origins(): Promise<{ id: string; size: number; url: string; recovering: boolean }[]> {
    return this.#db.query(
      `select origen as id, finestra as size, adreca as url, recuperat is not null as recovering
       from nt30.aoc_nt_origens where adreca like $1`,
      [`http://world-${this.#number}-%`],
    );
  }

  /** Puts the entity's configuration, complete or without its endpoint. */
  async configure(entity: number, complete: boolean): Promise<void> {
    const now = await this.#begin();
    const put = await putEntity(this.#db, this.#sealer, this.#key(entity), () => ({
      organisationName: 'Ajuntament Inventat',
      departmentName: 'Secretaria',
      online: true,
      daily: false,
      sendCancelled: true,
      retryDelays: entity === 0 ? OWN_SCHEDULE : null,
      endpoint: { ...DEFAULT_ENDPOINT, url: complete ? this.#url(entity) : null },
      backOffices: new Map(),
    }));
    this.#complete[entity] = complete;
    this.#versions[entity] = put.entity.version;
    this.model.configure(entity, complete, now);
  }

  isComplete(entity: number): boolean {
    return this.#complete[entity] === true;
  }

  /** Sends changes, each in a request of its own, all in one transaction. */
  async change(changes: readonly { index: number; state: State; minute: number }[]): Promise<void> {
    const origins = await this.#origins();
    const submitted = changes.map(({ index, state, minute }): StateChange => {
      this.#changes += 1;
      const occurredAtMs = START_MS + minute * 60_000;
      return {
        id: `${this.#number}-${this.#changes}`,
        occurredAt: new Date(occurredAtMs).toISOString(),
        occurredAtMs,
        state,
        notification: {
          id: this.notification(index),
          kind: 'NOTIFICACIO',
          origin: 'INTEGRACIO',
          entity: this.#key(this.#entityOf(index)),
          backOffice: null,
          reference: 'EXP-1',
          issuerReference: null,
          channel: null,
          expirationDays: null,
          registry: null,
        },
        signer: null,
        channelChange: null,
      };
    });
    const now = await this.#begin();
    const taken = await takeTogether(
      this.#db,
      submitted.map((change) => [{ line: 1, change }]),
    );
    taken.requests.forEach((request, place) => {
      const change = submitted[place];
      const index = changes[place]?.index ?? 0;
      if (change === undefined || 'problem' in request) return;
      const id = request.results[0]?.deliveryId ?? null;
      if (id === null) return;
      const entity = this.#entityOf(index);
      const probed = origins.some(({ url, size }) => size <= 1 && this.#url(entity).startsWith(hostOf(url)));
      this.model.join(
        {
          id,
          notification: change.notification.id,
          position: change.occurredAtMs,
          entity,
          blocked: !this.isComplete(entity),
        },
        now,
        probed && this.isComplete(entity),
      );
    });
  }

  /** The relay's round; its hints go into the queue, or get lost. */
  async admit(lost: boolean): Promise<void> {
    await this.#begin();
    const origins = await this.#origins();
    this.#recovering = origins.some(({ recovering }) => recovering);
    const before = new Map(origins.map(({ id, size }) => [id, size]));
    const hints = await admit(
      this.#db,
      origins.map(({ id }) => id),
    );
    const after = await this.#now();
    for (const { origin, deliveries } of hints) {
      expect(deliveries.length).toBeLessThanOrEqual(before.get(origin) ?? 0);
      for (const id of deliveries) {
        // A recovery may have brought it forward in the same transaction.
        expect(this.model.get(id).schedule.dueAt <= after || this.#recovering).toBe(true);
        this.model.admit(id);
        if (!lost) this.hints.push(id);
      }
    }
  }

  /** The reconciler's hints, as if their time had come. */
  async remind(): Promise<void> {
    await this.#db.query(
      `update nt30.aoc_nt_enviaments set proper_avis = now() where situacio = 'queued' and organisme = $1`,
      [this.#key(0).organisation],
    );
    for (const { deliveries } of await takeOverdueHints(this.#db, 1_000)) {
      this.hints.push(...deliveries.filter((id) => this.model.deliveries.has(id)));
    }
  }

  /** A worker claims what a message names: only what the model has queued may be given to it. */
  async claim(ids: readonly string[]): Promise<void> {
    const claimed = await claimDeliveries(this.#db, ids);
    const expected = [...new Set(ids)].flatMap((id) => {
      const attempt = this.model.claim(id);
      return attempt === null ? [] : [`${id} ${attempt}`];
    });
    expect(claimed.map(({ delivery, attempt }) => `${delivery} ${attempt}`).sort()).toEqual(expected.sort());
    for (const claim of claimed) {
      const report = this.#sent.get(claim.delivery) ?? claim.report;
      expect(claim.report).toBe(report);
      this.#sent.set(claim.delivery, report);
      this.held.push({ claim, late: false });
    }
  }

  /** Attempts end; those whose lease had run out tell it late. At most one of each delivery. */
  async complete(ended: readonly { held: Held; result: AttemptResult }[]): Promise<void> {
    const now = await this.#begin();
    const before = await this.#interrupted(ended.map(({ held }) => held.claim));
    await settle(
      this.#db,
      ended.map(({ held: { claim }, result }) => ({
        claim,
        endpoint: 'http://world.example/',
        envelope: null,
        startedAt: now,
        result,
      })),
      SERVICE_SCHEDULE,
    );
    for (const { held, result } of ended) {
      const { claim } = held;
      const { entity } = this.model.get(claim.delivery);
      this.held = this.held.filter((other) => other !== held);
      if (
        before.has(`${claim.delivery} ${claim.attempt}`) &&
        !['interrupted', 'blocked'].includes(result.outcome)
      ) {
        this.model.correct(claim.delivery);
      }
      const { schedule } = this.model.get(claim.delivery);
      const own = schedule.status === 'sending' && schedule.attempts === claim.attempt;
      if (own && result.outcome === 'blocked' && claim.configurationVersion !== this.#versions[entity]) {
        this.model.giveBack(claim.delivery);
      } else {
        this.model.complete(claim.delivery, claim.attempt, result, this.#retries(entity), now);
      }
    }
  }

  async #interrupted(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const rows = await this.#db.query<{ key: string }>(
      `select enviament || ' ' || intent as key from nt30.aoc_nt_logs_comunicacio
       where enviament = any($1::uuid[]) and resultat = 'interrupted'`,
      [claims.map(({ delivery }) => delivery)],
    );
    return new Set(rows.map(({ key }) => key));
  }

  /** Leases run out: the attempts count as interrupted, though their workers may still tell of them. */
  async lose(lost: readonly Held[], result: AttemptResult): Promise<void> {
    const ids = lost.map(({ claim }) => claim.delivery);
    await this.#db.query(
      `update nt30.aoc_nt_enviaments set arrendament = now() - interval '1 second'
       where enviament = any($1::uuid[]) and situacio = 'sending'`,
      [ids],
    );
    const now = await this.#begin();
    const found = (await findLostAttempts(this.#db, false, 1_000)).filter(({ delivery }) =>
      this.model.deliveries.has(delivery),
    );
    const sending = [...new Set(ids)].filter((id) => this.model.get(id).schedule.status === 'sending');
    expect(found.map(({ delivery }) => delivery).sort()).toEqual(sending.sort());
    await settle(
      this.#db,
      found.map(({ endpoint, startedAt, ...claim }) => ({
        claim,
        endpoint,
        envelope: null,
        startedAt,
        result,
      })),
      SERVICE_SCHEDULE,
    );
    for (const { delivery, attempt } of found) {
      const retries = this.#retries(this.model.get(delivery).entity);
      this.model.complete(delivery, attempt, result, retries, now);
    }
    this.held = this.held.map((held) => (lost.includes(held) ? { ...held, late: true } : held));
  }

  async cancel(id: string): Promise<void> {
    const wasFinished = isFinished(this.model.get(id).schedule.status);
    const refused = await refusalOf(async () => cancelDelivery(this.#db, id, null));
    expect(refused).toBe(wasFinished ? 'delivery-finished' : null);
    if (!wasFinished) this.model.cancel(id);
  }

  async resend(id: string): Promise<void> {
    const now = await this.#begin();
    let again: string | null = null;
    const refused = await refusalOf(async () => {
      again = (await resendDelivery(this.#db, id))?.id ?? null;
    });
    const unfinished = this.model.isFamilyUnfinished(id);
    expect(refused).toBe(unfinished ? 'delivery-unfinished' : null);
    if (again !== null) this.model.resend(id, again, !this.isComplete(this.model.get(id).entity), now);
  }

  /** All that is planned has its time; each origin that is only probed may be probed. */
  async passTime(): Promise<void> {
    await this.#db.query(
      `update nt30.aoc_nt_enviaments set proper_intent = now(), no_abans = least(no_abans, now())
       where organisme = $1 and situacio in ('waiting', 'retrying')`,
      [this.#key(0).organisation],
    );
    await this.#db.query(
      'update nt30.aoc_nt_origens set sondeig_proper = now() where adreca like $1 and sondeig_proper is not null',
      [`http://world-${this.#number}-%`],
    );
    for (const row of await this.#rows()) this.model.noteTimes(row.id, row);
  }

  async #rows(): Promise<Row[]> {
    return this.#db.query<Row>(
      `select enviament as id, situacio as status, primer as first, intents as attempts, gastats as failures,
         interrupcions as interruptions, avancat as "broughtForward", bloquejat as "blockedBy",
         darrer_resultat as "lastOutcome", (extract(epoch from posicio) * 1000)::float8 as position,
         (extract(epoch from proper_intent) * 1000)::float8 as "dueAt",
         (extract(epoch from no_abans) * 1000)::float8 as "notBefore",
         (extract(epoch from problema_origen) * 1000)::float8 as "troubledAt",
         finalitzat is not null as finished, arrendament is not null as leased
       from nt30.aoc_nt_enviaments where organisme = $1`,
      [this.#key(0).organisation],
    );
  }

  /** Compares every row with the model, and takes over the times that it may not know. */
  async check(): Promise<void> {
    const rows = await this.#rows();
    const now = await this.#now();
    expect(rows.map(({ id }) => id).sort()).toEqual([...this.model.deliveries.keys()].sort());
    for (const row of rows) {
      const { schedule } = this.model.get(row.id);
      expect(told(row)).toEqual(told(schedule));
      expect(row.finished).toBe(isFinished(schedule.status));
      expect(row.leased).toBe(schedule.status === 'sending');
      expect([row.notBefore === null, row.troubledAt === null]).toEqual([
        schedule.notBefore === null,
        schedule.troubledAt === null,
      ]);
      if (!row.finished) this.#checkDue(row, now);
      this.model.noteTimes(row.id, row);
    }
    this.#recovering = false;
    this.#since = null;
    for (let index = 0; index < NOTIFICATIONS; index += 1) {
      const line = this.model.line(this.notification(index));
      if (line.length > 0) expect(line.filter((d) => d.first)).toHaveLength(1);
      expect(line.filter((d) => d.status === 'queued' || d.status === 'sending').length).toBeLessThanOrEqual(
        1,
      );
    }
  }

  #checkDue(row: Row, now: number): void {
    const { schedule, due } = this.model.get(row.id);
    if (due !== null) {
      expect(row.dueAt).toBeGreaterThanOrEqual(due.earliest - 1);
      expect(row.dueAt).toBeLessThanOrEqual(due.latest + now - (this.#since ?? now) + 1);
      return;
    }
    // Only the recovery of an origin moves an attempt without another reason.
    const unmoved = Math.abs(row.dueAt - schedule.dueAt) < 0.01;
    expect(unmoved || this.#recovering, `${row.id} was moved`).toBe(true);
  }

  /** What holds once everything has ended. */
  async checkEnd(): Promise<void> {
    expect(await findUnreleased(this.#db, 10)).toEqual([]);
    const log = await this.#db.query<{ id: string; numbers: number[]; outcomes: Outcome[] }>(
      `select enviament as id, array_agg(intent order by intent) as numbers,
         array_agg(resultat order by intent) as outcomes
       from nt30.aoc_nt_logs_comunicacio where organisme = $1 and intent is not null group by enviament`,
      [this.#key(0).organisation],
    );
    const logged = new Map(log.map((row) => [row.id, row]));
    for (const [id, { schedule, entity, corrected }] of this.model.deliveries) {
      expect(isFinished(schedule.status)).toBe(true);
      const { attempts, failures, status } = schedule;
      const row = logged.get(id);
      // Numbers have no gaps: the log has each one that was given, once.
      expect(row?.numbers ?? []).toEqual(Array.from({ length: attempts }, (_, place) => place + 1));
      const most = 1 + this.#retries(entity).length;
      expect(failures).toBeLessThanOrEqual(most);
      expect(failures === most).toBe(status === 'exhausted');
      const told = (row?.outcomes ?? []).filter((outcome) => outcome !== 'interrupted').length;
      expect(told - corrected).toBeLessThanOrEqual(most);
      expect(attempts).toBeLessThanOrEqual(most + FREE_INTERRUPTIONS);
      if (row?.outcomes.includes('acknowledged'))
        expect(['acknowledged', 'cancelled', 'exhausted']).toContain(status);
    }
  }
}

function hostOf(origin: string): string {
  return origin.replace(/:\d+$/, '/');
}

/** What the model and the row must agree on. */
function told(d: Pick<Schedule, keyof Row & keyof Schedule>): unknown {
  return {
    id: d.id,
    status: d.status,
    first: isFinished(d.status) ? null : d.first,
    attempts: d.attempts,
    failures: d.failures,
    interruptions: d.interruptions,
    broughtForward: d.broughtForward,
    blockedBy: d.blockedBy,
    lastOutcome: d.lastOutcome,
    position: d.position,
  };
}

async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}
