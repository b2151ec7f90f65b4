import { Type, type Static } from 'typebox';
import { median, quantile, rounded } from './figures.ts';
import { deliver, type Load, type Round } from './load.ts';
import type { Stage, Subject } from './stage.ts';

/** Posts of a bare process: before its measure begins, and in it. */
const BARE_WARM_UP = 20_000;
const BARE_POSTS = 20_000;

const Sample = Type.Object({ head: Type.String(), body: Type.String() });
const BareRound = Type.Object({ cpuMicros: Type.Number(), wallMs: Type.Number() });
type BareRound = Static<typeof BareRound>;

/** One kind of load, and how much of it. */
export interface Comparison {
  readonly name: string;
  readonly load: Load;
  /** How the service is warmed up, by how many deliveries; as many as posts of a bare process, at full load. */
  readonly warmUp: { readonly load: Load; readonly deliveries: number };
  /**
   * Deliveries right before each round, under its load: while the bare process took its turn, connections that were
   * idle have been closed, and it, too, is measured when it is warm.
   */
  readonly leadIn: number;
  /** Deliveries of each round. */
  readonly deliveries: number;
}

/** One row of the result: medians of the rounds. */
export interface Row {
  readonly name: string;
  readonly ratio: number;
  readonly cpuMicrosPerDelivery: number;
  readonly cpuMicrosPerPost: number;
  readonly perSecond: number;
  readonly barePerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Of the rounds' own ratios: how far the figures of one run lie apart. */
  readonly ratioLeast: number;
  readonly ratioMost: number;
}

/** Warms a service up for a comparison, and says so. */
export async function warmUp(
  stage: Stage,
  subjects: readonly Subject[],
  { name, warmUp: { load, deliveries } }: Comparison,
  tell: (text: string) => void,
): Promise<void> {
  tell(`${name}: ${deliveries} deliveries to warm up`);
  for (const subject of subjects) await deliver(stage, subject, load, deliveries);
}

/** One round of a service, led into under its load. */
export async function measureRound(
  stage: Stage,
  subject: Subject,
  { load, leadIn, deliveries }: Comparison,
): Promise<Round> {
  await deliver(stage, subject, load, leadIn);
  return deliver(stage, subject, load, deliveries);
}

/** Alternates rounds of the service with rounds of a bare process, fresh each time. */
export async function compare(
  stage: Stage,
  subject: Subject,
  comparison: Comparison,
  rounds: number,
  tell: (text: string) => void,
): Promise<Row> {
  const { name } = comparison;
  await warmUp(stage, [subject], comparison, tell);
  const ours: Round[] = [];
  const bares: BareRound[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const own = await measureRound(stage, subject, comparison);
    const bare = await postBare(stage);
    ours.push(own);
    bares.push(bare);
    tell(
      `${name} ${round}/${rounds}: ${perDelivery(own).toFixed(0)} µs a delivery, ${perPost(bare).toFixed(1)} µs a bare post, ${perSecond(own).toFixed(0)}/s, p95 ${quantile(own.latenciesMs, 0.95).toFixed(1)} ms`,
    );
  }
  const ratios = ours.map((own, index) => perDelivery(own) / perPost(bares[index] ?? NO_ROUND));
  const cpuMicrosPerDelivery = median(ours.map(perDelivery));
  const cpuMicrosPerPost = median(bares.map(perPost));
  const latency = (share: number): number =>
    rounded(median(ours.map(({ latenciesMs }) => quantile(latenciesMs, share))));
  return {
    name,
    ratio: rounded(cpuMicrosPerDelivery / cpuMicrosPerPost, 2),
    cpuMicrosPerDelivery: rounded(cpuMicrosPerDelivery),
    cpuMicrosPerPost: rounded(cpuMicrosPerPost),
    perSecond: Math.round(median(ours.map(perSecond))),
    barePerSecond: Math.round(median(bares.map(({ wallMs }) => (BARE_POSTS / wallMs) * 1_000))),
    p50Ms: latency(0.5),
    p95Ms: latency(0.95),
    p99Ms: latency(0.99),
    ratioLeast: rounded(Math.min(...ratios), 2),
    ratioMost: rounded(Math.max(...ratios), 2),
  };
}

const NO_ROUND: BareRound = { cpuMicros: Number.NaN, wallMs: Number.NaN };

/** CPU of the service's process for each delivery. */
export function perDelivery({ cpuMicros, deliveries }: Round): number {
  return cpuMicros / deliveries;
}

function perPost({ cpuMicros }: BareRound): number {
  return cpuMicros / BARE_POSTS;
}

/** Deliveries a second, acknowledged and recorded. */
export function perSecond({ deliveries, wallMs }: Round): number {
  return (deliveries / wallMs) * 1_000;
}

/** Posts what a delivery was on the wire, to the same receivers. */
async function postBare(stage: Stage): Promise<BareRound> {
  const { head, body } = await stage.receiver.ask(Sample, 'sample');
  const [requestLine = '', ...lines] = head.split('\r\n');
  const headers = lines.flatMap((line) => {
    const [name = '', ...value] = line.split(': ');
    // These three undici writes itself.
    return /^(host|connection|content-length)$/i.test(name) ? [] : [name, value.join(': ')];
  });
  return stage.apart('bare', async (bare) =>
    bare.ask(BareRound, 'post', {
      origins: stage.ports.map((port) => `http://127.0.0.1:${port}`),
      path: requestLine.split(' ')[1],
      headers,
      body,
      warmUp: BARE_WARM_UP,
      posts: BARE_POSTS,
    }),
  );
}
