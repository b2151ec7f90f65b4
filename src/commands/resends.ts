import { Option, type Command } from 'commander';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { RESEND_RESULTS, SKIP_REASONS } from '../domain/resend-job.ts';
import { readList } from './answers.ts';
import { clientOf, languageFor, wholeNumber, withLanguage, withService } from './options.ts';
import { shownTime } from './outcome-style.ts';
import {
  followJob,
  Job,
  numberIn,
  pathOfJob,
  showJob,
  statusIn,
  sumOf,
  type JobFlags,
} from './resend-job.ts';
import { RESEND_TEXTS, type ResendTexts } from './resends-texts.ts';
import { formatTable, type Column } from './table.ts';
import { oneLine, paintFor, print, printJson, widthOf } from './terminal.ts';
import type { Language } from '../domain/language.ts';

interface ListFlags extends JobFlags {
  readonly limit: number;
}

interface ItemsFlags extends ListFlags {
  readonly result?: string;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000_000;

const NullableText = Type.Union([Type.String(), Type.Null()]);

/** The members of a job's item that are shown. */
const Item = Type.Object({
  delivery: Type.String(),
  result: Type.String(),
  resentAs: NullableText,
  reason: NullableText,
  notification: NullableText,
  state: NullableText,
  organisation: NullableText,
  department: NullableText,
});
type Item = Static<typeof Item>;

/** Adds `resends` and its commands. */
export function addResends(program: Command): void {
  const resends = program
    .command('resends')
    .description('the jobs of a running service that send deliveries again; deliveries resend makes them')
    .addHelpText(
      'after',
      `
Examples:
  $ enotum-callbacks resends list
  $ enotum-callbacks resends follow 01932f1e-7c1a-7000-8000-000000000001
  $ enotum-callbacks resends items 01932f1e-7c1a-7000-8000-000000000001 --result skipped`,
    );
  const limit = ['--limit <n>', 'the most to list', wholeNumber(1, MAX_LIMIT), DEFAULT_LIMIT] as const;
  const JSON_LINES = 'print one JSON object a line';
  withJobOptions(
    resends
      .command('list')
      .description('list them, newest first')
      .option(...limit),
    JSON_LINES,
  ).action(listJobs);
  withJobOptions(resends.command('get <id>').alias('show').description('show one and how far it is')).action(
    async (id: string, flags: JobFlags) => showJob(await readJob(id, flags), flags),
  );
  withJobOptions(
    resends
      .command('items <id>')
      .description('list what became of its deliveries, in the order in which it deals with them')
      .addOption(new Option('--result <result>', 'only of this result').choices(RESEND_RESULTS))
      .option(...limit),
    JSON_LINES,
  ).action(listItems);
  withJobOptions(
    resends.command('follow <id>').description('show how it goes on, until it ends'),
    'print it as JSON once it has ended',
  ).action(async (id: string, flags: JobFlags) => {
    await followJob(clientOf(flags), await readJob(id, flags), flags);
  });
  const steps = {
    pause: 'hold it; what it has made goes out',
    resume: 'let it go on where it was',
    cancel: 'end it; what it has made goes out',
  } as const;
  for (const [step, description] of Object.entries(steps)) {
    withJobOptions(resends.command(`${step} <id>`).description(description)).action(
      async (id: string, flags: JobFlags) => {
        const path = `${pathOfJob(id)}/${step}`;
        showJob(await clientOf(flags).call(Job, { method: 'POST', path }), flags);
      },
    );
  }
}

function withJobOptions(command: Command, json?: string): Command {
  return withLanguage(withService(command, json));
}

async function readJob(id: string, flags: JobFlags): Promise<Job> {
  return clientOf(flags).call(Job, { method: 'GET', path: pathOfJob(id) });
}

async function listJobs({ limit, ...flags }: ListFlags): Promise<void> {
  const jobs = readList(clientOf(flags), '/v1/resends', {}, limit);
  if (flags.json) {
    for await (const job of jobs) printJson(job);
    return;
  }
  const rows: Job[] = [];
  for await (const job of jobs) rows.push(Value.Parse(Job, job));
  const language = languageFor(flags);
  if (rows.length === 0) print(RESEND_TEXTS[language].noJobs);
  else printTable(jobColumns(RESEND_TEXTS[language], language), rows);
}

function jobColumns(texts: ResendTexts, language: Language): readonly Column<Job>[] {
  const { columns } = texts;
  const number = numberIn(language);
  return [
    { title: columns.created, value: ({ createdAt }) => shownTime(createdAt) },
    { title: columns.id, value: ({ id }) => id },
    {
      title: columns.status,
      value: (job) => statusIn(texts, job),
      style: ({ status }) => (status === 'running' ? 'green' : status === 'paused' ? 'yellow' : 'dim'),
    },
    { title: columns.total, value: ({ total }) => number(total), align: 'right' },
    { title: columns.resent, value: ({ resent }) => number(resent), align: 'right' },
    { title: columns.skipped, value: ({ skipped }) => number(sumOf(skipped)), align: 'right' },
    { title: columns.by, value: ({ createdBy }) => createdBy.name },
  ];
}

async function listItems(id: string, { limit, result, ...flags }: ItemsFlags): Promise<void> {
  const items = readList(clientOf(flags), `${pathOfJob(id)}/items`, { result }, limit);
  if (flags.json) {
    for await (const item of items) printJson(item);
    return;
  }
  const rows: Item[] = [];
  for await (const item of items) rows.push(Value.Parse(Item, item));
  const texts = RESEND_TEXTS[languageFor(flags)];
  if (rows.length === 0) print(texts.noItems);
  else printTable(itemColumns(texts), rows);
}

function itemColumns({ columns, results, reasons }: ResendTexts): readonly Column<Item>[] {
  return [
    { title: columns.delivery, value: ({ delivery }) => delivery },
    {
      title: columns.entity,
      value: ({ organisation, department }) =>
        organisation === null ? null : `${organisation}/${department ?? '–'}`,
    },
    { title: columns.notification, value: ({ notification }) => notification },
    { title: columns.state, value: ({ state }) => state },
    {
      title: columns.result,
      value: ({ result }) => {
        const known = RESEND_RESULTS.find((name) => name === result);
        return known === undefined ? oneLine(result) : results[known];
      },
      style: ({ result }) => (result === 'resent' ? 'green' : 'dim'),
    },
    { title: columns.resentAs, value: ({ resentAs }) => resentAs },
    {
      title: columns.why,
      value: ({ reason }) => {
        const known = SKIP_REASONS.find((name) => name === reason);
        return known === undefined ? reason : reasons[known];
      },
    },
  ];
}

function printTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void {
  for (const line of formatTable(columns, rows, paintFor(process.stdout), widthOf(process.stdout)))
    print(line);
}
