import type { Command } from 'commander';
import { Type } from 'typebox';
import { KEY_TEXTS } from './keys-texts.ts';
import {
  clientOf,
  languageFor,
  withLanguage,
  withService,
  type LanguageFlags,
  type ServiceFlags,
} from './options.ts';
import { shownTime } from './outcome-style.ts';
import { paintFor, print, printJson } from './terminal.ts';

interface LinkFlags extends ServiceFlags, LanguageFlags {}

const Link = Type.Object({ path: Type.String(), expiresAt: Type.String() });

/** Adds `keys link`. */
export function addSignInLink(keys: Command): void {
  withLanguage(
    withService(
      keys.command('link').description('make an address that signs in to the web console once, as this key'),
    ),
  )
    .addHelpText(
      'after',
      `
It is for whoever has the key, and works for 10 minutes.

Examples:
  $ enotum-callbacks keys link --url https://callbacks.example`,
    )
    .action(makeLink);
}

async function makeLink(flags: LinkFlags): Promise<void> {
  const client = clientOf(flags);
  const { path, expiresAt } = await client.call(Link, { method: 'POST', path: '/v1/session/links' });
  const url = `${client.url}/${path}`;
  if (flags.json) {
    printJson({ url, expiresAt });
    return;
  }
  print(paintFor(process.stdout)('cyan', url));
  print(KEY_TEXTS[languageFor(flags)].signsInOnce(shownTime(expiresAt) ?? expiresAt));
}
