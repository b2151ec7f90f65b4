import type { Command } from 'commander';
import { readSettings } from '../config.ts';
import { CommandError } from '../domain/errors.ts';
import { createLogger } from '../log.ts';
import type { RotationProgress } from '../store/secrets-rotation.ts';
import { KEY_TEXTS } from './keys-texts.ts';
import { languageFor, withJson, withLanguage, type LanguageFlags, type OutputFlags } from './options.ts';
import { INTERRUPTED, onStopSignal } from './signals.ts';
import { print, printJson, tell } from './terminal.ts';

/** How often progress is told, in milliseconds. */
const TELL_EVERY_MS = 500;

interface Flags extends OutputFlags, LanguageFlags {}

/** Adds `keys rotate-secrets`. */
export function addRotateSecrets(keys: Command): void {
  const command = keys
    .command('rotate-secrets')
    .description('seal all stored secrets with a new SECRETS_KEY, while the service runs');
  withLanguage(withJson(command, 'print one JSON object: {"sealed":n,"total":n}'))
    .addHelpText(
      'after',
      `
It works on the database of DATABASE_URL, with the new key in SECRETS_KEY and the old one in SECRETS_KEY_PREVIOUS.
Every process of the service is started with both before, and with the new one alone afterwards. It may be
interrupted and repeated.

Examples:
  $ DATABASE_URL=postgres://… SECRETS_KEY=… SECRETS_KEY_PREVIOUS=… enotum-callbacks keys rotate-secrets`,
    )
    .action(rotate);
}

async function rotate(flags: Flags): Promise<void> {
  const texts = KEY_TEXTS[languageFor(flags)];
  const settings = readSettings(process.env);
  const { secretsKey, secretsKeyPrevious } = settings;
  if (secretsKey === null) throw new CommandError('secrets-key-required', 'SECRETS_KEY is not set');
  const { withDatabase } = await import('../open-database.ts');
  const { assertMigrated } = await import('../store/migrate.ts');
  const { rotateSecrets } = await import('../store/secrets-rotation.ts');
  const { Sealer } = await import('../store/secrets.ts');

  const interruption = new AbortController();
  const ignoreSignals = onStopSignal(() => interruption.abort());
  let progress: RotationProgress = { total: 0, done: 0 };
  let toldAt = 0;
  const note = (now: RotationProgress): void => {
    progress = now;
    if (flags.json || performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    tell(texts.rotating(now.done, now.total));
  };
  try {
    const sealed = await withDatabase(settings, createLogger('silent'), async (db) => {
      await assertMigrated(db);
      return rotateSecrets(db, new Sealer(secretsKey, secretsKeyPrevious), note, interruption.signal);
    });
    if (flags.json) printJson({ sealed, total: progress.total });
    else print(texts.rotated(sealed, progress.total));
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    tell(texts.rotationInterrupted(progress.done, progress.total));
    process.exitCode = INTERRUPTED;
  } finally {
    ignoreSignals();
  }
}
