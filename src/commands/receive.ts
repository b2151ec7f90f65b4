import { shownInMadrid } from '../domain/instant.ts';
import { once } from 'node:events';
import { Option, type Command } from 'commander';
import type { Report } from '../domain/report.ts';
import { describeReport } from '../receiver/describe.ts';
import { BEHAVIOURS, failFirst, startReceiver, type Behaviour, type Receiver } from '../receiver/receiver.ts';
import {
  languageFor,
  wholeNumber,
  withJson,
  withLanguage,
  type LanguageFlags,
  type OutputFlags,
} from './options.ts';
import { onStopSignal } from './signals.ts';
import { exitWith, isBrokenPipe, paintFor, print, printJson, type Paint } from './terminal.ts';
import { TEXTS, type Texts } from './texts.ts';

interface ReceiveFlags extends OutputFlags, LanguageFlags {
  readonly port: number;
  readonly host: string;
  readonly fail?: Behaviour;
  readonly times?: number;
}

type ReceivedRequest = Receiver['received'][number];

const DEFAULT_PORT = 8090;

/** Adds `receive`. */
export function addReceive(program: Command): void {
  const failures = BEHAVIOURS.filter((behaviour) => behaviour !== 'acknowledge');
  const command = program
    .command('receive')
    .description('an integrator’s receiver for local work: prints and checks each report, and answers it')
    .option('--port <port>', 'where it listens; 0 is any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--host <host>', 'the interface', '127.0.0.1')
    .addOption(new Option('--fail <how>', 'answer reports in this way').choices(failures))
    .option('--times <n>', 'only the first n of them, then acknowledge', wholeNumber(1, 1_000_000));
  withLanguage(withJson(command, 'print one JSON object a line'))
    .addHelpText(
      'after',
      `
It prints who is told what, and nothing personal. A service sends to it if it was started with
ALLOW_PRIVATE_ENDPOINTS=true.

Examples:
  $ enotum-callbacks receive
  $ enotum-callbacks receive --fail refuse --times 2`,
    )
    .action(receive);
}

async function receive(flags: ReceiveFlags): Promise<void> {
  const { host, port, fail, times = Number.POSITIVE_INFINITY, json } = flags;
  const texts = TEXTS[languageFor(flags)];
  const paint = paintFor(process.stdout);
  const stop = new AbortController();
  onStopSignal(() => stop.abort());
  process.stdout.on('error', (error) => {
    if (isBrokenPipe(error)) stop.abort();
  });
  const receiver = await startReceiver({
    host,
    port,
    behave: fail === undefined ? () => 'acknowledge' : failFirst(fail, times),
    onRequest: (request) => {
      if (json) printJson({ event: 'request', ...factsOf(request) });
      else print(describeRequest(request, texts, paint));
    },
  });
  if (json) printJson({ event: 'listening', url: receiver.url });
  else print(`${texts.listening(paint('cyan', receiver.url))} ${paint('dim', '(Ctrl-C)')}`);

  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await receiver.close();
  exitWith(0);
}

/** A request without what is personal. */
function factsOf({ idempotencyKey, attempt, report, problem, repeated, behaviour }: ReceivedRequest) {
  return {
    delivery: idempotencyKey,
    attempt,
    repeated,
    problem,
    answer: behaviour,
    ...(report === null ? {} : factsOfReport(report)),
  };
}

function factsOfReport({ kind, issuer, date, items }: Report) {
  return {
    kind,
    organisation: issuer.organisation,
    department: issuer.department,
    backOffice: issuer.backOffice,
    date,
    items: items.map(({ state, occurredAt, notification }) => ({
      notification: notification.id,
      state,
      occurredAt,
    })),
  };
}

function describeRequest(request: ReceivedRequest, texts: Texts, paint: Paint): string {
  const { attempt, report, problem, repeated, behaviour } = request;
  const clock = paint('dim', shownInMadrid(Date.now()).slice(11));
  const number = attempt === null ? '' : `${texts.attempt(attempt)}  `;
  const what = report === null ? paint('red', problem ?? '') : describeReport(report);
  const answer = paint(behaviour === 'acknowledge' ? 'green' : 'yellow', texts.behaviours[behaviour]);
  const again = repeated ? paint('dim', ` (${texts.repeated})`) : '';
  return `${clock}  ${number}${what}  ${texts.answers}: ${answer}${again}`;
}
