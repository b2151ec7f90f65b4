import { Type, type Static } from 'typebox';
import type { ServiceClient } from './client.ts';
import { clientOf, languageFor, type LanguageFlags, type ServiceFlags } from './options.ts';
import { shownTime } from './outcome-style.ts';
import { paintFor, print, printJson } from './terminal.ts';

const Story = Type.Object({
  sentence: Type.String(),
  items: Type.Array(
    Type.Object({
      at: Type.Union([Type.String(), Type.Null()]),
      kind: Type.String(),
      sentence: Type.String(),
      advice: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});

/** Reads a story, in the language of the flags or else of the environment. */
export async function readStory(
  client: ServiceClient,
  path: string,
  flags: LanguageFlags,
): Promise<Static<typeof Story>> {
  return client.call(Story, { method: 'GET', path: `${path}/story`, query: { lang: languageFor(flags) } });
}

/** Shows the story of a notification: the whole in a sentence, then what happened, line by line. */
export async function showStory(id: string, flags: ServiceFlags & LanguageFlags): Promise<void> {
  const client = clientOf(flags);
  const path = `/v1/notifications/${encodeURIComponent(id)}`;
  if (flags.json) {
    const query = { lang: languageFor(flags) };
    printJson(await client.call(Type.Unknown(), { method: 'GET', path: `${path}/story`, query }));
    return;
  }
  const { sentence, items } = await readStory(client, path, flags);
  const paint = paintFor(process.stdout);
  print(`${paint('bold', sentence)}\n`);
  for (const { at, kind, sentence: told, advice } of items) {
    const time = kind === 'next' ? '→' : (shownTime(at) ?? '');
    print(`${paint('dim', time.padEnd(TIME_WIDTH))}  ${told}`);
    if (advice !== null) print(`${' '.repeat(TIME_WIDTH)}  ${paint('dim', advice)}`);
  }
}

/** Of an instant as it is shown. */
const TIME_WIDTH = 19;
