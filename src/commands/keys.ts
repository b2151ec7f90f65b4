import { InvalidArgumentError, Option, type Command } from 'commander';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { formatDuration, parseDuration } from '../domain/duration.ts';
import { KEY_ROLES, MAX_REQUESTS_PER_MINUTE } from '../domain/key.ts';
import type { EntityKey } from '../domain/notification.ts';
import { readList } from './answers.ts';
import { refused } from './client.ts';
import { formatFacts } from './facts.ts';
import { KEY_TEXTS, type KeyTexts } from './keys-texts.ts';
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
import { readWhole } from './read-whole.ts';
import { formatTable, type Column } from './table.ts';
import { addRotateSecrets } from './rotate-secrets.ts';
import { addSignInLink } from './sign-in-link.ts';
import { paintFor, print, printJson, widthOf } from './terminal.ts';

interface KeyFlags extends ServiceFlags, LanguageFlags {}

interface ListFlags extends KeyFlags {
  readonly prefix?: string;
  readonly limit: number;
}

interface CreateFlags extends KeyFlags {
  readonly name: string;
  readonly role: string;
  readonly entity: readonly EntityKey[];
  readonly requestsPerMinute?: number;
  readonly expires?: string;
  readonly certificate?: string;
}

interface RotateFlags extends KeyFlags {
  readonly overlap: string;
  readonly expires?: string;
}

const MAX_LIMIT = 1_000_000;
const DEFAULT_OVERLAP = '24h';

const NullableText = Type.Union([Type.String(), Type.Null()]);

/** The members of a key that are shown. */
const Key = Type.Object({
  id: Type.String(),
  prefix: NullableText,
  name: Type.String(),
  role: Type.Enum([...KEY_ROLES]),
  status: Type.String(),
  entities: Type.Union([
    Type.Array(Type.Object({ organisation: Type.String(), department: Type.String() })),
    Type.Null(),
  ]),
  requestsPerMinute: Type.Integer(),
  createdAt: Type.String(),
  expiresAt: NullableText,
  lastUsedAt: NullableText,
  rotatedFrom: NullableText,
  certificate: NullableText,
});
type Key = Static<typeof Key>;

const NewKey = Type.Object({ ...Key.properties, key: Type.String() });

/** Adds `keys` and its commands. */
export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('the API keys of a running service: who may do what')
    .addHelpText(
      'after',
      `
Examples:
  $ enotum-callbacks keys create --name GESTEXP --role integrator --entity 9900000001/1
  $ enotum-callbacks keys list --prefix enc_0123456789ab
  $ enotum-callbacks keys rotate 01932f1e-7c1a-7000-8000-000000000001 --overlap 7d
  $ enotum-callbacks keys revoke 01932f1e-7c1a-7000-8000-000000000001`,
    );
  withKeyOptions(
    keys
      .command('list')
      .description('list them, newest first; never the keys themselves')
      .option('--prefix <prefix>', 'only the key that begins so: for one that was found')
      .option('--limit <n>', 'the most to list', wholeNumber(1, MAX_LIMIT), MAX_LIMIT),
    'print one JSON object a line',
  ).action(listKeys);
  withKeyOptions(
    keys
      .command('create')
      .description('make one, and show it this once')
      .requiredOption('--name <name>', 'whose it is')
      .addOption(new Option('--role <role>', 'what it may do').choices(KEY_ROLES).makeOptionMandatory())
      .option(
        '--entity <organisation/department>',
        'what an integrator’s key reads, percent-encoded where a code has a slash; may be repeated',
        readEntity,
        [],
      )
      .option(
        '--requests-per-minute <n>',
        'the most that it may make (default: by its role)',
        wholeNumber(1, MAX_REQUESTS_PER_MINUTE),
      )
      .option('--expires <instant>', 'when it ends, such as 2027-11-24T00:00:00+01:00')
      .option(
        '--certificate <file>',
        'a client certificate, PEM, that may be shown in its place at RecuperarReport',
      ),
  ).action(createKey);
  withKeyOptions(
    keys
      .command('rotate <id>')
      .description('make one that follows it; the old one works on for a while')
      .option('--overlap <duration>', 'for how long, 0s to 30d', readOverlap, DEFAULT_OVERLAP)
      .option(
        '--expires <instant>',
        'when the new one ends (default: after as long a life as the old one’s)',
      ),
  ).action(rotateKey);
  withKeyOptions(keys.command('revoke <id>').description('end one at once')).action(revokeKey);
  addSignInLink(keys);
  addRotateSecrets(keys);
}

function withKeyOptions(command: Command, json?: string): Command {
  return withLanguage(withService(command, json));
}

/** Adds an entity to those before it. */
function readEntity(text: string, before: readonly EntityKey[]): readonly EntityKey[] {
  const [organisation = '', department = '', more] = text.split('/').map(decode);
  if (organisation === '' || department === '' || more !== undefined) {
    throw new InvalidArgumentError('It must be an organisation and a department, such as 9900000001/1.');
  }
  return [...before, { organisation, department }];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function readOverlap(text: string): string {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError('It must be a duration such as 24h.');
  return formatDuration(ms);
}

async function listKeys({ prefix, limit, ...flags }: ListFlags): Promise<void> {
  const keys = readList(clientOf(flags), '/v1/keys', { prefix }, limit);
  if (flags.json) {
    for await (const key of keys) printJson(key);
    return;
  }
  const rows: Key[] = [];
  for await (const key of keys) rows.push(Value.Parse(Key, key));
  const texts = KEY_TEXTS[languageFor(flags)];
  if (rows.length === 0) print(texts.none);
  else
    for (const line of formatTable(columnsOf(texts), rows, paintFor(process.stdout), widthOf(process.stdout)))
      print(line);
}

function columnsOf({ columns, roles, statuses, never }: KeyTexts): readonly Column<Key>[] {
  return [
    { title: columns.created, value: ({ createdAt }) => shownTime(createdAt) },
    { title: columns.prefix, value: ({ prefix }) => prefix },
    { title: columns.role, value: ({ role }) => roles[role] },
    {
      title: columns.status,
      value: ({ status }) => statuses[status] ?? status,
      style: ({ status }) => (status === 'active' ? 'green' : 'dim'),
    },
    { title: columns.lastUsed, value: ({ lastUsedAt }) => shownTime(lastUsedAt) ?? never },
    { title: columns.expires, value: ({ expiresAt }) => shownTime(expiresAt) ?? never },
    { title: columns.id, value: ({ id }) => id },
    { title: columns.name, value: ({ name }) => name },
  ];
}

async function createKey(flags: CreateFlags): Promise<void> {
  const { name, role, entity, requestsPerMinute, expires, certificate } = flags;
  const body = JSON.stringify({
    name,
    role,
    ...(entity.length === 0 ? {} : { entities: entity }),
    requestsPerMinute: requestsPerMinute ?? null,
    expiresAt: expires ?? null,
    ...(certificate === undefined ? {} : { certificate: (await readWhole(certificate)).toString('utf8') }),
  });
  const made = await clientOf(flags).call(NewKey, { method: 'POST', path: '/v1/keys', body });
  showNewKey(made, flags);
}

async function rotateKey(id: string, flags: RotateFlags): Promise<void> {
  const { overlap, expires } = flags;
  const made = await clientOf(flags).call(NewKey, {
    method: 'POST',
    path: `${pathOf(id)}/rotate`,
    body: JSON.stringify({ overlap, expiresAt: expires ?? null }),
  });
  showNewKey(made, flags);
  if (!flags.json) print(KEY_TEXTS[languageFor(flags)].oldEnds(id, overlap));
}

async function revokeKey(id: string, flags: KeyFlags): Promise<void> {
  const client = clientOf(flags);
  const answer = await client.send({ method: 'DELETE', path: pathOf(id) });
  if (answer.status !== 204) throw refused(client.url, answer);
  if (flags.json) printJson({ revoked: id });
  else print(KEY_TEXTS[languageFor(flags)].revoked(id));
}

function pathOf(id: string): string {
  return `/v1/keys/${encodeURIComponent(id)}`;
}

function showNewKey(made: Static<typeof NewKey>, flags: KeyFlags): void {
  if (flags.json) {
    printJson(made);
    return;
  }
  const texts = KEY_TEXTS[languageFor(flags)];
  const { facts, roles, never, perMinute } = texts;
  const entities = made.entities ?? [];
  const lines: [string, string][] = [
    [facts.key, made.key],
    [facts.id, made.id],
    [facts.name, made.name],
    [facts.role, roles[made.role]],
    ...entities.map(({ organisation, department }): [string, string] => [
      facts.entities,
      `${organisation}/${department}`,
    ]),
    [facts.limit, perMinute(made.requestsPerMinute)],
    [facts.expires, shownTime(made.expiresAt) ?? never],
    ...(made.certificate === null ? [] : [[facts.certificate, made.certificate] satisfies [string, string]]),
    ...(made.rotatedFrom === null ? [] : [[facts.rotatedFrom, made.rotatedFrom] satisfies [string, string]]),
  ];
  for (const line of formatFacts(lines, paintFor(process.stdout))) print(line);
  print(texts.shownOnce);
}
