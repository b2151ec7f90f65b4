import { setTimeout as delay } from 'node:timers/promises';
import { median, quantile, rounded } from './figures.ts';
import { perSecond } from './compare.ts';
import { Arrivals, deliver } from './load.ts';
import type { Part } from './part.ts';
import { ORIGINS } from './parts/changes.ts';
import { Answers, noAnswers, Offered } from './parts/offer.ts';
import { ADMIN_KEY, type Stage, type Subject } from './stage.ts';

/** Deliveries that warm the service up, and those that its sustainable rate is measured by. */
const WARM_UP = 20_000;
const MEASURED = 30_000;

/** How many times the sustainable rate is offered, in requests of so many changes, over so many connections. */
const TIMES = 10;
const BATCH = 100;
const CONNECTIONS = 400;

/** The first notification of the overload: none of the other loads has its number. */
const FIRST_NOTIFICATION = 930_000_000_000;

/** How often the processes are asked, in milliseconds, and how many looks make one row of the table. */
const LOOK_MS = 1_000;
const ROWS = 10;

/** Without a callback for so long, what has not arrived is taken for lost. In milliseconds. */
const LOST_MS = 60_000;

/**
 * The share of the sustainable rate at which deliveries must go on: callers, receivers, PostgreSQL and the queue have
 * the same cores as the service.
 */
const LEAST_SHARE = 0.3;

/** The most that the resident size may be, in MB, and that its last quarter may be above its second. */
const MOST_MB = 900;
const MOST_GROWTH = 1.15;

/** A part of the overload. */
interface Span {
  readonly seconds: number;
  /** Changes a second: taken, refused, told to their receivers. */
  readonly taken: number;
  readonly refused: number;
  readonly delivered: number;
  readonly rssMb: number;
  /** How long `/health/live` took, at most. */
  readonly liveMs: number;
}

/** What the service did under many times what it can carry. */
export interface OverloadResult {
  readonly minutes: number;
  /** Changes a second that it carries, and that were offered. */
  readonly sustainable: number;
  readonly offered: number;
  /** Changes: answered 202, refused with 503 and Retry-After. */
  readonly taken: number;
  readonly refused: number;
  /** Taken ones that never arrived, and requests with another answer than these two. */
  readonly lost: number;
  readonly otherAnswers: number;
  /** Changes whose caller waited too long and was told to repeat them: they may have been taken. */
  readonly unsure: number;
  /** Deliveries a second meanwhile, and by the sustainable rate. */
  readonly delivered: number;
  readonly share: number;
  readonly takenP50Ms: number;
  readonly takenP99Ms: number;
  readonly refusedP50Ms: number;
  readonly refusedP99Ms: number;
  readonly liveP99Ms: number;
  /** Resident size: the most, and the median of the last quarter by that of the second. */
  readonly mostMb: number;
  readonly growth: number;
  /** From the overload's end until all that was taken had arrived. */
  readonly drainedSeconds: number;
  /** The promises that were not kept. */
  readonly broken: string;
  readonly spans: readonly Span[];
}

/** What was seen of one look. */
interface Look {
  readonly atMs: number;
  readonly taken: number;
  readonly refused: number;
  readonly acknowledged: number;
  readonly rssMb: number;
  readonly liveMs: number;
}

/**
 * Offers many times the rate that the service carries, by callers that never heed Retry-After, then lets it come to
 * the end of what it took, and holds it to its promises.
 *
 * @param rate changes a second that it carries; null: it is measured first
 */
export async function overload(
  stage: Stage,
  { minutes, rate }: { readonly minutes: number; readonly rate: number | null },
  tell: (text: string) => void,
): Promise<OverloadResult> {
  const subject = await stage.subject();
  tell(`${WARM_UP} deliveries to warm up`);
  await deliver(stage, subject, { type: 'ndjson' }, WARM_UP);
  const sustainable = rate ?? perSecond(await deliver(stage, subject, { type: 'ndjson' }, MEASURED));
  tell(`${sustainable.toFixed(0)} changes a second are carried, ${TIMES} times as many are offered`);
  const requests = Math.round((sustainable * TIMES * minutes * 60) / BATCH);
  return stage.apart('caller', async (caller) => {
    const watch = new Watch(stage, subject, caller);
    const offering = caller.ask(Offered, 'offer', {
      url: subject.url,
      key: ADMIN_KEY,
      batch: BATCH,
      requests,
      perSecond: (sustainable * TIMES) / BATCH,
      entities: ORIGINS,
      from: FIRST_NOTIFICATION,
      connections: CONNECTIONS,
    });
    const looks = await watch.during(offering, tell);
    const { sent, unsent, wallMs } = await offering;
    if (unsent > 0) tell(`${unsent} requests found no connection free and were not sent`);
    const { seconds: drainedSeconds, lost } = await watch.untilArrived(tell);
    const { answers } = watch;
    const quarter = (from: number): number =>
      median(
        looks.slice((looks.length * from) / 4, (looks.length * (from + 1)) / 4).map(({ rssMb }) => rssMb),
      );
    const delivered =
      ((looks.at(-1)?.acknowledged ?? 0) / ((looks.at(-1)?.atMs ?? Number.NaN) - (looks[0]?.atMs ?? 0))) *
      1_000;
    const figures = {
      minutes,
      sustainable: Math.round(sustainable),
      offered: Math.round(((sent * BATCH) / wallMs) * 1_000),
      taken: watch.taken,
      refused: answers.refusedMs.length * BATCH,
      lost,
      otherAnswers: answers.others.length,
      unsure: answers.unsure * BATCH,
      delivered: Math.round(delivered),
      share: rounded(delivered / sustainable, 2),
      takenP50Ms: rounded(quantile(answers.acceptedMs, 0.5)),
      takenP99Ms: rounded(quantile(answers.acceptedMs, 0.99)),
      refusedP50Ms: rounded(quantile(answers.refusedMs, 0.5)),
      refusedP99Ms: rounded(quantile(answers.refusedMs, 0.99)),
      liveP99Ms: rounded(
        quantile(
          looks.map(({ liveMs }) => liveMs),
          0.99,
        ),
      ),
      mostMb: Math.round(Math.max(...looks.map(({ rssMb }) => rssMb))),
      growth: rounded(quarter(3) / quarter(1), 2),
      drainedSeconds: Math.round(drainedSeconds),
    };
    for (const other of new Set(answers.others)) tell(`an answer: ${other}`);
    return { ...figures, broken: brokenBy(figures).join('; ') || 'none', spans: spansOf(looks) };
  });
}

function brokenBy(
  of: Pick<OverloadResult, 'lost' | 'otherAnswers' | 'refused' | 'share' | 'mostMb' | 'growth'>,
): string[] {
  return [
    ...(of.lost > 0 ? [`${of.lost} changes were answered 202 and never arrived`] : []),
    ...(of.otherAnswers > 0 ? [`${of.otherAnswers} answers were neither 202 nor 503 with Retry-After`] : []),
    ...(of.refused === 0 ? ['nothing was refused: this was no overload'] : []),
    ...(of.share < LEAST_SHARE ? [`deliveries fell below ${LEAST_SHARE} of the sustainable rate`] : []),
    ...(of.mostMb > MOST_MB ? [`the resident size passed ${MOST_MB} MB`] : []),
    ...(of.growth > MOST_GROWTH ? [`the resident size grew by more than ${MOST_GROWTH}`] : []),
  ];
}

/** Looks at callers, service and receivers at once, and keeps what was taken and has not arrived. */
class Watch {
  readonly #stage: Stage;
  readonly #subject: Subject;
  readonly #caller: Part;
  /** Taken and not arrived; and arrived before its answer was read. */
  readonly #awaited = new Set<string>();
  readonly #early = new Set<string>();
  readonly answers = noAnswers();
  taken = 0;

  constructor(stage: Stage, subject: Subject, caller: Part) {
    this.#stage = stage;
    this.#subject = subject;
    this.#caller = caller;
  }

  /** Looks once a second until the offer has ended. */
  async during(offering: Promise<unknown>, tell: (text: string) => void): Promise<readonly Look[]> {
    const looks: Look[] = [];
    const over = new AbortController();
    const end = offering.finally(() => over.abort());
    await this.#read();
    const { acknowledged: before } = await this.#subject.usage();
    const start = performance.now();
    while (!over.signal.aborted) {
      const liveMs = await this.#live();
      const { rssBytes, acknowledged } = await this.#subject.usage();
      await this.#read();
      const look = {
        atMs: performance.now() - start,
        taken: this.taken,
        refused: this.answers.refusedMs.length * BATCH,
        acknowledged: acknowledged - before,
        rssMb: rssBytes / 1e6,
        liveMs,
      };
      looks.push(look);
      if (looks.length % 10 === 0) {
        const { atMs, taken, refused, acknowledged: told, rssMb } = look;
        tell(
          `${(atMs / 1_000).toFixed(0)} s: ${taken} taken, ${refused} refused, ${told} delivered, ${rssMb.toFixed(0)} MB, /health/live in ${liveMs.toFixed(0)} ms`,
        );
      }
      await Promise.race([delay(LOOK_MS), end]);
    }
    await end;
    return looks;
  }

  /** Waits until all that was taken has arrived, or nothing arrives any more. */
  async untilArrived(tell: (text: string) => void): Promise<{ seconds: number; lost: number }> {
    const start = performance.now();
    await this.#read();
    let left = this.#awaited.size;
    tell(`${left} that were taken are still to come`);
    let since = start;
    while (this.#awaited.size > 0 && performance.now() - since < LOST_MS) {
      await delay(LOOK_MS);
      await this.#read();
      if (this.#awaited.size < left) since = performance.now();
      left = this.#awaited.size;
    }
    return { seconds: (performance.now() - start) / 1_000, lost: left };
  }

  async #read(): Promise<void> {
    const { ids, acceptedMs, refusedMs, unsure, others } = await this.#caller.ask(Answers, 'take');
    this.taken += ids.length;
    this.answers.unsure += unsure;
    for (const id of ids) if (!this.#early.delete(id)) this.#awaited.add(id);
    for (const ms of acceptedMs) this.answers.acceptedMs.push(ms);
    for (const ms of refusedMs) this.answers.refusedMs.push(ms);
    for (const other of others) this.answers.others.push(other);
    const arrived = await this.#stage.receiver.ask(Arrivals, 'take');
    for (const id of arrived.ids) if (!this.#awaited.delete(id)) this.#early.add(id);
  }

  async #live(): Promise<number> {
    const start = performance.now();
    await this.#subject.call('GET', '/health/live');
    return performance.now() - start;
  }
}

/** The looks in so many parts of the time. */
function spansOf(looks: readonly Look[]): Span[] {
  const size = Math.max(1, Math.floor(looks.length / ROWS));
  const spans: Span[] = [];
  for (let from = 0; from + size < looks.length; from += size) {
    const [first, last] = [looks[from], looks[from + size]];
    if (first === undefined || last === undefined) break;
    const seconds = (last.atMs - first.atMs) / 1_000;
    const within = looks.slice(from, from + size + 1);
    spans.push({
      seconds: Math.round(last.atMs / 1_000),
      taken: Math.round((last.taken - first.taken) / seconds),
      refused: Math.round((last.refused - first.refused) / seconds),
      delivered: Math.round((last.acknowledged - first.acknowledged) / seconds),
      rssMb: Math.round(Math.max(...within.map(({ rssMb }) => rssMb))),
      liveMs: Math.round(Math.max(...within.map(({ liveMs }) => liveMs))),
    });
  }
  return spans;
}
