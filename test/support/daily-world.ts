import { expect } from 'vitest';
import { cutEntity } from '../../src/delivery/daily/cut.ts';
import { takeTogether } from '../../src/delivery/intake/take.ts';
import { THE_SERVICE } from '../../src/domain/audit.ts';
import { dayAfter, dayEnd, dayStart, type Day } from '../../src/domain/day.ts';
import { DEFAULT_ENDPOINT } from '../../src/domain/entity.ts';
import type { EntityKey, StateChange } from '../../src/domain/notification.ts';
import type { Report } from '../../src/domain/report.ts';
import type { State } from '../../src/domain/state.ts';
import { writeEnvelope } from '../../src/soap/envelope.ts';
import { readReportRequest } from '../../src/soap/read-request.ts';
import type { Database } from '../../src/store/database.ts';
import { putEntity } from '../../src/store/entities.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { entitySettings, stateChange } from './changes.ts';
import { DAY, endDay, holdIntake } from './daily.ts';

/** The back office that may have an endpoint of its own. */
const OWN = 'GESTEXP';

/** States of which each may follow each, through ERROR. */
export const STATES = ['PENDENT', 'REGISTRADA', 'DIPOSITADA', 'ERROR'] as const satisfies readonly State[];

/** A change that a step makes: days and minutes are counted back from the end of the world's day. */
export interface MadeChange {
  readonly entity: number;
  readonly notification: number;
  readonly state: State;
  readonly daysAgo: number;
  readonly minute: number;
}

interface Taken {
  readonly change: StateChange;
  readonly day: Day;
}

interface StoredReport {
  readonly recipient: string;
  readonly day: Day;
  readonly part: number;
  readonly report: Report;
  /** The changes that it took. */
  readonly changes: readonly string[];
}

/** Some entities with daily reports in the real store, and what is known of their changes beside it. */
export class DailyWorld {
  day: Day = DAY;
  readonly #db: Database;
  readonly #url: string;
  readonly #number: number;
  readonly #sealer = new Sealer(Buffer.alloc(32));
  readonly #isDaily: boolean[] = [];
  readonly #expected = new Map<string, Taken>();
  #held: { end: () => Promise<void> }[] = [];
  #changes = 0;

  constructor(db: Database, url: string, number: number) {
    this.#db = db;
    this.#url = url;
    this.#number = number;
  }

  /** Whether a transaction is open, for whose notifications and configurations others would wait. */
  get isHeld(): boolean {
    return this.#held.length > 0;
  }

  #key(entity: number): EntityKey {
    return { organisation: String(9_900_000_000 + this.#number), department: String(entity) };
  }

  async configure(entity: number, daily: boolean, ownEndpoint: boolean): Promise<void> {
    const settings = entitySettings('http://world.example/', { online: false, daily });
    const backOffices = new Map(ownEndpoint ? [[OWN, settings.endpoint]] : []);
    const put = { ...settings, backOffices };
    await putEntity(this.#db, this.#sealer, this.#key(entity), () => put, THE_SERVICE);
    this.#isDaily[entity] = daily;
  }

  #change({ entity, notification, state, daysAgo, minute }: MadeChange): StateChange {
    this.#changes += 1;
    const change = stateChange({
      id: `${this.#number}-${this.#changes}`,
      // The last digit is the entity: a notification has one.
      notification: String(this.#number * 1_000 + notification * 10 + entity),
      state,
      occurredAtMs: dayStart(this.day) + minute * 60_000 - daysAgo * 86_400_000,
      entity: this.#key(entity),
      backOffice: notification % 2 === 0 ? OWN : null,
    });
    if (this.#isDaily[entity] === true) this.#expected.set(change.id, { change, day: this.day });
    return change;
  }

  async take(changes: readonly MadeChange[]): Promise<void> {
    const { requests } = await takeTogether(
      this.#db,
      changes.map((made) => [{ line: 1, change: this.#change(made) }]),
    );
    expect(requests.filter((request) => 'problem' in request)).toEqual([]);
  }

  /** Takes them in a transaction that stays open, unless it would wait for another such one. */
  async hold(changes: readonly MadeChange[]): Promise<void> {
    if (this.isHeld) return this.release();
    this.#held.push(
      await holdIntake(
        this.#url,
        changes.map((made) => this.#change(made)),
      ),
    );
  }

  async release(): Promise<void> {
    for (const held of this.#held.splice(0)) await held.end();
  }

  /** Ends the day in some processes at once, while changes of the next one, or late ones, come. */
  async endDay(processes: number, meanwhile: readonly MadeChange[]): Promise<void> {
    const { day } = this;
    const cuts = Array.from({ length: processes }, async () => this.#cut(day));
    this.day = dayAfter(day);
    await Promise.all([...cuts, meanwhile.length > 0 && !this.isHeld ? this.take(meanwhile) : null]);
    while (!(await endDay(this.#db, day)));
  }

  /** As a process that comes late, or runs behind another: it makes what is owed, or nothing. */
  async #cut(day: Day): Promise<void> {
    for (let entity = 0; entity < this.#isDaily.length; entity += 1) {
      await cutEntity(this.#db, this.#key(entity), day);
    }
  }

  /** A late process that still believes in an earlier day. */
  async cutAgain(day: Day): Promise<void> {
    if (day < this.day) await this.#cut(day);
  }

  async check(): Promise<void> {
    const reports = await this.#reports();
    const told = reports.flatMap(({ changes }) => changes);
    expect(told.length).toBe(new Set(told).size);
    for (const { recipient, day, part, report, changes } of reports) {
      expect(report).toMatchObject({ kind: 'Diari', date: day });
      expect(day < this.day, `${recipient} has a report of a day that is not over`).toBe(true);
      expect(part).toBe(1);
      const taken = changes.map((id) => this.#taken(id));
      expect(report.items.map(({ notification }) => notification.id)).toEqual(
        [...new Set(taken.map(({ change }) => change.notification.id))].sort((a, b) => Number(a) - Number(b)),
      );
      for (const { change } of taken) {
        expect(change.occurredAtMs).toBeLessThan(dayEnd(day));
        const item = report.items.find(({ notification }) => notification.id === change.notification.id);
        const tells = Date.parse(item?.occurredAt ?? '');
        expect(tells).toBeGreaterThanOrEqual(change.occurredAtMs);
        expect(tells).toBeLessThan(dayEnd(day));
      }
    }
    // One report for each recipient and day, in the order of the days.
    const places = reports.map(({ recipient, day }) => `${recipient} ${day}`);
    expect(places).toEqual([...new Set(places)]);
    expect(places).toEqual([...places].sort());
  }

  #taken(id: string): Taken {
    const taken = this.#expected.get(id);
    if (taken === undefined) throw new Error(`a report took ${id}, which was not to be told`);
    return taken;
  }

  /** Once all days are over, each change of an entity that had daily reports is in one of them. */
  async checkEnd(): Promise<void> {
    await this.release();
    await this.endDay(1, []);
    await this.endDay(1, []);
    await this.check();
    const told = (await this.#reports()).flatMap(({ changes }) => changes);
    expect(told.sort()).toEqual([...this.#expected.keys()].sort());
  }

  /** In the order of recipients, then of their making. */
  async #reports(): Promise<StoredReport[]> {
    const rows = await this.#db.query<{
      recipient: string;
      day: Day;
      part: number;
      xml: string;
      changes: string[];
    }>(
      `select d.departament || '/' || d.backoffice as recipient, d.dia::text as day, d.part, i.contingut as xml,
         array(select s.id from nt30.aoc_nt_canvis_diaris c join nt30.aoc_nt_canvis_estat s using (canvi)
           where c.enviament = d.enviament) as changes
       from nt30.aoc_nt_informes_diaris d
       join nt30.aoc_nt_informes i using (enviament) join nt30.aoc_nt_enviaments e using (enviament)
       where d.organisme = $1 order by d.departament collate "C", d.backoffice collate "C", e.arribada`,
      [this.#key(0).organisation],
    );
    return rows.map(({ xml, ...row }) => {
      const read = readReportRequest(Buffer.from(writeEnvelope(xml, DEFAULT_ENDPOINT.envelope)), null);
      if ('problem' in read) throw new Error(read.problem);
      return { ...row, report: read.report };
    });
  }
}
