import { Option, type Command } from 'commander';
import { Type, type Static } from 'typebox';
import { CommandError } from '../domain/errors.ts';
import { DEFAULT_PACE, MAX_PACE, RESENDABLE_STATUSES } from '../domain/resend-job.ts';
import { REPORT_KINDS } from '../domain/report.ts';
import { STATES } from '../domain/state.ts';
import type { ServiceClient } from './client.ts';
import { isAgreed } from './confirm.ts';
import { clientOf, languageFor, wholeNumber, withLanguage, withService } from './options.ts';
import {
  followJob,
  Job,
  numberIn,
  sayHowToSteer,
  Skipped,
  skippedLines,
  sumOf,
  type JobFlags,
} from './resend-job.ts';
import { RESEND_TEXTS } from './resends-texts.ts';
import { print, printJson } from './terminal.ts';

/** What `deliveries resend` takes. */
export interface ResendFlags extends JobFlags {
  readonly organisation?: string;
  readonly department?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
  readonly pace?: number;
  readonly reason?: string;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly detach?: true;
}

/** How long the service may take to find what a filter matches, in milliseconds: up to a million deliveries. */
const SELECTION_TIMEOUT_MS = 300_000;

const Preview = Type.Object({ total: Type.Integer(), resendable: Type.Integer(), skipped: Skipped });

/**
 * Adds `deliveries resend`, of one delivery or of all that a filter matches.
 *
 * @param resendOne sends one delivery again, and shows it
 */
export function addResend(
  deliveries: Command,
  resendOne: (id: string, flags: ResendFlags) => Promise<void>,
): void {
  const command = deliveries
    .command('resend [id]')
    .description('send a finished one again, as a new delivery; or, without an id, all that a filter matches')
    .option('--organisation <code>', 'those of this public body')
    .option('--department <code>', 'those of this department of it')
    .addOption(new Option('--kind <kind>', 'those of one change, or daily ones').choices(REPORT_KINDS))
    .addOption(new Option('--state <state>', 'those that tell this state').choices(STATES))
    .addOption(new Option('--status <status>', 'those that ended so').choices(RESENDABLE_STATUSES))
    .option('--from <instant>', 'those created from then on, such as 2026-11-24T10:00:00+01:00')
    .option('--to <instant>', 'those created before then')
    .option('--pace <n>', `how many a minute, at most (default: ${DEFAULT_PACE})`, wholeNumber(1, MAX_PACE))
    .option('--reason <text>', 'why, kept with the job')
    .option('--dry-run', 'only count them')
    .option('--yes', 'do not ask')
    .option('--detach', 'do not wait for the end of the job');
  withLanguage(withService(command))
    .addHelpText(
      'after',
      `
A filter has --organisation or --from at least. It asks first where there is a terminal, without --yes or --json.
Ctrl-C leaves the job to the service: enotum-callbacks resends shows and steers jobs.

Examples:
  $ enotum-callbacks deliveries resend 01932f1e-7c1a-7000-8000-000000000001
  $ enotum-callbacks deliveries resend --status exhausted --from 2026-11-24T00:00:00+01:00 --dry-run
  $ enotum-callbacks deliveries resend --organisation 9900000001 --from 2026-11-24T00:00:00+01:00 --pace 600`,
    )
    .action(async (id: string | undefined, flags: ResendFlags) => {
      const filter = filterOf(flags);
      const isFiltered = Object.values(filter).some((value) => value !== null);
      const { pace, reason, dryRun, yes, detach } = flags;
      const isOfMany = isFiltered || [pace, reason, dryRun, yes, detach].some((flag) => flag !== undefined);
      if (id === undefined && !isFiltered) throw new CommandError('usage', 'an id or a filter is needed');
      if (id === undefined) await resendMany(filter, flags);
      else if (isOfMany) throw new CommandError('usage', 'an id stands alone, without a filter');
      else await resendOne(id, flags);
    });
}

function filterOf({ organisation, department, kind, state, status, from, to }: ResendFlags) {
  return {
    organisation: organisation ?? null,
    department: department ?? null,
    kind: kind ?? null,
    state: state ?? null,
    status: status ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}

async function resendMany(filter: ReturnType<typeof filterOf>, flags: ResendFlags): Promise<void> {
  const client = clientOf(flags);
  const texts = RESEND_TEXTS[languageFor(flags)];
  if (flags.dryRun || !flags.json) {
    const preview = await post(client, Preview, { filter, dryRun: true });
    if (flags.json) {
      printJson(preview);
      return;
    }
    sayPlan(preview, flags);
    if (flags.dryRun || preview.resendable === 0) return;
    if (
      !flags.yes &&
      process.stdin.isTTY &&
      process.stderr.isTTY &&
      !(await isAgreed(texts.ask, texts.yes, process.stdin, process.stderr))
    ) {
      print(texts.declined);
      return;
    }
  }
  const job = await post(client, Job, { filter, pace: flags.pace ?? null, reason: flags.reason ?? null });
  if (!flags.json) print(texts.begun(job.id));
  if (!flags.detach) await followJob(client, job, flags);
  else if (flags.json) printJson(job);
  else sayHowToSteer(job, texts);
}

async function post<T extends typeof Preview | typeof Job>(
  client: ServiceClient,
  schema: T,
  body: unknown,
): Promise<Static<T>> {
  return client.call(schema, {
    method: 'POST',
    path: '/v1/resends',
    body: JSON.stringify(body),
    timeoutMs: SELECTION_TIMEOUT_MS,
  });
}

function sayPlan({ resendable, skipped }: Static<typeof Preview>, flags: ResendFlags): void {
  const language = languageFor(flags);
  const texts = RESEND_TEXTS[language];
  const number = numberIn(language);
  const pace = flags.pace ?? DEFAULT_PACE;
  if (resendable === 0) print(texts.nothing);
  else print(texts.plan(number(resendable), number(pace), timeText(resendable / pace, number)));
  const passed = sumOf(skipped);
  if (passed === 0) return;
  print(texts.passedOver(number(passed)));
  for (const line of skippedLines(skipped, language)) print(`  ${line}`);
}

/** Minutes, rounded up; from two hours on, hours. The symbols are those of every language here. */
function timeText(minutes: number, number: (value: number) => string): string {
  return minutes < 120 ? `${number(Math.ceil(minutes))} min` : `${number(Math.ceil(minutes / 60))} h`;
}
