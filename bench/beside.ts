import { measureRound, perDelivery, warmUp, type Comparison } from './compare.ts';
import { median, rounded } from './figures.ts';
import type { Stage, Subject } from './stage.ts';

/** What a delivery costs by one build and by another. */
export interface BesideResult {
  readonly load: string;
  readonly slices: number;
  /** Medians of the slices. */
  readonly cpuMicros: number;
  readonly otherCpuMicros: number;
  /** The one by the other: the median of the pairs' own ratios, and how far these lay apart. */
  readonly ratio: number;
  readonly ratioLeast: number;
  readonly ratioMost: number;
}

/**
 * Alternates slices of the build that is measured with slices of another one, each at a service and a database of its
 * own, under the same load, warmed alike. Who begins changes from pair to pair: what a slice leaves behind in the
 * database is paid by the next one.
 */
export async function beside(
  stage: Stage,
  otherDist: string,
  comparison: Comparison,
  slices: number,
  tell: (text: string) => void,
): Promise<BesideResult> {
  const [own, other] = [await stage.subject(), await stage.subject(null, otherDist)];
  await warmUp(stage, [own, other], comparison, tell);
  const { name } = comparison;
  const cost = async (subject: Subject): Promise<number> =>
    perDelivery(await measureRound(stage, subject, comparison));
  const pairs: { readonly own: number; readonly other: number }[] = [];
  for (let slice = 1; slice <= slices; slice += 1) {
    const pair =
      slice % 2 === 0
        ? { own: await cost(own), other: await cost(other) }
        : { other: await cost(other), own: await cost(own) };
    pairs.push(pair);
    tell(
      `${name} ${slice}/${slices}: ${pair.own.toFixed(0)} µs a delivery, ${pair.other.toFixed(0)} µs by the other build`,
    );
  }
  const ratios = pairs.map((pair) => pair.own / pair.other);
  return {
    load: name,
    slices,
    cpuMicros: rounded(median(pairs.map((pair) => pair.own))),
    otherCpuMicros: rounded(median(pairs.map((pair) => pair.other))),
    ratio: rounded(median(ratios), 3),
    ratioLeast: rounded(Math.min(...ratios), 2),
    ratioMost: rounded(Math.max(...ratios), 2),
  };
}
