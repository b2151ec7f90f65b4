import { Readable } from 'node:stream';
import { ProblemError, type RecoverErrorCode } from '../../domain/errors.ts';
import { isInScope, type Caller } from '../../domain/key.ts';
import type { RecoveryRequest } from '../../domain/recovery.ts';
import { recoverFrame, writeRecoverError, type ErrorSubject } from '../../soap/recover-answer.ts';
import type { SoapVersion } from '../../soap/recover-fault.ts';
import { writeReportItem40 } from '../../soap/report-40.ts';
import { isOrdinaryDay } from '../../soap/xs-date.ts';
import type { Database } from '../../store/database.ts';
import { recordPull, type PullRow } from '../../store/pulls.ts';
import { findIssuer, type Issuer } from '../../store/recovered.ts';
import { CHUNK, findReport, type FoundReport } from './find-report.ts';
import { Slots } from '../slots.ts';

/** Days that are answered at once, in all and of one key: what an answer holds, so many times, is the most. */
const MAX_DAYS = 8;
const MAX_DAYS_OF_KEY = 2;
/** How long a client may take for its answer, in milliseconds: a slow one must not hold a slot for ever. */
const ANSWER_LIMIT_MS = 300_000;

/** Answers a request of RecuperarReport: a whole message, or one that is sent as it is read. */
export type Recover = (
  caller: Caller,
  soapVersion: SoapVersion,
  request: RecoveryRequest,
) => Promise<string | Readable>;

/** What of a pull's row is known at its end. */
type PullEnd = Pick<PullRow, 'outcome' | 'notifications'> &
  Partial<Pick<PullRow, 'notification' | 'state' | 'errorCode' | 'errorText'>>;

/**
 * Makes the pull operation. Each pull of an entity that the caller may know of leaves a row in the communications
 * log: before the end of its answer is sent, so that no report is read whole without one.
 */
export function createRecover(db: Database): Recover {
  const days = new Slots(MAX_DAYS, MAX_DAYS_OF_KEY);

  return async function recover(caller, soapVersion, request) {
    const begun = performance.now();
    const { entity, wanted } = request;
    const issuer = isInScope(caller.scope, entity) ? await findIssuer(db, entity) : null;
    if (issuer === null) return refuse(soapVersion, request, 504, 'There is no such entity.');
    const log = logOf(db, issuer, request, begun);
    const free = 'date' in wanted ? days.take(caller.id) : () => undefined;
    if (free === null) throw new ProblemError('busy', 'Too many reports of a day are being sent now.');
    let isStreaming = false;
    try {
      const found = await findReport(db, caller, issuer, request);
      if ('code' in found) {
        const { code, text, notification } = found;
        const end = { outcome: 'refused', notifications: null, notification } as const;
        await log({ ...end, errorCode: `recover-${code}`, errorText: text });
        return refuse(soapVersion, request, code, text);
      }
      if (found.count <= CHUNK) return await gather(writeAnswer(soapVersion, found, log));
      isStreaming = true;
      return stream(soapVersion, found, log, free);
    } finally {
      if (!isStreaming) free();
    }
  };
}

function refuse(
  soapVersion: SoapVersion,
  { entity, backOffice, wanted }: RecoveryRequest,
  code: RecoverErrorCode,
  text: string,
): string {
  const subject: ErrorSubject | null =
    'notification' in wanted ? { ...entity, backOffice, notification: wanted.notification } : null;
  return writeRecoverError(soapVersion, code, text, subject);
}

/** Writes the pull's row when it is told of its end; once, whatever it is told then. */
function logOf(
  db: Database,
  issuer: Issuer,
  { wanted }: RecoveryRequest,
  begun: number,
): (end: PullEnd) => Promise<void> {
  const day = 'date' in wanted && isOrdinaryDay(wanted.date) ? wanted.date : null;
  let isLogged = false;
  return async (end) => {
    if (isLogged) return;
    isLogged = true;
    try {
      await recordPull(db, {
        entity: issuer,
        notification: null,
        state: null,
        day,
        startedAt: issuer.now,
        durationMs: Math.round(performance.now() - begun),
        httpStatus: 200,
        errorCode: null,
        errorText: null,
        ...end,
      });
    } catch (error) {
      isLogged = false;
      throw error;
    }
  };
}

async function* writeAnswer(
  soapVersion: SoapVersion,
  { report, items, about, count }: FoundReport,
  log: (end: PullEnd) => Promise<void>,
): AsyncGenerator<string> {
  const { opening, closing } = recoverFrame(soapVersion, report);
  yield opening;
  for await (const some of items()) yield some.map(writeReportItem40).join('');
  await log({ outcome: 'answered', notifications: count, ...about });
  yield closing;
}

async function gather(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Sends an answer as it is read: whoever reads slowly slows the reading down. */
function stream(
  soapVersion: SoapVersion,
  found: FoundReport,
  log: (end: PullEnd) => Promise<void>,
  free: () => void,
): Readable {
  const answer = Readable.from(writeAnswer(soapVersion, found, log), { objectMode: false });
  const limit = setTimeout(() => answer.destroy(new Error('the client took too long')), ANSWER_LIMIT_MS);
  answer.once('close', () => {
    clearTimeout(limit);
    free();
    if (answer.readableEnded) return;
    const text = 'The client went away, or something failed, before the whole report was sent.';
    void log({
      outcome: 'interrupted',
      notifications: null,
      errorCode: 'recover-cut-off',
      errorText: text,
    }).catch(() => undefined);
  });
  return answer;
}
