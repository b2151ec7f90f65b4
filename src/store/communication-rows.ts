import type { AttemptPhases, LoggedMessage, Outcome, Phase } from '../domain/attempt.ts';
import type { SentEnvelope } from '../domain/entity.ts';
import type { State } from '../domain/state.ts';
import type { Queryable } from './database.ts';

/** One row of nt30.aoc_nt_logs_comunicacio, with what nt30.aoc_nt_cossos_comunicacio keeps beside it. */
export interface CommunicationRow {
  /** A UUIDv7 of `startedAt`: lists and periods go by the id alone. */
  readonly id: string;
  readonly delivery: string;
  readonly notification: string | null;
  readonly organisation: string;
  readonly department: string;
  readonly state: State | null;
  readonly phase: Phase;
  /** Null where nothing was attempted: the row of a delivery that comes to be blocked. */
  readonly attempt: number | null;
  /** Milliseconds since the epoch, of the database's clock. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Where that time went; null where nothing was sent, or nobody saw it. */
  readonly phases: AttemptPhases | null;
  /** The URL; null where none is configured. */
  readonly endpoint: string | null;
  readonly outcome: Outcome;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly errorText: string | null;
  readonly requestHeaders: Readonly<Record<string, string>> | null;
  /** SHA-256 of the request's body, hex. */
  readonly requestHash: string | null;
  /** What enclosed the report: with its bytes it rebuilds the request's body. */
  readonly envelope: SentEnvelope | null;
  readonly response: LoggedMessage | null;
}

/** The row of an event that had no request, or of which no more is known. */
export function unsentRow(
  row: Omit<
    CommunicationRow,
    'durationMs' | 'phases' | 'httpStatus' | 'requestHeaders' | 'requestHash' | 'envelope' | 'response'
  >,
): CommunicationRow {
  return {
    ...row,
    durationMs: 0,
    phases: null,
    httpStatus: null,
    requestHeaders: null,
    requestHash: null,
    envelope: null,
    response: null,
  };
}

// The narrow row and its texts in one statement. An attempt whose lease ran out has an `interrupted` row
// already: the completion that comes late turns that one, and no other, into what really happened.
const INSERT = `
with r as (
  select * from json_to_recordset($1) as r(
    id uuid, delivery uuid, notification bigint, organisation text, department text, state text, phase text,
    attempt integer, "startedAt" float8, "durationMs" integer, phases jsonb, endpoint text, outcome text,
    "httpStatus" integer, "errorCode" text, "errorText" text, "requestHeaders" jsonb, "requestHash" text,
    envelope jsonb, response jsonb)
), l as (
  insert into nt30.aoc_nt_logs_comunicacio (log, enviament, notificacio, organisme, departament, estat, fase,
    intent, inici, durada_ms, punt_recepcio, resultat, http, codi_error)
  select id, delivery, notification, organisation, department, state, phase, attempt,
    to_timestamp("startedAt" / 1000), "durationMs", endpoint, outcome, "httpStatus", "errorCode"
  from r
  on conflict (enviament, intent) where intent is not null do update set
    inici = excluded.inici, durada_ms = excluded.durada_ms, punt_recepcio = excluded.punt_recepcio,
    resultat = excluded.resultat, http = excluded.http, codi_error = excluded.codi_error
    where nt30.aoc_nt_logs_comunicacio.resultat = 'interrupted'
  returning log, enviament, intent
)
insert into nt30.aoc_nt_cossos_comunicacio (log, fases, text_error, peticio_capcaleres, peticio_resum,
  peticio_sobre, resposta_capcaleres, resposta)
select l.log, r.phases, r."errorText", r."requestHeaders", r."requestHash", r.envelope,
  r.response -> 'headers', r.response ->> 'body'
from l join r on r.delivery = l.enviament and r.attempt is not distinct from l.intent
on conflict (log) do update set
  fases = excluded.fases, text_error = excluded.text_error, peticio_capcaleres = excluded.peticio_capcaleres,
  peticio_resum = excluded.peticio_resum, peticio_sobre = excluded.peticio_sobre,
  resposta_capcaleres = excluded.resposta_capcaleres, resposta = excluded.resposta`;

/**
 * Writes rows of the communications log. A row for an attempt that has one already replaces it only where
 * that one says `interrupted`; otherwise nothing is written for it.
 */
export async function insertCommunications(tx: Queryable, rows: readonly CommunicationRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(INSERT, [JSON.stringify(rows)], 'insert-communications');
}
