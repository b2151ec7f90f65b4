import { createHash } from 'node:crypto';
import { settle } from '../../src/delivery/settle.ts';
import { takeTogether } from '../../src/delivery/intake/take.ts';
import { isOriginTrouble, type AttemptResult } from '../../src/domain/attempt.ts';
import { THE_SERVICE } from '../../src/domain/audit.ts';
import { LEASE_MARGIN_MS } from '../../src/domain/delivery.ts';
import { groupBy } from '../../src/domain/group-by.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../src/domain/retry-policy.ts';
import type { State } from '../../src/domain/state.ts';
import { admit, dueOrigins } from '../../src/store/admissions.ts';
import { findLostAttempts } from '../../src/store/attempts.ts';
import { cancelDelivery } from '../../src/store/cancel.ts';
import { claimDeliveries, type Claim } from '../../src/store/claims.ts';
import type { Database } from '../../src/store/database.ts';
import { putEntity } from '../../src/store/entities.ts';
import { epochMs } from '../../src/store/instants.ts';
import { findUnreleased, takeOverdueHints } from '../../src/store/reconciliation.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { entitySettings, stateChange } from '../support/changes.ts';
import { Dice } from '../support/dice.ts';
import { refusalOf } from '../support/refusal.ts';
import { Agenda } from './agenda.ts';
import { Harm } from './harm.ts';
import { HostileQueue } from './hostile-queue.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, Server, type Answered } from './servers.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { Witness } from './witness.ts';

/** When everything begins: a Friday before a change of clocks, for no reason but to be hard. */
export const START_MS = Date.parse('2030-10-25T06:00:00Z');
/** The world stops doing harm after so long; all that is due then must come to its end. */
const HARM_MS = 3 * DAY_MS;
/** What waited for a server is sent within so long of its first answer: hints that were lost come within an hour. */
const RECOVERY_MS = 2 * HOUR_MS;
const MOST_STEPS = 6_000;
const ORGANISATION = '9900000001';
const ENTITIES = 5;
const SERVERS = 3;
const FINAL_STATES = ['ACCEPTADA', 'REBUTJADA', 'EXPIRADA'] as const satisfies readonly State[];
const CHANGES_SHOWN = 40;

const LOST: AttemptResult = {
  outcome: 'interrupted',
  httpStatus: null,
  errorCode: 'lease-expired',
  errorText: null,
  durationMs: 0,
  retryAfterMs: null,
  requestHeaders: {},
  phases: null,
  requestHash: null,
  response: null,
};

/** What a simulation was made of. */
export interface Simulated {
  readonly deliveries: number;
  readonly attempts: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly harm: Readonly<Record<string, number>>;
  readonly virtualDays: number;
  readonly steps: number;
  /** The same for the same seed. */
  readonly trace: string;
}

/**
 * Runs the service's own statements and transitions on a clock of its own, through days of trouble that a seed
 * decides: servers that go away, processes that end or stand still, a queue that loses, repeats and is emptied.
 * One thing happens at a time, so that the same seed is the same story.
 *
 * @param db a migrated database with a virtual clock, empty
 * @throws Error that says what promise was broken, with the last steps
 */
export async function simulate(
  db: Database,
  clock: VirtualClock,
  { seed, notifications }: { readonly seed: number; readonly notifications: number },
): Promise<Simulated> {
  const chance = Math.random;
  const dice = new Dice(seed);
  // The jitter of retries is the one chance that the service takes by itself.
  Math.random = () => dice.roll(1_000_000) / 1_000_000;
  const simulation = new Simulation(db, clock, dice);
  try {
    return await simulation.run(notifications);
  } catch (error) {
    const last = simulation.trace.slice(-CHANGES_SHOWN).join('\n  ');
    throw new Error(`seed ${seed}: ${String(error)}\n  ${last}`, { cause: error });
  } finally {
    Math.random = chance;
  }
}

class Simulation {
  readonly trace: string[] = [];
  readonly #db: Database;
  readonly #clock: VirtualClock;
  readonly #dice: Dice;
  readonly #agenda = new Agenda();
  readonly #witness = new Witness();
  readonly #servers: readonly Server[];
  /** When each origin last answered; by its row. */
  readonly #lived = new Map<string, number>();
  /** What waits for an origin to answer again; by its row. */
  readonly #recovering = new Map<string, readonly string[]>();
  readonly #names = new Map<string, string>();
  readonly #harm: Harm;
  readonly #queue: HostileQueue;
  #attempts = 0;
  #steps = 0;

  constructor(db: Database, clock: VirtualClock, dice: Dice) {
    this.#db = db;
    this.#clock = clock;
    this.#dice = dice;
    this.#harm = new Harm(dice, clock, START_MS + HARM_MS);
    this.#queue = new HostileQueue({ clock, dice, agenda: this.#agenda, harm: this.#harm }, async (ids) =>
      this.#receive(ids),
    );
    this.#servers = Array.from(
      { length: SERVERS },
      (_, index) => new Server(dice, START_MS, START_MS + HARM_MS, index === 0),
    );
  }

  async run(notifications: number): Promise<Simulated> {
    await this.#configure();
    for (let index = 0; index < notifications; index += 1) this.#planLife(index);
    this.#planHarm();
    this.#agenda.plan(START_MS + HARM_MS, async () => this.#noteTroubled());
    while (await this.#step()) {
      this.#steps += 1;
      if (this.#steps > MOST_STEPS) throw new Error('it does not come to an end');
    }
    await this.#checkEnd();
    const byStatus: Record<string, number> = {};
    for (const { status } of this.#witness.deliveries.values()) {
      byStatus[status ?? 'none'] = (byStatus[status ?? 'none'] ?? 0) + 1;
    }
    return {
      deliveries: this.#witness.deliveries.size,
      attempts: this.#attempts,
      byStatus,
      harm: this.#harm.counts,
      virtualDays: Math.round((this.#clock.now - START_MS) / DAY_MS),
      steps: this.#steps,
      trace: createHash('sha256').update(this.trace.join('\n')).digest('hex'),
    };
  }

  /** Goes on to the next thing that is planned, or that the tables say is due; false: there is none. */
  async #step(): Promise<boolean> {
    const planned = this.#agenda.nextAt;
    const stored = await this.#nextStored();
    if (planned === null && stored === null) return false;
    const next = Math.min(planned ?? Infinity, stored ?? Infinity);
    await this.#clock.advance(Math.max(Math.ceil(next), this.#clock.now + 1));
    if (planned !== null && planned <= this.#clock.now) await this.#agenda.take()?.();
    else await this.#reconcile();
    await this.#relay();
    return true;
  }

  /** The next instant at which the service would do something by itself. */
  async #nextStored(): Promise<number | null> {
    const [row] = await this.#db.query<{ next: number | null }>(
      `select least(
         (select min(${epochMs('proper_intent')}) from nt30.aoc_nt_enviaments
          where finalitzat is null and primer and situacio in ('waiting', 'retrying')
            and proper_intent > clock_timestamp()),
         (select min(${epochMs('sondeig_proper')}) from nt30.aoc_nt_origens
          where sondeig_proper > clock_timestamp()),
         (select min(${epochMs('arrendament')}) from nt30.aoc_nt_enviaments where situacio = 'sending'),
         (select min(${epochMs('proper_avis')}) from nt30.aoc_nt_enviaments where situacio = 'queued')) as next`,
    );
    return row?.next ?? null;
  }

  async #configure(): Promise<void> {
    const sealer = new Sealer(Buffer.alloc(32));
    for (let entity = 0; entity < ENTITIES; entity += 1) {
      const settings = entitySettings(`http://server-${entity % SERVERS}.example/${entity}`);
      const key = { organisation: ORGANISATION, department: String(entity) };
      await putEntity(this.#db, sealer, key, () => settings, THE_SERVICE);
    }
  }

  #planLife(index: number): void {
    const dice = this.#dice;
    const deposited = START_MS + dice.roll(HARM_MS - 12 * HOUR_MS);
    const ended = deposited + 1 + dice.roll(12 * HOUR_MS);
    const late = (): number => (dice.roll(8) === 0 ? dice.roll(3 * HOUR_MS) : dice.roll(1_000));
    this.#planChange(index, 'DIPOSITADA', deposited, deposited + late());
    this.#planChange(index, dice.one(FINAL_STATES) ?? 'ACCEPTADA', ended, ended + late());
  }

  #planChange(index: number, state: State, occurredAtMs: number, arrivesAt: number): void {
    const entity = { organisation: ORGANISATION, department: String(index % ENTITIES) };
    const notification = String(900_000_000_000 + index);
    const change = stateChange({ id: `${index}-${state}`, notification, state, occurredAtMs, entity });
    this.#agenda.plan(arrivesAt, async () => {
      // As while little comes, and as while much does.
      const admits = index % 2 === 0;
      const { requests, admission } = await takeTogether(this.#db, [[{ line: 1, change }]], admits);
      const [taken] = requests;
      if (taken === undefined || 'problem' in taken) throw new Error(`${change.id} was refused`);
      const id = taken.results[0]?.deliveryId;
      if (id == null) return;
      this.#names.set(id, `${index}-${state}`);
      this.#witness.learn(id, notification, occurredAtMs, this.#clock.now);
      this.#note('known', id);
      for (const hint of admission?.hints ?? []) this.#queue.send(hint);
    });
  }

  #planHarm(): void {
    const sometime = (): number => START_MS + this.#dice.roll(HARM_MS);
    for (let times = 0; times < 4; times += 1) {
      this.#agenda.plan(sometime(), async () => this.#queue.empty());
      this.#agenda.plan(sometime(), async () => this.#queue.goAway());
      this.#agenda.plan(sometime(), async () => this.#cancelOne());
    }
  }

  async #cancelOne(): Promise<void> {
    const open = [...this.#witness.deliveries.values()].filter(({ finishedAt }) => finishedAt === null);
    const chosen = this.#dice.one(open);
    if (chosen === undefined) return;
    const refused = await refusalOf(async () => cancelDelivery(this.#db, chosen.id, null, THE_SERVICE));
    if (refused !== null) throw new Error(`${chosen.id} could not be cancelled: ${refused}`);
    this.#witness.finish(chosen.id, 'cancelled', this.#clock.now);
    this.#harm.count('cancelled');
    this.#note('cancelled', chosen.id);
  }

  async #relay(): Promise<void> {
    const origins = await dueOrigins(this.#db);
    if (origins.length === 0) return;
    const { hints } = await admit(this.#db, origins);
    for (const hint of hints) this.#queue.send(hint);
  }

  async #receive(ids: readonly string[]): Promise<void> {
    for (const { claim } of await claimDeliveries(this.#db, ids)) {
      const { now } = this.#clock;
      this.#attempts += 1;
      this.#witness.begin(claim, now, this.#lived.get(claim.originId) ?? -1);
      this.#note(`attempt ${claim.attempt}`, claim.delivery);
      if (this.#harm.strikes('process ended', 3)) continue;
      const server = this.#servers[Number(claim.entity.department) % SERVERS];
      if (server === undefined) throw new Error('no such server');
      const answered = server.answer(now, claim.timeoutMs, this.#dice);
      const afterMs = this.#harm.strikes('process stood still', 3)
        ? claim.timeoutMs + LEASE_MARGIN_MS + 1 + this.#dice.roll(10 * MINUTE_MS)
        : answered.afterMs;
      this.#agenda.plan(now + afterMs, async () => this.#settle(claim, answered));
    }
  }

  async #settle(claim: Claim, { result }: Answered): Promise<void> {
    const { now } = this.#clock;
    this.#witness.release(claim);
    if (!isOriginTrouble(result)) this.#live(claim.originId);
    const ended = {
      claim,
      endpoint: 'http://server.example/',
      envelope: null,
      startedAt: claim.claimedAt,
      result,
    };
    const { attempts } = await settle(this.#db, [ended], DEFAULT_RETRY_SCHEDULE);
    for (const attempt of attempts) {
      this.#witness.settle(attempt, now);
      this.#note(`${result.outcome}, ${attempt.status}`, claim.delivery);
    }
  }

  /** What the scheduler does by the clock: leases that ran out, hints that came to nothing. */
  async #reconcile(): Promise<void> {
    const { now } = this.#clock;
    for (const { endpoint, startedAt, ...claim } of await findLostAttempts(this.#db, false, 1_000)) {
      this.#witness.expire(claim);
      const ended = { claim, endpoint, envelope: null, startedAt, result: LOST };
      const { attempts } = await settle(this.#db, [ended], DEFAULT_RETRY_SCHEDULE);
      for (const attempt of attempts) this.#witness.settle(attempt, now);
      this.#note('lease ran out', claim.delivery);
    }
    for (const hint of await takeOverdueHints(this.#db, 1_000)) this.#queue.send(hint);
    const unreleased = await findUnreleased(this.#db, 1);
    if (unreleased.length > 0) throw new Error(`nothing of ${String(unreleased[0])} is first`);
  }

  /** Notes what waits only because its server, at a window of one, was in trouble until now. */
  async #noteTroubled(): Promise<void> {
    const rows = await this.#db.query<{ id: string; origin: string }>(
      `select e.enviament as id, e.origen as origin
       from nt30.aoc_nt_enviaments e join nt30.aoc_nt_origens o using (origen)
       where e.finalitzat is null and e.primer and o.finestra <= 1 and e.problema_origen is not null`,
    );
    const waiting = rows.filter(({ id }) => !this.#known(id).askedToWait);
    for (const [origin, group] of groupBy(waiting, (row) => row.origin)) {
      this.#recovering.set(
        origin,
        group.map(({ id }) => id),
      );
    }
  }

  /** An origin has answered: what waited for that goes out soon, whatever its backoff. */
  #live(origin: string): void {
    const { now } = this.#clock;
    this.#lived.set(origin, now);
    const waiting = this.#recovering.get(origin) ?? [];
    this.#recovering.delete(origin);
    if (waiting.length === 0) return;
    this.#agenda.plan(now + RECOVERY_MS, async () => {
      for (const id of waiting) {
        if (this.#known(id).finishedAt === null)
          throw new Error(`${id} waits although its server lives again`);
      }
    });
  }

  async #checkEnd(): Promise<void> {
    for (const { id, status, finishedAt, acknowledged } of this.#witness.deliveries.values()) {
      if (finishedAt === null) throw new Error(`${id} has no end`);
      if (status === 'exhausted' && acknowledged) throw new Error(`${id} is exhausted, and was acknowledged`);
    }
    const gaps = await this.#db.query<{ id: string }>(
      `select e.enviament as id from nt30.aoc_nt_enviaments e left join lateral (
         select array_agg(l.intent order by l.intent) as numbers from nt30.aoc_nt_logs_comunicacio l
         where l.enviament = e.enviament and l.intent is not null) l on true
       where coalesce(l.numbers, '{}') <> array(select generate_series(1, e.intents))`,
    );
    if (gaps.length > 0) throw new Error(`the log of ${String(gaps[0]?.id)} has gaps`);
  }

  #known(id: string) {
    const known = this.#witness.deliveries.get(id);
    if (known === undefined) throw new Error(`${id} was never heard of`);
    return known;
  }

  #note(what: string, id: string): void {
    const after = ((this.#clock.now - START_MS) / 1_000).toFixed(3);
    this.trace.push(`${after} s: ${this.#names.get(id) ?? id} ${what}`);
  }
}
