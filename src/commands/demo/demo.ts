import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_SETTINGS, ROLES, type Settings } from '../../config.ts';
import { createLogger } from '../../log.ts';
import { startReceiver } from '../../receiver/receiver.ts';
import { createClient } from '../client.ts';
import { languageFor, withJson, withLanguage, type LanguageFlags, type OutputFlags } from '../options.ts';
import { unreadable } from '../read-whole.ts';
import { exitWith, isBrokenPipe, paintFor, print, printJson, widthOf } from '../terminal.ts';
import { isSuccess, type DemoEvent } from './events.ts';
import { FinishedDeliveries } from './finished.ts';
import { isRefusedFirst, Narrator, runLives } from './run.ts';
import { settleNeighbours } from './neighbours.ts';
import { linesOf } from './screen.ts';
import { isOfTrickle, trickle } from './trickle.ts';

interface DemoFlags extends OutputFlags, LanguageFlags {
  readonly exit?: true;
}

/** Retries at a pace that can be watched, in milliseconds. */
const RETRY_DELAYS_MS = [400, 800, 1_600, 2_000, 2_000, 2_000];

/** How long people look at what was before the next change comes, in milliseconds. */
const PACE_MS = 300;

/** Adds `demo`. */
export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description(
      'watch callbacks happen: a service, a receiver and invented notifications, all in a temporary folder',
    )
    .option('--exit', 'end by itself; exit code 0 only if every callback was acknowledged');
  withLanguage(withJson(command, 'print one JSON object a line; the last of --exit is the summary'))
    .addHelpText(
      'after',
      `
Nothing has to be set up, and nothing stays behind. Without --exit it stays up, to be tried, until Ctrl-C; meanwhile
a few invented changes a minute go on in the console.

Examples:
  $ npm run demo
  $ npm run demo -- --exit --json`,
    )
    .action(demo);
}

async function demo(flags: DemoFlags): Promise<void> {
  const stop = stopRequest();
  const show = flags.json ? printJson : showToPeople(flags);
  const cleanups: (() => Promise<void>)[] = [];
  let code = 1;
  try {
    code = await perform(flags, show, cleanups, stop);
  } catch (error) {
    // Being stopped is what was asked for.
    if (!stop.aborted) throw error;
    code = 0;
  } finally {
    for (const cleanUp of cleanups.toReversed()) await cleanUp();
  }
  exitWith(code);
}

/** Starts everything, runs the lives, and stays up unless `--exit`; answers the exit code. */
async function perform(
  flags: DemoFlags,
  show: (event: DemoEvent) => void,
  cleanups: (() => Promise<void>)[],
  stop: AbortSignal,
): Promise<number> {
  const startedAt = performance.now();
  show({ event: 'starting' });
  const dataDir = await temporaryFolder();
  cleanups.push(async () => rm(dataDir, { recursive: true, force: true }));

  const narrator = new Narrator(show);
  const finished = new FinishedDeliveries();
  const refused = new Set<string>();
  const receiver = await startReceiver({
    behave: (report) => {
      const first = report.items.some(
        ({ notification: { id }, state }) => isRefusedFirst(id, state) && !refused.has(id),
      );
      for (const { notification } of report.items) refused.add(notification.id);
      return first ? 'refuse' : 'acknowledge';
    },
    onRequest: (request) => {
      const isQuiet = request.report?.items.some(({ notification }) => isOfTrickle(notification.id));
      if (isQuiet !== true) narrator.received(request);
    },
  });
  cleanups.push(async () => receiver.close());

  const { startService } = await import('../../compose.ts');
  const service = await startService({
    settings: await demoSettings(dataDir, flags.exit === true),
    roles: ROLES,
    migrate: true,
    logger: createLogger('silent'),
    onAttempt: (event) => {
      if (!isOfTrickle(event.notification)) narrator.attempt(event);
      finished.note(event.delivery, event.status);
    },
  });
  cleanups.push(async () => service.stop());
  stop.throwIfAborted();

  const api = service.url ?? '';
  const adminKey = service.adminKey ?? '';
  const durationMs = Math.round(performance.now() - startedAt);
  show({ event: 'started', api, receiver: receiver.url, durationMs });
  const signInUrl = await service.signInUrl();
  if (signInUrl !== null) show({ event: 'sign-in', url: signInUrl });
  const client = createClient(api, adminKey);
  const isWatched = process.stdout.isTTY && !flags.json && !flags.exit;
  const summary = await runLives({
    client,
    receiverUrl: receiver.url,
    narrator,
    finished,
    paceMs: isWatched ? PACE_MS : 0,
    signal: stop,
  });
  show(summary);
  if (flags.exit) return isSuccess(summary) ? 0 : 1;
  show({ event: 'ready', api, receiver: receiver.url, adminKey });
  stop.throwIfAborted();
  await settleNeighbours(client, cleanups, stop);
  await trickle(client, stop);
  if (!stop.aborted) await once(stop, 'abort');
  return 0;
}

async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'enotum-demo-'));
  } catch (error) {
    throw unreadable(tmpdir(), error);
  }
}

/** Everything embedded, on a free port where the usual one is taken or the demo is short. */
async function demoSettings(dataDir: string, isShort: boolean): Promise<Settings> {
  const { host, port } = DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    dataDir,
    port: !isShort && (await isFree(host, port)) ? port : 0,
    retrySchedule: RETRY_DELAYS_MS,
    allowPrivateEndpoints: true,
  };
}

async function isFree(host: string, port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}

function showToPeople(flags: DemoFlags): (event: DemoEvent) => void {
  const language = languageFor(flags);
  const screen = { language, paint: paintFor(process.stdout), width: widthOf(process.stdout) };
  return (event) => {
    for (const line of linesOf(event, screen)) print(line);
  };
}

/**
 * Asked to stop: by a signal, a terminal that is closed, or an output that nobody reads. However often, what was
 * started is stopped and removed.
 */
function stopRequest(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  process.stdout.on('error', (error) => {
    if (isBrokenPipe(error)) stop.abort();
  });
  return stop.signal;
}
