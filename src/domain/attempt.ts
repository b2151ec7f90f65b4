import type { ReportKind } from './report.ts';

/** How an attempt ended. A failure of the outside world is data, never an exception. */
export const OUTCOMES = [
  'acknowledged',
  'refused',
  'faulted',
  'unreadable',
  'http-error',
  'unreachable',
  'blocked',
  'interrupted',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How a row of the communications log ended: an attempt's outcome, or `answered`: a pull that got its report. */
export const LOGGED_OUTCOMES = [...OUTCOMES, 'answered'] as const;
export type LoggedOutcome = (typeof LOGGED_OUTCOMES)[number];

/** The phases of eNOTUM's processing that send reports, as the communications log names them. */
export type Phase = 'FASE_REPORT_ONLINE' | 'FASE_REPORT_DIARI';

/** The phases of the communications log: those that send, and RecuperarReport, by which an integrator asks. */
export const LOGGED_PHASES = ['FASE_REPORT_ONLINE', 'FASE_REPORT_DIARI', 'FASE_RECUPERAR_REPORT'] as const;
export type LoggedPhase = (typeof LOGGED_PHASES)[number];

/** The phase that sends a report of this kind. */
export function phaseOf(kind: ReportKind): Phase {
  return kind === 'Diari' ? 'FASE_REPORT_DIARI' : 'FASE_REPORT_ONLINE';
}

/** One HTTP message as the log keeps it: secrets masked, the body bounded. */
export interface LoggedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Where an attempt's time went, in milliseconds. What it did not come to is null. */
export interface AttemptPhases {
  /** Until the request was written: name resolution, connection and TLS, or the wait for a free connection. */
  readonly connectingMs: number;
  /** From then until the answer's head was read. */
  readonly waitingMs: number | null;
  /** From then until its end. */
  readonly readingMs: number | null;
}

/** What became of one attempt, as the sender saw it. */
export interface AttemptResult {
  readonly outcome: Outcome;
  /** Null where no status line was read. */
  readonly httpStatus: number | null;
  /** A stable code of docs/errors.md; null when acknowledged. */
  readonly errorCode: string | null;
  /** The Fault's or Error's text or the failure's sentence, bounded. May quote personal data. */
  readonly errorText: string | null;
  /** Milliseconds from the attempt's start to its end, by a monotonic clock. */
  readonly durationMs: number;
  /** Where that time went; null where nothing was sent, or nobody saw it. */
  readonly phases: AttemptPhases | null;
  /** What `Retry-After` asked for, in milliseconds from the attempt's end. */
  readonly retryAfterMs: number | null;
  /** The request's headers as sent, secrets masked. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** SHA-256 of the request's body, hex; null where nothing was built. */
  readonly requestHash: string | null;
  /** The answer, null where none was read. */
  readonly response: LoggedMessage | null;
}

/**
 * Whether a failure says that the origin's server is in trouble (design: only these shrink the window). A
 * refusal, a fault, 401 or 403 is the entity's own trouble and holds up nobody else.
 */
export function isOriginTrouble(result: Pick<AttemptResult, 'outcome' | 'httpStatus'>): boolean {
  if (result.outcome === 'unreachable') return true;
  return result.outcome === 'http-error' && (result.httpStatus === 429 || (result.httpStatus ?? 0) >= 500);
}

/** Whether the outcome shows that the origin's server lives: it answered, and not with trouble. */
export function isSignOfLife(result: Pick<AttemptResult, 'outcome' | 'httpStatus'>): boolean {
  return !isOriginTrouble(result) && result.outcome !== 'blocked' && result.outcome !== 'interrupted';
}
