import { InvalidArgumentError, type Command } from 'commander';
import type { DestinationStream, Logger } from 'pino';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Service } from '../compose.ts';
import { readSettings, ROLES, type Role } from '../config.ts';
import { shownInMadrid } from '../domain/instant.ts';
import { createLogger, readLogLevel } from '../log.ts';
import { VERSION } from '../version.ts';
import { withJson, type OutputFlags } from './options.ts';
import { onStopSignal } from './signals.ts';
import { exitWith, oneLine, paintFor, print, printJson, type Paint, type Style } from './terminal.ts';

interface ServeFlags extends OutputFlags {
  readonly roles: readonly Role[];
  readonly migrate: boolean;
}

/** After how long a stop that does not end is given up, in milliseconds: 10 s are promised. */
const STOP_LIMIT_MS = 9_500;

/** Adds `serve`. */
export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('run the service; SIGTERM or Ctrl-C stops it within 10 seconds')
    .option('--roles <roles>', `what this process runs: ${ROLES.join(',')}`, readRoles, [...ROLES])
    .option('--no-migrate', 'leave the database as it is, and end if it is not at this version');
  withJson(command, 'log as JSON lines in a terminal too')
    .addHelpText(
      'after',
      `
Settings come from the environment: DATABASE_URL, SQS_QUEUE_URL, PORT, ADMIN_KEY, LOG_LEVEL and others.
Without DATABASE_URL and SQS_QUEUE_URL the service starts its own PostgreSQL and queue in DATA_DIR (./data).
In a terminal its lines are for people; elsewhere each is a JSON object, the one with "event":"listening" too.

Examples:
  $ enotum-callbacks serve
  $ enotum-callbacks serve --roles relay,worker --no-migrate`,
    )
    .action(serve);
}

/** Runs the service until a signal ends it. */
async function serve(flags: ServeFlags): Promise<void> {
  const settings = readSettings(process.env);
  const paint = paintFor(process.stdout);
  const isForPeople = process.stdout.isTTY && flags.json !== true;
  const level = readLogLevel(process.env);
  const logger = isForPeople ? createLogger(level, readable(paint)) : createLogger(level);
  exitWhenBroken(logger);

  let stopping = false;
  let requestStop = (): void => undefined;
  const stopRequested = new Promise<void>((resolve) => {
    requestStop = resolve;
  });
  onStopSignal(() => {
    stopping = true;
    logger.info('stopping');
    setTimeout(() => {
      logger.error(
        { limitMs: STOP_LIMIT_MS },
        'stopping took too long; what was under way is given back later',
      );
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    requestStop();
  });

  const { roles, migrate } = flags;
  // Loaded here: the other commands start without the service's libraries.
  const { startService } = await import('../compose.ts');
  const service = await startService({ settings, roles, migrate, logger });
  if (!stopping) {
    // On a shared database it is not known who reads this: `keys link` makes one for who has a key.
    const signIn = service.isOwn ? await service.signInUrl() : null;
    if (isForPeople) showService(service, signIn, paint);
    else printJson({ event: 'listening', ...addressesOf(service), adminKey: service.adminKey, signIn });
  }
  await stopRequested;
  await service.stop();
  logger.info('stopped');
  exitWith(0);
}

/** An error that nothing caught: the process is in no known state, so it ends, after one line. */
function exitWhenBroken(logger: Logger): void {
  process.prependListener('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'an unexpected failure ends the process');
    process.exit(1);
  });
}

function addressesOf({ url, addresses }: Service): { url: string | null; metrics: string | null } {
  return { url, metrics: addresses.metrics };
}

function showService(service: Service, signIn: string | null, paint: Paint): void {
  const { url, metrics } = addressesOf(service);
  print(paint('bold', `eNOTUM callbacks ${VERSION}`));
  if (url !== null) print(`  API                  ${paint('cyan', url)}  (${url}/openapi.json describes it)`);
  if (signIn !== null) {
    print(`  console              ${paint('cyan', signIn)}`);
    print('                       signs in once, within 10 minutes; later: enotum-callbacks keys link');
  }
  if (metrics !== null) print(`  health and metrics   ${paint('cyan', metrics)}`);
  if (service.adminKey !== null) {
    print(`  administrator's key  ${paint('yellow', service.adminKey)}`);
    print('                       shown this once: keep it, for example as ADMIN_KEY');
  }
  print(paint('dim', '  Ctrl-C stops it'));
}

function readRoles(text: string): Role[] {
  const names = text.split(',').map((name) => name.trim());
  const roles = ROLES.filter((role) => names.includes(role));
  if (roles.length === 0 || names.some((name) => !ROLES.some((role) => role === name))) {
    throw new InvalidArgumentError(`It must be a list of ${ROLES.join(', ')}.`);
  }
  return roles;
}

const LogLine = Type.Object(
  { level: Type.String(), time: Type.String(), msg: Type.Optional(Type.String()) },
  { additionalProperties: true },
);

const LEVEL_STYLES: Readonly<Record<string, Style>> = {
  fatal: ['bold', 'red'],
  error: 'red',
  warn: 'yellow',
  info: 'green',
};

/** Where log lines become lines for people: the hour, the level, the message, then the other members. */
function readable(paint: Paint): DestinationStream {
  return {
    write(text) {
      const parsed: unknown = JSON.parse(text);
      const { level, time, msg, ...members } = Value.Parse(LogLine, parsed);
      const rest = Object.entries(members).map(([name, value]) => `${name}=${inline(value)}`);
      const clock = shownInMadrid(Date.parse(time)).slice(11);
      const label = paint(LEVEL_STYLES[level] ?? 'dim', level.padEnd(5));
      print(
        `${paint('dim', clock)} ${label} ${oneLine(msg ?? '')} ${paint('dim', rest.join(' '))}`.trimEnd(),
      );
    },
  };
}

function inline(value: unknown): string {
  return typeof value === 'string' ? oneLine(value) : JSON.stringify(value);
}
