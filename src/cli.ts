import { Command, CommanderError } from 'commander';
import { addCheck } from './commands/check/check.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addDemo } from './commands/demo/demo.ts';
import { addEntities } from './commands/entities.ts';
import { reportFailure } from './commands/failure.ts';
import { addImport } from './commands/import/import.ts';
import { addKeys } from './commands/keys.ts';
import { addMigrate } from './commands/migrate.ts';
import { addNotifications } from './commands/notifications.ts';
import { addReceive } from './commands/receive.ts';
import { addResends } from './commands/resends.ts';
import { addServe } from './commands/serve.ts';
import { addEndpoints, addEvents } from './commands/trouble.ts';
import { isBrokenPipe } from './commands/terminal.ts';
import { VERSION } from './version.ts';

/** The commands, each with its help. */
function buildProgram(): Command {
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
  const add = [
    addServe,
    addMigrate,
    addImport,
    addEntities,
    addNotifications,
    addDeliveries,
    addResends,
    addEndpoints,
    addEvents,
    addKeys,
    addReceive,
    addCheck,
    addDemo,
  ];
  for (const addCommand of add) addCommand(program);
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
    await buildProgram().parseAsync();
  } catch (error) {
    // Help and version end this way, too.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.exitCode = reportFailure(error, isJsonAsked());
  }
}

await main();
