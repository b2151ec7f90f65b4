import { expect } from 'vitest';
import { THE_SERVICE } from '../../src/domain/audit.ts';
import type { Hint } from '../../src/queue/queue.ts';
import { dayAfter, dayEnd } from '../../src/domain/day.ts';
import { dailyLineId, isFinished } from '../../src/domain/delivery.ts';
import type { State } from '../../src/domain/state.ts';
import { cutEntity } from '../../src/delivery/daily/cut.ts';
import { takeTogether } from '../../src/delivery/intake/take.ts';
import { settle } from '../../src/delivery/settle.ts';
import type { AttemptResult } from '../../src/domain/attempt.ts';
import { admit } from '../../src/store/admissions.ts';
import { findLostAttempts } from '../../src/store/attempts.ts';
import { cancelDelivery } from '../../src/store/cancel.ts';
import { claimDeliveries, type Claim } from '../../src/store/claims.ts';
import { findUnreleasedDaily } from '../../src/store/daily-lines.ts';
import { findUnreleased, takeOverdueHints } from '../../src/store/reconciliation.ts';
import { resendDelivery } from '../../src/store/resend.ts';
import { checkEnds, checkLines, checkRows, retriesOf, SERVICE_SCHEDULE } from './scheduler-checks.ts';
import { refusalOf } from './refusal.ts';
import { schedulerChange } from './scheduler-change.ts';
import { passTime, readAttempts, readClock, readInterrupted, readRows } from './scheduler-rows.ts';
import { DAILY_ENTITY, WorldEntities } from './scheduler-entities.ts';

export const NOTIFICATIONS = 48;

/** A claim that a worker holds, in the version of the configuration that it was made in. */
export interface Held {
  readonly claim: Claim;
  /** Whether its lease has run out: what it tells comes late. */
  readonly late: boolean;
}

/** Some entities with their notifications in the real store, and the model beside them. */
export class World extends WorldEntities {
  /** What the queue holds: ids, some of them stale, none of them lost but by a purge. */
  hints: string[] = [];
  held: Held[] = [];
  readonly #sent = new Map<string, string>();
  #changes = 0;
  #day = '2026-11-01';
  /** Whether the last admission may have brought retries forward because their server lives again. */
  #recovering = false;

  /**
   * Sends changes, each in a request of its own, all in one transaction.
   *
   * @param admits whether the transaction queues what is due of their origins
   */
  async change(
    changes: readonly { index: number; state: State; minute: number }[],
    admits: boolean,
  ): Promise<void> {
    const origins = await this.origins();
    const submitted = changes.map(({ index, state, minute }) => {
      this.#changes += 1;
      return schedulerChange(`${this.number}-${this.#changes}`, {
        notification: this.notification(index),
        entity: this.key(this.entityOf(index)),
        state,
        minute,
      });
    });
    const now = await this.begin();
    const taken = await takeTogether(
      this.db,
      submitted.map((change) => [{ line: 1, change }]),
      admits,
    );
    taken.requests.forEach((request, place) => {
      const change = submitted[place];
      const index = changes[place]?.index ?? 0;
      if (change === undefined || 'problem' in request) return;
      const id = request.results[0]?.deliveryId ?? null;
      if (id === null) return;
      const entity = this.entityOf(index);
      const probed = origins.some(({ url, size }) => size <= 1 && this.url(entity).startsWith(hostOf(url)));
      this.model.join(
        {
          id,
          line: change.notification.id,
          position: change.occurredAtMs,
          entity,
          blocked: !this.isComplete(entity),
          held: this.paused.has(entity),
        },
        now,
        probed && this.isComplete(entity),
      );
    });
    await this.#queue(taken.admission?.hints ?? [], origins, false);
  }

  /** A day is over: what has changed since the last one's end makes a daily report. */
  async endDay(): Promise<void> {
    const now = await this.begin();
    const origins = await this.origins();
    const entity = DAILY_ENTITY;
    const key = this.key(entity);
    this.#day = dayAfter(this.#day);
    await cutEntity(this.db, key, this.#day);
    const made = await this.db.query<{ id: string }>(
      `select enviament as id from nt30.aoc_nt_informes_diaris
       where organisme = $1 and dia = $2::date and not reenviament`,
      [this.organisation, this.#day],
    );
    const probed = origins.some(({ url, size }) => size <= 1 && this.url(entity).startsWith(hostOf(url)));
    for (const { id } of made) {
      this.model.join(
        {
          id,
          line: dailyLineId({ ...key, backOffice: null }),
          position: dayEnd(this.#day),
          entity,
          blocked: !this.isComplete(entity),
          held: this.paused.has(entity),
        },
        now,
        probed && this.isComplete(entity),
      );
    }
  }

  /** The relay's round; its hints go into the queue, or get lost. */
  async admit(lost: boolean): Promise<void> {
    await this.begin();
    const origins = await this.origins();
    this.#recovering = origins.some(({ recovering }) => recovering);
    const { hints } = await admit(
      this.db,
      origins.map(({ id }) => id),
    );
    await this.#queue(hints, origins, lost);
  }

  /** Deliveries were admitted; their hints go into the queue, or get lost. */
  async #queue(
    hints: readonly Hint[],
    origins: readonly { readonly id: string; readonly size: number }[],
    lost: boolean,
  ): Promise<void> {
    const sizes = new Map(origins.map(({ id, size }) => [id, size]));
    const after = await readClock(this.db);
    for (const { origin, deliveries } of hints) {
      expect(deliveries.length).toBeLessThanOrEqual(sizes.get(origin) ?? 0);
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
    await this.db.query(
      `update nt30.aoc_nt_enviaments set proper_avis = now() where situacio = 'queued' and organisme = $1`,
      [this.organisation],
    );
    for (const { deliveries } of await takeOverdueHints(this.db, 1_000)) {
      this.hints.push(...deliveries.filter((id) => this.model.deliveries.has(id)));
    }
  }

  /** A worker claims what a message names: only what the model has queued may be given to it. */
  async claim(ids: readonly string[]): Promise<void> {
    const claimed = await claimDeliveries(this.db, ids);
    const expected = [...new Set(ids)].flatMap((id) => {
      const attempt = this.model.claim(id);
      return attempt === null ? [] : [`${id} ${attempt}`];
    });
    expect(claimed.map(({ claim }) => `${claim.delivery} ${claim.attempt}`).sort()).toEqual(expected.sort());
    for (const { claim, report } of claimed) {
      expect(report).toBe(this.#sent.get(claim.delivery) ?? report);
      this.#sent.set(claim.delivery, report);
      this.held.push({ claim, late: false });
    }
  }

  /** Attempts end; those whose lease had run out tell it late. At most one of each delivery. */
  async complete(ended: readonly { held: Held; result: AttemptResult }[]): Promise<void> {
    const now = await this.begin();
    const before = await readInterrupted(
      this.db,
      ended.map(({ held }) => held.claim.delivery),
    );
    await settle(
      this.db,
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
      if (own && result.outcome === 'blocked' && claim.configurationVersion !== this.versions[entity]) {
        this.model.giveBack(claim.delivery);
      } else {
        this.model.complete(claim.delivery, claim.attempt, result, retriesOf(entity), now);
      }
    }
  }

  /** Leases run out: the attempts count as interrupted, though their workers may still tell of them. */
  async lose(lost: readonly Held[], result: AttemptResult): Promise<void> {
    const ids = lost.map(({ claim }) => claim.delivery);
    await this.db.query(
      `update nt30.aoc_nt_enviaments set arrendament = now() - interval '1 second'
       where enviament = any($1::uuid[]) and situacio = 'sending'`,
      [ids],
    );
    const now = await this.begin();
    const found = (await findLostAttempts(this.db, false, 1_000)).filter(({ delivery }) =>
      this.model.deliveries.has(delivery),
    );
    const sending = [...new Set(ids)].filter((id) => this.model.get(id).schedule.status === 'sending');
    expect(found.map(({ delivery }) => delivery).sort()).toEqual(sending.sort());
    await settle(
      this.db,
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
      const retries = retriesOf(this.model.get(delivery).entity);
      this.model.complete(delivery, attempt, result, retries, now);
    }
    this.held = this.held.map((held) => (lost.includes(held) ? { ...held, late: true } : held));
  }

  async cancel(id: string): Promise<void> {
    const wasFinished = isFinished(this.model.get(id).schedule.status);
    const refused = await refusalOf(async () => cancelDelivery(this.db, id, null, THE_SERVICE));
    expect(refused).toBe(wasFinished ? 'delivery-finished' : null);
    if (!wasFinished) this.model.cancel(id);
  }

  async resend(id: string): Promise<void> {
    const now = await this.begin();
    let again: string | null = null;
    const refused = await refusalOf(async () => {
      again = (await resendDelivery(this.db, id, THE_SERVICE))?.id ?? null;
    });
    const unfinished = this.model.isFamilyUnfinished(id);
    expect(refused).toBe(unfinished ? 'delivery-unfinished' : null);
    if (again === null) return;
    const { entity } = this.model.get(id);
    const state = { blocked: !this.isComplete(entity), held: this.paused.has(entity) };
    this.model.resend(id, again, state, now);
  }

  /** All that is planned has its time; each origin that is only probed may be probed. */
  async passTime(): Promise<void> {
    await passTime(this.db, this.organisation, `http://world-${this.number}-`);
    for (const row of await readRows(this.db, this.organisation)) this.model.noteTimes(row.id, row);
  }

  async check(): Promise<void> {
    const rows = await readRows(this.db, this.organisation);
    const now = await readClock(this.db);
    checkRows(this.model, rows, { sinceMs: now - (this.since ?? now), recovering: this.#recovering });
    this.#recovering = false;
    this.since = null;
    checkLines(this.model, [
      ...Array.from({ length: NOTIFICATIONS }, (_, index) => this.notification(index)),
      dailyLineId({ ...this.key(DAILY_ENTITY), backOffice: null }),
    ]);
  }

  /** What holds once everything has ended. */
  async checkEnd(): Promise<void> {
    expect(await findUnreleased(this.db, 10)).toEqual([]);
    expect(await findUnreleasedDaily(this.db, 10)).toEqual([]);
    checkEnds(this.model, await readAttempts(this.db, this.organisation));
  }
}

function hostOf(origin: string): string {
  return origin.replace(/:\d+$/, '/');
}
