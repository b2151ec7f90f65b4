import type { AttemptResult, LoggedMessage } from '../../../domain/attempt.ts';
import { uuidV7 } from '../../../domain/uuid.ts';
import { writeReport40 } from '../../../soap/report-40.ts';
import type { Sender } from '../../ports.ts';
import type { Destination } from '../destination.ts';
import { sendReport } from '../send-report.ts';
import { CASE_IDS, caseReport, sendingsOf, type CaseId, type Issuer } from './cases.ts';

/** What became of one case. */
export interface CaseResult {
  readonly id: CaseId;
  /** `skipped`: not sent, as nothing could be judged by it. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** The answer that decided; null where nothing was sent. */
  readonly result: AttemptResult | null;
  /** The last request of the case, secrets masked; null where nothing was sent. */
  readonly request: LoggedMessage | null;
}

/**
 * Sends a web service the report of each case and judges its answers: a case has passed if each of its sendings was
 * acknowledged. Where the first one shows that the service cannot be reached, or is none, the others are skipped:
 * they would all say the same.
 */
export async function* runCheck(
  sender: Sender,
  destination: Destination,
  issuer: Issuer,
  signal: AbortSignal,
): AsyncGenerator<CaseResult> {
  let isHopeless = false;
  for (const [place, id] of CASE_IDS.entries()) {
    if (isHopeless) {
      yield { id, status: 'skipped', result: null, request: null };
      continue;
    }
    const judged = await runCase(sender, destination, issuer, id, signal);
    isHopeless = signal.aborted || (place === 0 && saysNothingOfReports(judged.result));
    yield judged;
  }
}

async function runCase(
  sender: Sender,
  destination: Destination,
  issuer: Issuer,
  id: CaseId,
  signal: AbortSignal,
): Promise<CaseResult & { readonly result: AttemptResult }> {
  const now = Date.now();
  const report = writeReport40(caseReport(id, issuer, now));
  const delivery = uuidV7(now, CASE_IDS.indexOf(id));
  for (let attempt = 1; ; attempt += 1) {
    const sending = sendReport(sender, destination, report, { delivery, attempt }, { onPhase, signal });
    const { result, body } = await sending;
    const isAcknowledged = result.outcome === 'acknowledged';
    if (isAcknowledged && attempt < sendingsOf(id)) continue;
    const request = { headers: result.requestHeaders, body };
    return { id, status: isAcknowledged ? 'passed' : 'failed', result, request };
  }
}

const onPhase = (): void => undefined;

/** Whether a failure is one of the address, the connection or the access, whatever was sent. */
function saysNothingOfReports({ outcome, httpStatus }: AttemptResult): boolean {
  if (outcome === 'http-error') return httpStatus !== null && httpStatus < 500;
  return (
    outcome === 'unreachable' ||
    outcome === 'unreadable' ||
    outcome === 'blocked' ||
    outcome === 'interrupted'
  );
}
