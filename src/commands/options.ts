import { InvalidArgumentError, Option, type Command } from 'commander';
import { readSettings } from '../config.ts';
import { CommandError } from '../domain/errors.ts';
import { createClient, type ServiceClient } from './client.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { languageOf } from './texts.ts';

/** What every command takes. */
export interface OutputFlags {
  /** Whether the output is JSON. */
  readonly json?: true;
}

/** What commands take that talk to a running service. */
export interface ServiceFlags extends OutputFlags {
  readonly url?: string;
  readonly key?: string;
}

/** RFC 6750, 2.1: b64token. Anything else could not be sent. */
const KEY = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Adds `--json` to a command. */
export function withJson(command: Command, what: string): Command {
  return command.option('--json', what);
}

/** Adds `--url` and `--key` to a command, and `--json`. */
export function withService(command: Command, json = 'print JSON instead of text'): Command {
  return withJson(
    command
      .option('--url <url>', 'where the service listens (default: HOST and PORT, else http://127.0.0.1:8080)')
      .option('--key <key>', 'an API key (default: ADMIN_KEY, which other users of the machine cannot see)'),
    json,
  );
}

/** The service that the options, or else the environment, name. */
export function clientOf(
  flags: ServiceFlags,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ServiceClient {
  const key = flags.key ?? ((env.ADMIN_KEY ?? '').trim() || null);
  if (key !== null && !KEY.test(key)) throw new CommandError('usage', 'the key is not one that can be sent');
  return createClient(baseUrl(flags.url, env), key);
}

function baseUrl(given: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  if (given === undefined) {
    const { host, port } = readSettings({ HOST: env.HOST, PORT: env.PORT });
    return `http://${reachable(host)}:${port}`;
  }
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new CommandError('usage', '--url must be an http or https address without a user in it');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** A host to connect to, from one to listen on: "every interface" is reached on the loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Reads an option that is a whole number. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,9}$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** What commands take that speak to people. */
export interface LanguageFlags {
  readonly lang?: Language;
}

/** Adds `--lang` to a command. */
export function withLanguage(command: Command): Command {
  return command.addOption(
    new Option('--lang <language>', 'what it says is in this language (default: LANG, else ca)').choices(
      LANGUAGES,
    ),
  );
}

/** The language that the option, or else the environment, asks for. */
export function languageFor({ lang }: LanguageFlags): Language {
  return lang ?? languageOf(process.env);
}
