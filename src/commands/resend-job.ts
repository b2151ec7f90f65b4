import { setTimeout as delay } from 'node:timers/promises';
import { Type, type Static } from 'typebox';
import { RESEND_STATUSES, SKIP_REASONS } from '../domain/resend-job.ts';
import type { ServiceClient } from './client.ts';
import { formatFacts } from './facts.ts';
import { languageFor, type LanguageFlags, type ServiceFlags } from './options.ts';
import { shownTime } from './outcome-style.ts';
import { etaOf, Progress, type Shown } from './progress.ts';
import { RESEND_TEXTS, type ResendTexts } from './resends-texts.ts';
import { INTERRUPTED, onStopSignal } from './signals.ts';
import { oneLine, paintFor, print, printJson, tell } from './terminal.ts';
import type { Language } from '../domain/language.ts';

/** What the commands of jobs take. */
export interface JobFlags extends ServiceFlags, LanguageFlags {}

const NullableText = Type.Union([Type.String(), Type.Null()]);

/** How many are not sent again, by reason; reasons that are not known here are passed over. */
export const Skipped = Type.Record(Type.String(), Type.Integer());
export type Skipped = Static<typeof Skipped>;

/** The members of a job that are shown. */
export const Job = Type.Object({
  id: Type.String(),
  status: Type.String(),
  filter: Type.Object({
    organisation: NullableText,
    department: NullableText,
    kind: NullableText,
    state: NullableText,
    status: NullableText,
    from: NullableText,
    to: NullableText,
  }),
  pace: Type.Integer(),
  reason: NullableText,
  total: Type.Integer(),
  resent: Type.Integer(),
  skipped: Skipped,
  waiting: Type.Boolean(),
  createdBy: Type.Object({ name: Type.String() }),
  createdAt: Type.String(),
  startedAt: NullableText,
  finishedAt: NullableText,
});
export type Job = Static<typeof Job>;

/** How often a job that is followed is asked for, in milliseconds. */
const POLL_MS = 500;

/** Where a job is. */
export function pathOfJob(id: string): string {
  return `/v1/resends/${encodeURIComponent(id)}`;
}

/** A number as people of a language write it. */
export function numberIn(language: Language): (value: number) => string {
  return (value) => value.toLocaleString(language);
}

/** How many are passed over in all. */
export function sumOf(skipped: Skipped): number {
  return Object.values(skipped).reduce((sum, each) => sum + each, 0);
}

/** A job's status in a language; one that is not known here as it came. */
export function statusIn({ statuses, waiting }: ResendTexts, { status, waiting: waits }: Job): string {
  if (waits) return waiting;
  const known = RESEND_STATUSES.find((name) => name === status);
  return known === undefined ? oneLine(status) : statuses[known];
}

/** Why deliveries are passed over: a line for each reason that occurs. */
export function skippedLines(skipped: Skipped, language: Language): string[] {
  const number = numberIn(language);
  return SKIP_REASONS.flatMap((reason) => {
    const count = skipped[reason] ?? 0;
    return count === 0 ? [] : [`${number(count)}  ${RESEND_TEXTS[language].reasons[reason]}`];
  });
}

/** Prints a job, as JSON or as facts. */
export function showJob(job: Job, flags: JobFlags): void {
  if (flags.json) {
    printJson(job);
    return;
  }
  const language = languageFor(flags);
  const texts = RESEND_TEXTS[language];
  const { facts, perMinute } = texts;
  const number = numberIn(language);
  const { organisation, department, kind, state, status, from, to } = job.filter;
  const entity = organisation === null ? null : `${organisation}/${department ?? '*'}`;
  const lines: readonly (readonly [string, string | null])[] = [
    [facts.job, job.id],
    [facts.status, statusIn(texts, job)],
    [facts.entity, entity],
    [facts.kind, kind],
    [facts.state, state],
    [facts.ended, status],
    [facts.from, shownTime(from)],
    [facts.to, shownTime(to)],
    [facts.pace, perMinute(number(job.pace))],
    [facts.total, number(job.total)],
    [facts.resent, number(job.resent)],
    ...skippedLines(job.skipped, language).map((line) => [facts.skipped, line] as const),
    [facts.reason, job.reason],
    [facts.by, job.createdBy.name],
    [facts.created, shownTime(job.createdAt)],
    [facts.started, shownTime(job.startedAt)],
    [facts.finished, shownTime(job.finishedAt)],
  ];
  const known = lines.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  for (const line of formatFacts(known, paintFor(process.stdout))) print(line);
}

/**
 * Shows how a job goes on until it ends, and what it came to. Ctrl-C, or a service that is away, ends the command
 * and not the job: it says by which commands the job is followed, paused or cancelled.
 */
export async function followJob(client: ServiceClient, first: Job, flags: JobFlags): Promise<void> {
  const language = languageFor(flags);
  const texts = RESEND_TEXTS[language];
  const number = numberIn(language);
  const progress = new Progress(process.stderr);
  const interruption = new AbortController();
  const { signal } = interruption;
  const ignoreSignals = onStopSignal(() => interruption.abort());
  let job = first;
  try {
    while (job.finishedAt === null) {
      const now = job;
      if (!flags.json) progress.update((elapsedMs) => describeJob(now, first, language, elapsedMs));
      await delay(POLL_MS, undefined, { signal });
      job = await client.call(Job, { method: 'GET', path: pathOfJob(job.id) }, signal);
    }
  } catch (error) {
    progress.end();
    if (!flags.json) sayHowToSteer(job, texts);
    if (!signal.aborted) throw error;
    process.exitCode = INTERRUPTED;
  } finally {
    progress.end();
    ignoreSignals();
  }
  if (flags.json) printJson(job);
  else if (job.finishedAt !== null) {
    print(texts.ended(statusIn(texts, job), number(job.resent), number(sumOf(job.skipped))));
    for (const line of skippedLines(job.skipped, language)) print(`  ${line}`);
  }
}

/**
 * How far a job is, in words.
 *
 * @param first as it was when it began to be followed: one that is followed from its middle on goes as fast as
 * since then
 * @param elapsedMs since then
 */
function describeJob(job: Job, first: Job, language: Language, elapsedMs: number): Shown {
  const texts = RESEND_TEXTS[language];
  const number = numberIn(language);
  const { total, resent } = job;
  const skipped = sumOf(job.skipped);
  const share = total === 0 ? null : (resent + skipped) / total;
  const before = first.resent + sumOf(first.skipped);
  const left = total - before;
  const isGoing = job.status === 'running' && !job.waiting;
  const facts = [
    ...(share === null ? [] : [`${Math.floor(share * 100)} %`]),
    texts.progress(number(resent), number(skipped), number(total)),
    ...(isGoing
      ? etaOf(left === 0 ? null : (resent + skipped - before) / left, elapsedMs)
      : [statusIn(texts, job)]),
  ].join('  ');
  return { share, facts };
}

/** Says that a job goes on in the service, and by which commands it is followed, paused or cancelled. */
export function sayHowToSteer({ id }: Job, { goesOn, follow, pause, cancel }: ResendTexts): void {
  tell(goesOn);
  const commands = [
    [follow, `enotum-callbacks resends follow ${id}`],
    [pause, `enotum-callbacks resends pause ${id}`],
    [cancel, `enotum-callbacks resends cancel ${id}`],
  ] as const;
  for (const line of formatFacts(commands, paintFor(process.stderr))) tell(`  ${line}`);
}
