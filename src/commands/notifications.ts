import { Option, type Command } from 'commander';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { MESSAGE_VERSIONS } from '../domain/report.ts';
import { STATES } from '../domain/state.ts';
import { clientOf, withLanguage, withService, type ServiceFlags } from './options.ts';
import { showStory } from './story.ts';
import { formatFacts } from './facts.ts';
import { oneLine, paintFor, print, printJson } from './terminal.ts';
import { xmlLines } from './xml-lines.ts';

interface PreviewFlags extends ServiceFlags {
  readonly state?: string;
  readonly messageVersion?: string;
  readonly body?: true;
}

/** What a preview answers that is shown. */
const Preview = Type.Object({
  url: Type.String(),
  method: Type.String(),
  headers: Type.Record(Type.String(), Type.String()),
  body: Type.String(),
});

/** Adds `notifications` and its commands. */
export function addNotifications(program: Command): void {
  const notifications = program
    .command('notifications')
    .description('the notifications that a running service knows, and what it tells of them')
    .addHelpText(
      'after',
      `
Examples:
  $ enotum-callbacks notifications show 900000000001
  $ enotum-callbacks notifications preview 900000000001
  $ enotum-callbacks notifications preview 900000000001 --state DIPOSITADA --body | xmllint --format -`,
    );
  withLanguage(
    withService(
      notifications
        .command('show <id>')
        .description('tell its life: what was sent, what was answered, what comes next'),
    ),
  ).action(showStory);
  withService(
    notifications
      .command('preview <id>')
      .description('show the request that would tell its state now, without sending it; secrets are masked')
      .addOption(
        new Option('--state <state>', 'the state to tell (default: the present one)').choices(STATES),
      )
      .addOption(
        new Option(
          '--message-version <version>',
          'the message version to write it in (default: the configuration’s)',
        ).choices(MESSAGE_VERSIONS),
      )
      .option('--body', 'print the message alone, as it is'),
  ).action(preview);
}

async function preview(id: string, { state, messageVersion, body, ...flags }: PreviewFlags): Promise<void> {
  const answer = await clientOf(flags).call(Type.Unknown(), {
    method: 'GET',
    path: `/v1/notifications/${encodeURIComponent(id)}/preview`,
    query: { state, version: messageVersion },
  });
  if (flags.json) {
    printJson(answer);
    return;
  }
  const shown = Value.Parse(Preview, answer);
  if (body === true) {
    print(shown.body);
    return;
  }
  const paint = paintFor(process.stdout);
  print(`${paint('bold', shown.method)} ${oneLine(shown.url)}`);
  for (const line of formatFacts(Object.entries(shown.headers), paint)) print(line);
  print('');
  print(xmlLines(shown.body));
}
