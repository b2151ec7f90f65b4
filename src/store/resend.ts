import type { Actor } from '../domain/audit.ts';
import { phaseOf } from '../domain/attempt.ts';
import { sayMissing } from '../domain/entity.ts';
import { ProblemError } from '../domain/errors.ts';
import { uuidV7 } from '../domain/uuid.ts';
import { recordAudit } from './audit.ts';
import { insertCommunications, unsentRow } from './communication-rows.ts';
import type { Database, Queryable } from './database.ts';
import { lockDailyLinesOf } from './daily-lines.ts';
import { lockNotifications, lockUnfinished } from './delivery-rows.ts';
import { epochMs } from './instants.ts';
import { withFamily } from './resend-families.ts';
import { endpointFor, lockEntities, readEntities, type EntityRow } from './shared-entities.ts';
import type { State } from '../domain/state.ts';
import type { ReportKind } from '../domain/report.ts';

/** A delivery that was made to send another one again. */
export interface Resent {
  readonly id: string;
  /** The origin (row id) that may now send it; null where it waits for its configuration, or its entity is held. */
  readonly originId: string | null;
}

/** A delivery that is to be sent again. */
export interface Original {
  readonly id: string;
  /** Null for a daily report. */
  readonly notification: string | null;
  readonly organisation: string;
  readonly department: string;
  readonly backOffice: string | null;
  readonly state: State | null;
  readonly kind: ReportKind;
  /** Its place in its line, in milliseconds since the epoch. */
  readonly position: number;
}

/** Deliveries that are to be sent again, and what the transaction has locked for it. */
export interface LockedForResend {
  /** Those of them that are there. */
  readonly originals: readonly Original[];
  /** The database's clock, in milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Sends a finished delivery again: as a new delivery of the same report, byte for byte, to the endpoint that
 * is configured today, last among the unfinished ones of its line.
 *
 * @param actor noted in the audit trail
 * @returns null where there is no such delivery
 * @throws ProblemError `delivery-unfinished` while it, what it was resent from, or a resend of these is
 * unfinished; `entity-unknown` where its entity has no configuration any more
 */
export async function resendDelivery(db: Database, id: string, actor: Actor): Promise<Resent | null> {
  return db.transaction(async (tx) => {
    const {
      originals: [original],
      now,
    } = await lockForResends(tx, [id]);
    if (original === undefined) return null;
    const resent = await resendLocked(tx, original, now, 0);
    await recordAudit(tx, actor, {
      action: 'delivery-resent',
      entity: original,
      delivery: id,
      detail: { resentAs: resent.id },
    });
    return resent;
  });
}

/** Takes all locks that sending these deliveries again needs, in the order in which every transaction does. */
export async function lockForResends(tx: Queryable, ids: readonly string[]): Promise<LockedForResend> {
  const originals = await tx.query<Original>(
    `select enviament as id, notificacio as notification, organisme as organisation, departament as department,
       backoffice as "backOffice", estat as state, tipus_informe as kind,
       ${epochMs('posicio')} as position
     from nt30.aoc_nt_enviaments where enviament = any($1::uuid[])`,
    [ids],
  );
  const [notifications, dailyReports] = linesOf(originals);
  const now = await lockNotifications(tx, notifications);
  await lockEntities(tx, originals);
  await lockDailyLinesOf(tx, dailyReports);
  await lockUnfinished(tx, notifications, dailyReports);
  return { originals, now };
}

/** The lines that deliveries stand in: notifications, and of daily reports the deliveries themselves. */
function linesOf(originals: readonly Original[]): [notifications: string[], dailyReports: string[]] {
  return [
    [...new Set(originals.flatMap(({ notification }) => notification ?? []))],
    originals.flatMap(({ id, notification }) => (notification === null ? [id] : [])),
  ];
}

/**
 * Sends one delivery again of those that the transaction has locked.
 *
 * @param place among those that are made with this `now`: it keeps the order of their ids
 * @throws ProblemError as `resendDelivery`; the transaction may go on with others
 */
export async function resendLocked(
  tx: Queryable,
  original: Original,
  now: number,
  place: number,
): Promise<Resent> {
  const { organisation, department, backOffice } = original;
  const [[entity], unfinished, isUnfinished] = await Promise.all([
    readEntities(tx, [{ entity: { organisation, department }, backOffice }]),
    // Again: an earlier one of the same transaction may have joined the line.
    lockUnfinished(tx, ...linesOf([original])),
    isFamilyUnfinished(tx, original.id),
  ]);
  if (entity === undefined) throw new ProblemError('entity-unknown', 'The entity has no configuration.');
  if (isUnfinished) {
    throw new ProblemError('delivery-unfinished', 'The delivery, or a resend of it, is not finished yet.');
  }
  return insertResend(tx, uuidV7(now, place), original, {
    entity,
    position: Math.max(original.position, ...unfinished.map((d) => d.position)),
    first: unfinished.length === 0,
    now,
  });
}

/** Whether the delivery, one that it sends again, or a resend of any of these is unfinished. */
async function isFamilyUnfinished(tx: Queryable, id: string): Promise<boolean> {
  const [row] = await tx.query<{ unfinished: boolean }>(
    `${withFamily('select enviament, reenviat_de from nt30.aoc_nt_enviaments where enviament = $1::uuid')}
     select exists (select from family where finalitzat is null) as unfinished`,
    [id],
    'is-family-unfinished',
  );
  return row?.unfinished === true;
}

const INSERT = `
with e as (
  insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, backoffice,
    estat, posicio, situacio, primer, tard, proper_intent, bloquejat, darrer_resultat, punt, origen,
    reenviat_de, creat, retingut)
  select $2::uuid, tipus_informe, notificacio, organisme, departament, backoffice, estat,
    to_timestamp($3::float8 / 1000), 'waiting', $4::boolean, tard, to_timestamp($5::float8 / 1000),
    $6::text, case when $6::text is not null then 'blocked' end, $7::bigint, $8::bigint, enviament, to_timestamp($5::float8 / 1000),
    $9::text
  from nt30.aoc_nt_enviaments where enviament = $1::uuid
), d as (
  insert into nt30.aoc_nt_informes_diaris (enviament, organisme, departament, backoffice, dia, part,
    notificacions, reenviament)
  select $2::uuid, organisme, departament, backoffice, dia, part, notificacions, true
  from nt30.aoc_nt_informes_diaris where enviament = $1::uuid
)
insert into nt30.aoc_nt_informes (enviament, versio, contingut)
select $2::uuid, versio, contingut from nt30.aoc_nt_informes where enviament = $1::uuid`;

async function insertResend(
  tx: Queryable,
  id: string,
  original: Original,
  place: { entity: EntityRow; position: number; first: boolean; now: number },
): Promise<Resent> {
  const { entity, position, first, now } = place;
  // Its back office's own endpoint, or the entity's.
  const endpoint = endpointFor(entity, original.backOffice);
  const missing = endpoint?.missing ?? ['endpoint'];
  const blockedBy = missing.length > 0 ? 'configuration-incomplete' : null;
  const heldBy = endpoint?.heldBy ?? null;
  const originId = blockedBy === null ? (endpoint?.originId ?? null) : null;
  await tx.query(
    INSERT,
    [original.id, id, position, first, now, blockedBy, endpoint?.id ?? null, originId, heldBy],
    'insert-resend',
  );
  if (blockedBy === null) return { id, originId: heldBy === null ? originId : null };
  await insertCommunications(tx, [
    unsentRow({
      id: uuidV7(now, 0),
      delivery: id,
      notification: original.notification,
      organisation: original.organisation,
      department: original.department,
      state: original.state,
      phase: phaseOf(original.kind),
      attempt: null,
      startedAt: now,
      endpoint: null,
      outcome: 'blocked',
      errorCode: blockedBy,
      errorText: sayMissing(missing),
    }),
  ]);
  return { id, originId };
}
