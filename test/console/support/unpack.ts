import { unpackChromium } from '../../support/chromium-program.ts';

/** Once for all files of journeys; where it cannot be done, each of them says so and is skipped. */
export default async function unpackBrowser(): Promise<void> {
  await unpackChromium().catch(() => undefined);
}
