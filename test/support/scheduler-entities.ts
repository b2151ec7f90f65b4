import { expect } from 'vitest';
import { THE_SERVICE } from '../../src/domain/audit.ts';
import type { EntityKey } from '../../src/domain/notification.ts';
import type { Database } from '../../src/store/database.ts';
import { putEntity } from '../../src/store/entities.ts';
import { pauseEntity, resumeEntity } from '../../src/store/pause.ts';
import { retryEntity } from '../../src/store/retry.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { entitySettings } from './changes.ts';
import { OWN_DELAYS } from './scheduler-checks.ts';
import { SchedulerModel } from './scheduler-model.ts';
import { readClock, readOrigins, type OriginRow } from './scheduler-rows.ts';

export const ENTITIES = 4;

/** The entity that has daily reports too. */
export const DAILY_ENTITY = 1;

/** The entities of a world: how they are configured, paused, and where their callbacks go. */
export class WorldEntities {
  readonly model = new SchedulerModel();
  protected readonly db: Database;
  protected readonly sealer = new Sealer(Buffer.alloc(32));
  protected readonly number: number;
  protected readonly organisation: string;
  protected readonly paused = new Set<number>();
  /** The version of each entity's configuration. */
  protected readonly versions: string[] = [];
  /** When the first step since the last check began, by the database's clock. */
  protected since: number | null = null;
  readonly #complete: boolean[] = [];

  constructor(db: Database, number: number) {
    this.db = db;
    this.number = number;
    this.organisation = String(9_900_000_000 + number);
  }

  async create(): Promise<void> {
    for (let entity = 0; entity < ENTITIES; entity += 1) await this.configure(entity, true);
  }

  notification(index: number): string {
    return String(BigInt(this.number) * 1_000n + BigInt(index));
  }

  protected entityOf(index: number): number {
    return index % ENTITIES;
  }

  protected key(entity: number): EntityKey {
    return { organisation: this.organisation, department: String(entity) };
  }

  /** Two entities share a server. */
  protected url(entity: number): string {
    return `http://world-${this.number}-${Math.min(entity, ENTITIES - 2)}.example/${entity}`;
  }

  /** Reads the clock before a step, in whole milliseconds. */
  protected async begin(): Promise<number> {
    const now = Math.floor(await readClock(this.db));
    this.since ??= now;
    return now;
  }

  protected async origins(): Promise<OriginRow[]> {
    return readOrigins(this.db, `http://world-${this.number}-`);
  }

  /** Puts the entity's configuration, complete or without its endpoint. */
  async configure(entity: number, complete: boolean): Promise<void> {
    const now = await this.begin();
    const settings = entitySettings(complete ? this.url(entity) : null, {
      daily: entity === DAILY_ENTITY,
      retryDelays: entity === 0 ? OWN_DELAYS : null,
    });
    const put = await putEntity(this.db, this.sealer, this.key(entity), () => settings, THE_SERVICE);
    this.#complete[entity] = complete;
    this.versions[entity] = put.entity.version;
    this.model.configure(entity, complete, now);
  }

  /** Pauses the entity or resumes it, whether it was or not. */
  async hold(entity: number, held: boolean): Promise<void> {
    await this.begin();
    const key = this.key(entity);
    const check = (): void => undefined;
    const found = held
      ? await pauseEntity(this.db, this.sealer, key, null, check, THE_SERVICE)
      : await resumeEntity(this.db, this.sealer, key, check, THE_SERVICE);
    expect(found?.entity.paused !== null).toBe(held);
    if (held) this.paused.add(entity);
    else this.paused.delete(entity);
    this.model.hold(entity, held);
  }

  /** Asks for what is retried of the entity to go at once. */
  async retry(entity: number): Promise<void> {
    const now = await this.begin();
    await retryEntity(this.db, this.key(entity), null, THE_SERVICE);
    this.model.retry(entity, now);
  }

  isComplete(entity: number): boolean {
    return this.#complete[entity] === true;
  }
}
