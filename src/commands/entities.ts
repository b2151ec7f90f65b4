import type { Command } from 'commander';
import { Value } from 'typebox/value';
import { madridDay, shownInMadrid } from '../domain/instant.ts';
import { Entity, readList, type ConfigurationWarning } from './answers.ts';
import { refused } from './client.ts';
import { addEntityRetry } from './entity-retry.ts';
import { addEntityTest } from './entity-test.ts';
import { clientOf, wholeNumber, withService, type ServiceFlags } from './options.ts';
import { formatFacts } from './facts.ts';
import { shownTime } from './outcome-style.ts';
import { readWhole } from './read-whole.ts';
import { formatTable, type Column } from './table.ts';
import { paintFor, print, printJson, widthOf } from './terminal.ts';

interface ListFlags extends ServiceFlags {
  readonly limit: number;
}

interface PauseFlags extends ServiceFlags {
  readonly reason?: string;
}

interface ChangeFlags extends ServiceFlags {
  readonly ifMatch?: string;
}

/** The most entities that one list prints. */
const MAX_LIMIT = 1_000_000;

/** Adds `entities` and its commands. */
export function addEntities(program: Command): void {
  const entities = program
    .command('entities')
    .description('the callback configurations of issuing entities, in a running service')
    .addHelpText(
      'after',
      `
Examples:
  $ enotum-callbacks entities list
  $ enotum-callbacks entities get 9900000001 1 --json > entity.json
  $ enotum-callbacks entities put 9900000001 1 entity.json
  $ enotum-callbacks entities test 9900000001 1
  $ enotum-callbacks entities retry 9900000001 1
  $ enotum-callbacks entities pause 9900000001 1 --reason 'Maintenance until 14:00'`,
    );
  withService(
    entities
      .command('list')
      .description('list them, newest first')
      .option('--limit <n>', 'the most to list', wholeNumber(1, MAX_LIMIT), MAX_LIMIT),
    'print one JSON object a line',
  ).action(listEntities);

  withService(entities.command('get <organisation> <department>').description('show one')).action(getEntity);

  withIfMatch(
    entities
      .command('put <organisation> <department> <file>')
      .description('create or replace one by the JSON in FILE, or - for standard input'),
  )
    .addHelpText(
      'after',
      `
FILE may be what "entities get --json" printed, changed: secrets read as {"set":true} are kept.

Example:
  $ echo '{"organisationName":"Ajuntament Inventat","departmentName":"Secretaria",
      "endpoint":{"url":"https://backoffice.example/reports"}}' | enotum-callbacks entities put 9900000001 1 -`,
    )
    .action(putEntity);

  withIfMatch(
    entities
      .command('delete <organisation> <department>')
      .description('delete one that has no unfinished delivery'),
  ).action(deleteEntity);

  withService(
    entities
      .command('pause <organisation> <department>')
      .description('hold its deliveries; those that are being sent end as they would')
      .option('--reason <text>', 'why, kept until they are released'),
  ).action(async (organisation: string, department: string, { reason, ...flags }: PauseFlags) => {
    await holdEntity(
      `${pathOf(organisation, department)}/pause`,
      { reason: reason ?? null },
      'Paused.',
      flags,
    );
  });

  withService(
    entities
      .command('resume <organisation> <department>')
      .description('release its deliveries, paused or suspended, in order'),
  ).action(async (organisation: string, department: string, flags: ServiceFlags) => {
    await holdEntity(`${pathOf(organisation, department)}/resume`, {}, 'Resumed.', flags);
  });

  addEntityRetry(entities, pathOf);
  addEntityTest(entities, pathOf);
}

function withIfMatch(command: Command): Command {
  return withService(command).option('--if-match <etag>', 'only if its version is still this ETag');
}

function pathOf(organisation: string, department: string): string {
  return `/v1/entities/${encodeURIComponent(organisation)}/${encodeURIComponent(department)}`;
}

const COLUMNS: readonly Column<Entity>[] = [
  { title: 'ORGANISATION', value: ({ organisation }) => organisation },
  { title: 'DEPARTMENT', value: ({ department }) => department },
  {
    title: 'NAME',
    value: ({ organisationName, departmentName }) => `${organisationName} · ${departmentName}`,
  },
  {
    title: 'CALLBACKS',
    value: (entity) => callbacksOf(entity),
    style: (entity) => {
      if (heldOf(entity) !== null) return 'yellow';
      return entity.online || entity.daily ? 'green' : 'dim';
    },
  },
  {
    title: 'CERTIFICATES',
    // The first to end; `get` has them all.
    value: (entity) => certificatesOf(entity).slice(0, 1).map(endOf).join('') || null,
    style: (entity) => {
      const [first] = certificatesOf(entity);
      return first === undefined ? null : hasEnded(first) ? 'red' : 'yellow';
    },
  },
  { title: 'ENDPOINT', value: ({ endpoint }) => endpoint.url },
];

function certificatesOf({ warnings }: Entity): ConfigurationWarning[] {
  return warnings.filter(({ code }) => code.startsWith('certificate-'));
}

function hasEnded({ code }: ConfigurationWarning): boolean {
  return code === 'certificate-expired';
}

/** `ends 2026-11-24`, in Europe/Madrid. */
function endOf(warning: ConfigurationWarning): string {
  return `${hasEnded(warning) ? 'ended' : 'ends'} ${madridDay(Date.parse(warning.expiresAt))}`;
}

/** What keeps all of its callbacks, or those of an endpoint, from going out. */
function heldOf({ paused, suspended = [], missing }: Entity): string | null {
  if (missing.length > 0) return `lacks ${missing.join(', ')}`;
  if (paused !== null) return 'paused';
  return suspended.length > 0 ? 'suspended' : null;
}

function callbacksOf(entity: Entity): string {
  const held = heldOf(entity);
  if (held !== null) return held;
  const { online, daily } = entity;
  if (online) return daily ? 'on, daily report' : 'on';
  return daily ? 'daily report' : 'off';
}

async function listEntities({ limit, ...flags }: ListFlags): Promise<void> {
  const entities = readList(clientOf(flags), '/v1/entities', {}, limit);
  if (flags.json) {
    for await (const entity of entities) printJson(entity);
    return;
  }
  const rows: Entity[] = [];
  for await (const entity of entities) rows.push(Value.Parse(Entity, entity));
  if (rows.length === 0) print('No entity is configured: enotum-callbacks entities put --help');
  else
    for (const line of formatTable(COLUMNS, rows, paintFor(process.stdout), widthOf(process.stdout)))
      print(line);
}

async function getEntity(organisation: string, department: string, flags: ServiceFlags): Promise<void> {
  const client = clientOf(flags);
  const answer = await client.send({ method: 'GET', path: pathOf(organisation, department) });
  if (answer.status !== 200) throw refused(client.url, answer);
  showEntity(answer.body, answer.header('etag'), flags);
}

async function putEntity(
  organisation: string,
  department: string,
  file: string,
  flags: ChangeFlags,
): Promise<void> {
  const client = clientOf(flags);
  const answer = await client.send({
    method: 'PUT',
    path: pathOf(organisation, department),
    headers: preconditionOf(flags),
    body: await readWhole(file),
  });
  if (answer.status >= 300) throw refused(client.url, answer);
  if (!flags.json) print(answer.status === 201 ? 'Created.' : 'Replaced.');
  showEntity(answer.body, answer.header('etag'), flags);
}

async function deleteEntity(organisation: string, department: string, flags: ChangeFlags): Promise<void> {
  const client = clientOf(flags);
  const answer = await client.send({
    method: 'DELETE',
    path: pathOf(organisation, department),
    headers: preconditionOf(flags),
  });
  if (answer.status !== 204) throw refused(client.url, answer);
  if (flags.json) printJson({ deleted: { organisation, department } });
  else print('Deleted.');
}

async function holdEntity(path: string, body: object, said: string, flags: ServiceFlags): Promise<void> {
  const client = clientOf(flags);
  const answer = await client.send({ method: 'POST', path, body: JSON.stringify(body) });
  if (answer.status !== 200) throw refused(client.url, answer);
  if (!flags.json) print(said);
  showEntity(answer.body, answer.header('etag'), flags);
}

function preconditionOf({ ifMatch }: ChangeFlags): Record<string, string> {
  return ifMatch === undefined ? {} : { 'if-match': ifMatch };
}

function showEntity(body: unknown, etag: string | null, flags: ServiceFlags): void {
  if (flags.json) {
    printJson(body);
    return;
  }
  const entity = Value.Parse(Entity, body);
  const paint = paintFor(process.stdout);
  const own = Object.entries(entity.backOffices).map(([code, { endpoint }]): [string, string] => [
    `back office ${code}`,
    endpoint.url ?? '–',
  ]);
  const facts: [string, string][] = [
    ['organisation', `${entity.organisation}  ${entity.organisationName}`],
    ['department', `${entity.department}  ${entity.departmentName}`],
    ['callbacks', callbacksOf(entity)],
    ...pauseFacts(entity),
    ...suspensionFacts(entity),
    ['endpoint', entity.endpoint.url ?? '–'],
    ['message version', entity.endpoint.messageVersion],
    ...policyOf(entity.endpoint),
    ...own,
    ...entity.warnings.map((warning): [string, string] => ['warning', `${warning.what} ${endOf(warning)}`]),
    ['ETag', etag ?? '–'],
  ];
  for (const line of formatFacts(facts, paint)) print(line);
}

/** The policy, and until when the certificates that it and TLS use are valid. */
function policyOf({ policy, tls }: Entity['endpoint']): [string, string][] {
  const certificates = [
    ['signing certificate', policy.certificateInfo ?? null],
    ['client certificate', tls.clientCertificateInfo],
    ['CA', tls.caInfo],
    ['server certificate', tls.serverCertificateInfo],
  ] as const;
  return [
    ['policy', policy.type],
    ...certificates.flatMap(([name, info]): [string, string][] =>
      info === null ? [] : [[name, `${info.subject}, until ${shownInMadrid(Date.parse(info.expiresAt))}`]],
    ),
  ];
}

function pauseFacts({ paused }: Entity): [string, string][] {
  if (paused === null) return [];
  const reason: [string, string][] = paused.reason === null ? [] : [['reason', paused.reason]];
  return [['paused since', shownTime(paused.since) ?? '–'], ...reason];
}

function suspensionFacts({ suspended = [] }: Entity): [string, string][] {
  return suspended.map(({ backOffice, since }) => [
    'suspended since',
    `${shownTime(since) ?? '–'}${backOffice === null ? '' : `, back office ${backOffice}`}`,
  ]);
}
