import { Option, type Command } from 'commander';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { STATUSES } from '../domain/delivery.ts';
import { REPORT_KINDS } from '../domain/report.ts';
import { STATES } from '../domain/state.ts';
import { Delivery, DeliveryDetail, readList, type Communication, type Recovery } from './answers.ts';
import { formatFacts } from './facts.ts';
import {
  clientOf,
  wholeNumber,
  withLanguage,
  withService,
  type LanguageFlags,
  type ServiceFlags,
} from './options.ts';
import { shownTime, outcomeStyle } from './outcome-style.ts';
import { addResend } from './resend.ts';
import { readStory } from './story.ts';
import { formatTable, type Column } from './table.ts';
import { paintFor, print, printJson, widthOf } from './terminal.ts';

interface ListFlags extends ServiceFlags {
  readonly status?: string;
  readonly organisation?: string;
  readonly department?: string;
  readonly notification?: string;
  readonly state?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

interface CancelFlags extends ServiceFlags {
  readonly reason?: string;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000_000;

/** Adds `deliveries` and its commands. */
export function addDeliveries(program: Command): void {
  const deliveries = program
    .command('deliveries')
    .description('the callbacks of a running service: which went out, which wait and why')
    .addHelpText(
      'after',
      `
Examples:
  $ enotum-callbacks deliveries list --status exhausted --from 2026-11-24T00:00:00+01:00
  $ enotum-callbacks deliveries get 01932f1e-7c1a-7000-8000-000000000001
  $ enotum-callbacks deliveries resend 01932f1e-7c1a-7000-8000-000000000001
  $ enotum-callbacks deliveries resend --status exhausted --from 2026-11-24T00:00:00+01:00`,
    );
  withService(
    deliveries
      .command('list')
      .description('list them, newest first')
      .addOption(new Option('--status <status>', 'only in this status').choices(STATUSES))
      .option('--organisation <code>', 'only of this public body')
      .option('--department <code>', 'only of this department')
      .option('--notification <id>', 'only of this notification')
      .addOption(new Option('--state <state>', 'only that tell this state').choices(STATES))
      .addOption(new Option('--kind <kind>', 'only reports of this kind').choices(REPORT_KINDS))
      .option('--from <instant>', 'created from then on, such as 2026-11-24T10:00:00+01:00')
      .option('--to <instant>', 'created before then')
      .option('--limit <n>', 'the most to list', wholeNumber(1, MAX_LIMIT), DEFAULT_LIMIT),
    'print one JSON object a line',
  ).action(listDeliveries);
  withLanguage(
    withService(deliveries.command('get <id>').alias('show').description('show one with its attempts')),
  ).action(async (id: string, flags: ServiceFlags & LanguageFlags) => {
    const client = clientOf(flags);
    const delivery = await client.call(Type.Unknown(), { method: 'GET', path: pathOf(id) });
    if (flags.json !== true) {
      const { sentence } = await readStory(client, pathOf(id), flags);
      print(`${sentence}\n`);
    }
    show(delivery, flags);
  });
  addResend(deliveries, async (id, flags) => {
    show(await clientOf(flags).call(Type.Unknown(), { method: 'POST', path: `${pathOf(id)}/resend` }), flags);
  });
  withService(
    deliveries
      .command('cancel <id>')
      .description('give up an unfinished one')
      .option('--reason <text>', 'why, kept with it'),
  ).action(async (id: string, { reason, ...flags }: CancelFlags) => {
    const body = JSON.stringify({ reason: reason ?? null });
    show(
      await clientOf(flags).call(Type.Unknown(), { method: 'POST', path: `${pathOf(id)}/cancel`, body }),
      flags,
    );
  });
}

function pathOf(id: string): string {
  return `/v1/deliveries/${encodeURIComponent(id)}`;
}

const COLUMNS: readonly Column<Delivery>[] = [
  { title: 'CREATED', value: ({ createdAt }) => shownTime(createdAt) },
  { title: 'ID', value: ({ id }) => id },
  { title: 'ENTITY', value: ({ organisation, department }) => `${organisation}/${department}` },
  { title: 'NOTIFICATION', value: (delivery) => delivery.notification ?? dayOf(delivery) },
  { title: 'STATE', value: ({ state, kind }) => state ?? kind },
  { title: 'STATUS', value: ({ status }) => status, style: ({ status }) => outcomeStyle(status) },
  { title: 'ATTEMPTS', value: ({ attempts }) => attempts, align: 'right' },
  { title: 'WAITS FOR', value: (delivery) => waitsFor(delivery) },
];

/** What a daily report tells: its day, and which of the day's messages it is. */
function dayOf({ daily }: Delivery): string | null {
  return daily === null ? null : `day ${daily.date} (${daily.part})`;
}

function waitsFor({ waitingFor, nextAttemptAt }: Delivery): string | null {
  return waitingFor === 'retry' ? `retry at ${shownTime(nextAttemptAt) ?? '–'}` : waitingFor;
}

async function listDeliveries(flags: ListFlags): Promise<void> {
  const { status, organisation, department, notification, state, kind, from, to, limit } = flags;
  const filters = { status, organisation, department, notification, state, kind, from, to };
  const deliveries = readList(clientOf(flags), '/v1/deliveries', filters, limit);
  if (flags.json) {
    for await (const delivery of deliveries) printJson(delivery);
    return;
  }
  const rows: Delivery[] = [];
  for await (const delivery of deliveries) rows.push(Value.Parse(Delivery, delivery));
  if (rows.length === 0) print('No delivery is like this.');
  else printTable(COLUMNS, rows);
}

const ATTEMPT_COLUMNS: readonly Column<Communication>[] = [
  { title: 'ATTEMPT', value: ({ attempt }) => attempt, align: 'right' },
  { title: 'STARTED', value: ({ startedAt }) => shownTime(startedAt) },
  { title: 'OUTCOME', value: ({ outcome }) => outcome, style: ({ outcome }) => outcomeStyle(outcome) },
  { title: 'HTTP', value: ({ httpStatus }) => httpStatus, align: 'right' },
  { title: 'MS', value: ({ durationMs }) => durationMs, align: 'right' },
  { title: 'ERROR', value: ({ errorCode }) => errorCode },
  { title: 'ENDPOINT', value: ({ endpoint }) => endpoint },
  { title: 'TEXT', value: ({ errorText }) => errorText },
];

/** Shows a delivery, with its attempts where the answer has them. */
function show(body: unknown, { json }: ServiceFlags): void {
  if (json) {
    printJson(body);
    return;
  }
  const delivery = Value.Parse(Delivery, body);
  const detail = Value.Check(DeliveryDetail, body) ? body : null;
  const recovery = detail?.recovery ?? null;
  const paint = paintFor(process.stdout);
  const facts: [string, string][] = [
    ['delivery', delivery.id],
    toldBy(delivery),
    ['entity', `${delivery.organisation}/${delivery.department}`],
    ['status', delivery.status],
    ['attempts', String(delivery.attempts)],
    ['created', shownTime(delivery.createdAt) ?? '–'],
    ['finished', shownTime(delivery.finishedAt) ?? '–'],
    ...(delivery.waitingFor === null ? [] : [fact('waits for', waitsFor(delivery) ?? '–')]),
    ...(delivery.resentFrom === null ? [] : [fact('resent from', delivery.resentFrom)]),
    ...(delivery.late ? [fact('late', 'a later state was sent before it')] : []),
    ...(recovery === null ? [] : [fact('recover with', recoveryText(recovery))]),
  ];
  for (const line of formatFacts(facts, paint)) print(line);
  const attempts = detail?.attemptList ?? [];
  if (attempts.length === 0) return;
  print('');
  printTable(ATTEMPT_COLUMNS, attempts);
}

/** The request by which the integrator learns what an exhausted delivery did not tell. */
function recoveryText({ organisation, department, notification, date }: Recovery): string {
  const wanted = notification === undefined ? `DataReport ${date ?? '–'}` : `IdNotificacio ${notification}`;
  return `RecuperarReport: ${wanted}, Empleat ${organisation}/${department}`;
}

function toldBy({ notification, state, daily }: Delivery): [string, string] {
  if (daily === null) return ['notification', `${notification ?? '–'}  ${state ?? ''}`];
  const { date, part, notifications } = daily;
  const count = notifications === 1 ? '1 notification' : `${notifications} notifications`;
  return ['daily report', `${date}, message ${part}, ${count}`];
}

function fact(name: string, value: string): [string, string] {
  return [name, value];
}

function printTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void {
  for (const line of formatTable(columns, rows, paintFor(process.stdout), widthOf(process.stdout)))
    print(line);
}
