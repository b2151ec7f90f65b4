import { Option, type Command } from 'commander';
import { Value } from 'typebox/value';
import { EVENT_TYPES } from '../domain/event.ts';
import { OperationalEvent, readList, TroubledEndpoint } from './answers.ts';
import {
  clientOf,
  languageFor,
  wholeNumber,
  withLanguage,
  withService,
  type LanguageFlags,
  type ServiceFlags,
} from './options.ts';
import { shownTime } from './outcome-style.ts';
import { formatTable, type Column } from './table.ts';
import { paintFor, print, printJson, widthOf } from './terminal.ts';

interface ListFlags extends ServiceFlags {
  readonly organisation?: string;
  readonly department?: string;
  readonly limit: number;
}

interface EventFlags extends ListFlags, LanguageFlags {
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000_000;

/** Adds `endpoints` and its command. */
export function addEndpoints(program: Command): void {
  const endpoints = program
    .command('endpoints')
    .description('the endpoints in trouble: since when, why, and what waits for them')
    .addHelpText('after', '\nExample:\n  $ enotum-callbacks endpoints list --organisation 9900000001');
  withService(
    withFilters(endpoints.command('list').description('list them, those first whose trouble began first')),
    'print one JSON object a line',
  ).action(async (flags: ListFlags) => {
    const { organisation, department } = flags;
    await list(flags, '/v1/endpoints', { organisation, department }, 'No endpoint is in trouble.', (items) =>
      table(
        ENDPOINT_COLUMNS,
        items.map((item) => Value.Parse(TroubledEndpoint, item)),
      ),
    );
  });
}

/** Adds `events` and its command. */
export function addEvents(program: Command): void {
  const events = program
    .command('events')
    .description('what the service tells those who run it: warnings, suspensions, recoveries')
    .addHelpText('after', '\nExample:\n  $ enotum-callbacks events list --type endpoint.suspended --lang en');
  withLanguage(
    withService(
      withFilters(events.command('list').description('list them, newest first'))
        .addOption(new Option('--type <type>', 'only of this type').choices(EVENT_TYPES))
        .option('--from <instant>', 'from then on, such as 2026-11-24T10:00:00+01:00')
        .option('--to <instant>', 'before then'),
      'print one JSON object a line',
    ),
  ).action(async (flags: EventFlags) => {
    const { organisation, department, type, from, to } = flags;
    const filters = { organisation, department, type, from, to };
    await list(flags, '/v1/events', filters, 'Nothing was told.', (items) =>
      table(
        eventColumns(flags),
        items.map((item) => Value.Parse(OperationalEvent, item)),
      ),
    );
  });
}

function withFilters(command: Command): Command {
  return command
    .option('--organisation <code>', 'only of this public body')
    .option('--department <code>', 'only of this department')
    .option('--limit <n>', 'the most to list', wholeNumber(1, MAX_LIMIT), DEFAULT_LIMIT);
}

const ENDPOINT_COLUMNS: readonly Column<TroubledEndpoint>[] = [
  { title: 'SINCE', value: ({ since }) => shownTime(since) },
  { title: 'ENTITY', value: ({ organisation, department }) => `${organisation}/${department}` },
  { title: 'BACK OFFICE', value: ({ backOffice }) => backOffice },
  {
    title: 'SUSPENDED',
    value: ({ suspendedSince }) => shownTime(suspendedSince),
    style: ({ suspendedSince }) => (suspendedSince === null ? null : 'red'),
  },
  { title: 'FAILURES', value: ({ failures }) => failures, align: 'right' },
  { title: 'LAST', value: ({ lastErrorCode }) => lastErrorCode, style: () => 'yellow' },
  { title: 'WAITING', value: ({ waiting }) => waiting, align: 'right' },
  { title: 'NEXT PROBE', value: ({ nextProbeAt }) => shownTime(nextProbeAt) },
  { title: 'SERVER', value: ({ origin }) => origin },
];

const eventColumns = (flags: LanguageFlags): readonly Column<OperationalEvent>[] => [
  { title: 'AT', value: ({ at }) => shownTime(at) },
  { title: 'TYPE', value: ({ type }) => type },
  {
    title: 'TOLD',
    value: ({ notices }) => notices.map(({ channel, status }) => `${channel} ${status}`).join(', ') || null,
  },
  { title: 'WHAT', value: ({ text }) => text[languageFor(flags)].title },
];

/** Lists what a call answers: as JSON lines as they come, or by `show` at once. */
async function list(
  flags: ListFlags,
  path: string,
  filters: Readonly<Record<string, string | undefined>>,
  none: string,
  show: (items: readonly unknown[]) => string[],
): Promise<void> {
  const found = readList(clientOf(flags), path, filters, flags.limit);
  if (flags.json) {
    for await (const item of found) printJson(item);
    return;
  }
  const items: unknown[] = [];
  for await (const item of found) items.push(item);
  for (const line of items.length === 0 ? [none] : show(items)) print(line);
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  return formatTable(columns, rows, paintFor(process.stdout), widthOf(process.stdout));
}
