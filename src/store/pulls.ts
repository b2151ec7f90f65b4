import type { EntityKey } from '../domain/notification.ts';
import type { State } from '../domain/state.ts';
import { uuidV7 } from '../domain/uuid.ts';
import type { Database } from './database.ts';

/** A request of RecuperarReport as the communications log keeps it. What was answered is not kept. */
export interface PullRow {
  readonly entity: EntityKey;
  /** The notification asked for, where the entity may know of it; null for a day. */
  readonly notification: string | null;
  /** The state that was told of it. */
  readonly state: State | null;
  /** The day asked for; null for a notification, and for a day that no calendar of ours has. */
  readonly day: string | null;
  /** Notifications that the answer had; null where it had no report. */
  readonly notifications: number | null;
  /** Milliseconds since the epoch, of the database's clock. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: 'answered' | 'refused' | 'interrupted';
  readonly httpStatus: number;
  /** `recover-<code>`; null where a report was answered. */
  readonly errorCode: string | null;
  readonly errorText: string | null;
}

/** Writes a pull's row of the communications log. */
export async function recordPull(db: Database, pull: PullRow): Promise<void> {
  const { entity, startedAt } = pull;
  await db.statement(
    `with l as (
       insert into nt30.aoc_nt_logs_comunicacio (log, notificacio, organisme, departament, estat, fase, inici,
         durada_ms, resultat, http, codi_error, dia, notificacions)
       values ($1, $2, $3, $4, $5, 'FASE_RECUPERAR_REPORT', to_timestamp($6::float8 / 1000), $7, $8, $9, $10,
         $11, $12)
       returning log
     )
     insert into nt30.aoc_nt_cossos_comunicacio (log, text_error)
     select log, $13 from l where $13::text is not null`,
    [
      uuidV7(startedAt, 0),
      pull.notification,
      entity.organisation,
      entity.department,
      pull.state,
      startedAt,
      pull.durationMs,
      pull.outcome,
      pull.httpStatus,
      pull.errorCode,
      pull.day,
      pull.notifications,
      pull.errorText,
    ],
    'record-pull',
  );
}
