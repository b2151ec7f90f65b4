import type { Command } from 'commander';
import { Type, type Static } from 'typebox';
import { clientOf, withService, type ServiceFlags } from './options.ts';
import { print, printJson } from './terminal.ts';

interface RetryFlags extends ServiceFlags {
  readonly backOffice?: string;
}

/** How long the service may take: with a hundred thousand that wait, some ten seconds. */
const TIMEOUT_MS = 300_000;

const Retried = Type.Object({
  broughtForward: Type.Integer(),
  notBefore: Type.Integer(),
  probes: Type.Integer(),
});

/** Adds `entities retry`. */
export function addEntityRetry(
  entities: Command,
  pathOf: (organisation: string, department: string) => string,
): void {
  withService(
    entities
      .command('retry <organisation> <department>')
      .description('send now, in order, what waits to be retried: for an endpoint that was mended')
      .option('--back-office <code>', 'only what is sent of this back office'),
  )
    .addHelpText(
      'after',
      `
What is paused, suspended or lacks its configuration waits on, and nothing goes before the instant that a
Retry-After asks for. Attempts count as ever.

Example:
  $ enotum-callbacks entities retry 9900000001 1`,
    )
    .action(async (organisation: string, department: string, { backOffice, ...flags }: RetryFlags) => {
      const body = backOffice === undefined ? {} : { backOffice };
      const answer = await clientOf(flags).call(Retried, {
        method: 'POST',
        path: `${pathOf(organisation, department)}/retry`,
        body: JSON.stringify(body),
        timeoutMs: TIMEOUT_MS,
      });
      if (flags.json) printJson(answer);
      else for (const line of sentencesOf(answer)) print(line);
    });
}

function sentencesOf({ broughtForward, notBefore, probes }: Static<typeof Retried>): string[] {
  const going =
    broughtForward === 1 ? '1 delivery goes out now.' : `${broughtForward} deliveries go out now, in order.`;
  return [
    broughtForward === 0 ? 'Nothing waits for a retry that could go out now.' : going,
    ...(probes > 0
      ? ['Its server is only probed: one delivery is tried now, the rest once it is answered.']
      : []),
    ...(notBefore > 0 ? [`${notBefore} wait until the instant that a Retry-After asks for.`] : []),
  ];
}
