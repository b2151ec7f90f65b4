import type { AttemptResult } from '../../domain/attempt.ts';
import { writeAttempt, type AttemptName } from '../attempt-request.ts';
import type { Sender } from '../ports.ts';
import { maskSecrets } from '../post/mask.ts';
import type { Destination } from './destination.ts';
import { PhaseClock, type Phase, type PhaseTimes } from './phases.ts';

/** A report that was sent for trial, and what became of it. */
export interface SentReport {
  readonly result: AttemptResult;
  readonly phases: PhaseTimes;
  /** The message, secrets masked. */
  readonly body: string;
}

/**
 * Sends a report as an attempt of a delivery would be sent, with nothing written down.
 *
 * @param report the Report element of message version 4.0; what it says the endpoint's message version can say
 */
export async function sendReport(
  sender: Sender,
  { endpoint, security }: Destination,
  report: string,
  name: AttemptName,
  options: { readonly onPhase: (phase: Phase, ms: number) => void; readonly signal: AbortSignal },
): Promise<SentReport> {
  const written = await writeAttempt(report, endpoint, security, name, Date.now());
  if ('inexpressible' in written) {
    throw new Error(
      `message version ${endpoint.messageVersion} cannot express ${written.inexpressible.join('; ')}`,
    );
  }
  const { body, headers, secrets } = written;
  const clock = new PhaseClock(options.onPhase, performance.now());
  const result = await sender.send(
    {
      endpoint,
      body,
      headers,
      secrets,
      timeoutMs: endpoint.timeoutMs,
      // No lease bounds it: only its own time does.
      writeBefore: Number.POSITIVE_INFINITY,
      onStep: (step) => clock.step(step, performance.now()),
    },
    options.signal,
  );
  return { result, phases: clock.end(performance.now()), body: maskSecrets(body.toString('utf8'), secrets) };
}
