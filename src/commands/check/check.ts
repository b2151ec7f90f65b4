import { Option, type Command } from 'commander';
import type { Issuer } from '../../delivery/probe/check/cases.ts';
import { runCheck, type CaseResult } from '../../delivery/probe/check/run.ts';
import type { Destination } from '../../delivery/probe/destination.ts';
import { createSender } from '../../delivery/post/sender.ts';
import { parseDuration } from '../../domain/duration.ts';
import {
  DEFAULT_ENDPOINT,
  DEFAULT_TIMEOUT_MS,
  MAX_TIMEOUT_MS,
  MIN_TIMEOUT_MS,
  SOAP_ACTION,
} from '../../domain/entity.ts';
import { CommandError } from '../../domain/errors.ts';
import { USER_AGENT } from '../../version.ts';
import { languageFor, withJson, withLanguage, type LanguageFlags, type OutputFlags } from '../options.ts';
import { readWhole } from '../read-whole.ts';
import { onStopSignal } from '../signals.ts';
import { paintFor, printJson } from '../terminal.ts';
import { readBasic } from './basic.ts';
import { CASE_TEXTS } from './case-texts.ts';
import { mendOf } from './mend.ts';
import { CheckPrinter, type Counts } from './print.ts';

interface CheckFlags extends OutputFlags, LanguageFlags {
  readonly soapVersion: '1.1' | '1.2';
  readonly wrapper: boolean;
  readonly soapAction: string;
  readonly timeout: string;
  readonly basic?: string;
  readonly ca?: string;
  readonly organisation: string;
  readonly department: string;
  readonly backOffice: string;
  readonly messages?: true;
}

/** Adds `check`. */
export function addCheck(program: Command): void {
  const command = program
    .command('check <url>')
    .description('send a web service invented reports of every kind and judge its answers, for homologation')
    .addOption(
      new Option('--soap-version <version>', 'of the envelope').choices(['1.1', '1.2']).default('1.1'),
    )
    .option('--no-wrapper', 'put the Report into the Body without clientRequestwithReturn')
    .option('--soap-action <uri>', 'may be empty', SOAP_ACTION)
    .option('--timeout <duration>', 'of each sending, 1s to 120s', `${DEFAULT_TIMEOUT_MS / 1_000}s`)
    .option('--basic <where>', 'HTTP Basic: env:NAME or file:PATH, where user:password stands')
    .option('--ca <file>', 'the CA of the server, PEM, in place of the public ones')
    .option('--organisation <code>', 'CodiOrganisme, where it must be a known one', '9900000001')
    .option('--department <code>', 'CodiDepartament, the same', '1')
    .option('--back-office <code>', 'BackOffice, the same', 'GESTEXP')
    .option('--messages', 'show what was sent and answered in each case that failed');
  withLanguage(withJson(command, 'print one JSON object a line'))
    .addHelpText(
      'after',
      `
All is invented, and Referencia says so. It needs no service, database or queue. Exit code 0 only if every case
passed.

Examples:
  $ enotum-callbacks receive &
  $ enotum-callbacks check http://127.0.0.1:8090/reports
  $ CREDENTIALS=user:password enotum-callbacks check https://test.example/reports --basic env:CREDENTIALS`,
    )
    .action(check);
}

async function check(url: string, flags: CheckFlags): Promise<void> {
  const destination = await destinationOf(url, flags);
  const issuer: Issuer = {
    organisation: flags.organisation,
    organisationName: 'Ajuntament Inventat',
    department: flags.department,
    departmentName: 'Secretaria',
    backOffice: flags.backOffice,
  };
  const sender = createSender({ allowPrivateEndpoints: true, userAgent: USER_AGENT });
  const stop = new AbortController();
  const stopListening = onStopSignal(() => stop.abort());
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const printer = new CheckPrinter({
    language: languageFor(flags),
    paint: paintFor(process.stdout),
    withMessages: flags.messages === true,
  });
  if (!flags.json) printer.head(url);
  try {
    let takesPlainest = false;
    for await (const result of runCheck(sender, destination, issuer, stop.signal)) {
      counts[result.status] += 1;
      const mend = mendOf(result, takesPlainest);
      if (flags.json) printJson(caseEvent(result, mend));
      else printer.case(result, mend);
      takesPlainest ||= result.status === 'passed';
    }
  } finally {
    stopListening();
    await sender.close();
  }
  if (flags.json) printJson({ event: 'summary', ...counts });
  else printer.summary(counts);
  if (counts.failed + counts.skipped > 0) process.exitCode = 1;
}

function caseEvent({ id, status, result, request }: CaseResult, mend: ReturnType<typeof mendOf>): object {
  return {
    event: 'case',
    case: id,
    name: CASE_TEXTS[id].name,
    status,
    outcome: result?.outcome ?? null,
    httpStatus: result?.httpStatus ?? null,
    errorCode: result?.errorCode ?? null,
    errorText: result?.errorText ?? null,
    durationMs: result?.durationMs ?? null,
    mend,
    ...(status === 'failed' ? { request, response: result?.response ?? null } : {}),
  };
}

async function destinationOf(url: string, flags: CheckFlags): Promise<Destination> {
  if (!isWebService(url)) {
    throw new CommandError('usage', 'the URL must be an http or https address without a user or fragment');
  }
  const timeoutMs = parseDuration(flags.timeout);
  if (timeoutMs === null || timeoutMs < MIN_TIMEOUT_MS || timeoutMs > MAX_TIMEOUT_MS) {
    throw new CommandError('usage', '--timeout must be a duration from 1s to 120s');
  }
  if (!/^[\u0021\u0023-\u005B\u005D-\u007E]*$/.test(flags.soapAction)) {
    throw new CommandError('usage', '--soap-action must be a URI');
  }
  const { soapVersion, wrapper, soapAction, basic, ca } = flags;
  const authentication =
    basic === undefined ? DEFAULT_ENDPOINT.authentication : await readBasic(basic, process.env);
  return {
    endpoint: {
      ...DEFAULT_ENDPOINT,
      url,
      timeoutMs,
      authentication,
      tls: { ...DEFAULT_ENDPOINT.tls, ca: ca === undefined ? null : (await readWhole(ca)).toString('utf8') },
      envelope: { soapVersion, wrapper, soapAction },
    },
    security: { type: 'none' },
  };
}

function isWebService(text: string): boolean {
  if (/[\s#]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
