import { setTimeout as delay } from 'node:timers/promises';

/** How long a part may take to answer, in milliseconds: whoever asks has a time limit, too. */
const CHECK_LIMIT_MS = 900;

/**
 * Bounds a check's time. A check that hangs goes on in the background and is joined by whoever asks next, so
 * that however often this is asked, one check at most is under way.
 *
 * @param away the answer where the part gives none, or throws
 */
export function timeLimited<State>(check: () => Promise<State>, away: State): () => Promise<State> {
  let running: Promise<State> | null = null;
  async function run(): Promise<State> {
    try {
      return await check();
    } catch {
      return away;
    } finally {
      running = null;
    }
  }
  return async () => {
    running ??= run();
    const patience = new AbortController();
    const late = delay(CHECK_LIMIT_MS, away, { signal: patience.signal }).catch(() => away);
    const answer = await Promise.race([running, late]);
    patience.abort();
    return answer;
  };
}
