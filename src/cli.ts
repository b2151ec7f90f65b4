import { Command, CommanderError } from 'commander';
import { reportFailure } from './commands/failure.ts';
import { isBrokenPipe } from './commands/terminal.ts';
import { VERSION } from './version.ts';

type AddCommand = (program: Command) => void;

/** The commands in the order of the help, each in a file that is loaded when it is needed. */
const COMMANDS = new Map<string, () => Promise<AddCommand>>([
  ['serve', async () => (await import('./commands/serve.ts')).addServe],
  ['migrate', async () => (await import('./commands/migrate.ts')).addMigrate],
  ['import', async () => (await import('./commands/import/import.ts')).addImport],
  ['entities', async () => (await import('./commands/entities.ts')).addEntities],
  ['notifications', async () => (await import('./commands/notifications.ts')).addNotifications],
  ['deliveries', async () => (await import('./commands/deliveries.ts')).addDeliveries],
  ['resends', async () => (await import('./commands/resends.ts')).addResends],
  ['endpoints', async () => (await import('./commands/trouble.ts')).addEndpoints],
  ['events', async () => (await import('./commands/trouble.ts')).addEvents],
  ['keys', async () => (await import('./commands/keys.ts')).addKeys],
  ['receive', async () => (await import('./commands/receive.ts')).addReceive],
  ['check', async () => (await import('./commands/check/check.ts')).addCheck],
  ['demo', async () => (await import('./commands/demo/demo.ts')).addDemo],
]);

/** The command that the arguments name, or else all, for the help and for what is like a wrong name. */
async function loadCommands(name: string | undefined): Promise<AddCommand[]> {
  if (name === '--version') return [];
  const named = COMMANDS.get(name ?? '');
  return Promise.all(named === undefined ? [...COMMANDS.values()].map(async (load) => load()) : [named()]);
}

/** The program with these commands, each with its help. */
function buildProgram(commands: readonly AddCommand[]): Command {
  const program = new Command('enotum-callbacks')
    .description('Tells integrators of eNOTUM, by SOAP callback, that a notification was deposited or ended.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('--help', 'show this help')
    .exitOverride()
    // What is wrong is told below, in one line.
    .configureOutput({ writeErr: () => undefined })
    .addHelpText(
      'after',
      `
Examples:
  $ npm run demo                            watch callbacks happen, with nothing to set up
  $ enotum-callbacks serve                  run the service
  $ enotum-callbacks import changes.ndjson  send it state changes

enotum-callbacks <command> --help explains a command. Wrong use ends with exit code 2, a failure with 1.`,
    );
  for (const addCommand of commands) addCommand(program);
  return program;
}

function isJsonAsked(): boolean {
  return process.argv.includes('--json');
}

async function main(): Promise<void> {
  // Ten lines on standard error, on Node 20, about releases of the SDK that are not used here.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Whoever reads the output may have read enough: that is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!isBrokenPipe(error)) throw error;
    });
  }
  process.on('uncaughtException', (error) => {
    process.exit(reportFailure(error, isJsonAsked()));
  });
  try {
    await buildProgram(await loadCommands(process.argv[2])).parseAsync();
  } catch (error) {
    // Help and version end this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.exitCode = reportFailure(error, isJsonAsked());
  }
}

await main();
