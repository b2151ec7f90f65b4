import type { Command } from 'commander';
import { readSettings } from '../config.ts';
import { createLogger } from '../log.ts';
import { withJson, type OutputFlags } from './options.ts';
import { print, printJson } from './terminal.ts';

/** Adds `migrate`. */
export function addMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .description('bring the database to this version and end; serve does it too unless --no-migrate');
  withJson(command, 'print one JSON object: {"applied":[…]}')
    .addHelpText(
      'after',
      `
The database is that of DATABASE_URL, or else the service's own in DATA_DIR. Each file is applied in a
transaction of its own; repeating it changes nothing.

Examples:
  $ enotum-callbacks migrate
  $ DATABASE_URL=postgres://… SECRETS_KEY=… enotum-callbacks migrate --json`,
    )
    .action(async ({ json }: OutputFlags) => {
      const { withDatabase } = await import('../open-database.ts');
      const { migrate } = await import('../store/migrate.ts');
      const applied = await withDatabase(readSettings(process.env), createLogger('silent'), migrate);
      if (json) {
        printJson({ applied });
        return;
      }
      for (const file of applied) print(`applied ${file}`);
      print(
        applied.length === 0
          ? 'The database was at this version already.'
          : 'The database is at this version.',
      );
    });
}
