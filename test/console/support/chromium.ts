import { launchChromium, type TestBrowser } from '../../support/chromium.ts';

/** Starts a browser for the console's tests; null where this machine cannot run it, which is said loudly. */
export async function startChromium(): Promise<TestBrowser | null> {
  try {
    return await launchChromium();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    process.stderr.write(
      `\n!!! THE TESTS OF THE CONSOLE ARE SKIPPED: Chromium cannot start here: ${reason}\n\n`,
    );
    return null;
  }
}
