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
import { endpointFor, lockEntities, readEntities, type EntityRow } from './shared-entities.ts';
import type { State } from '../domain/state.ts';
import type { ReportKind } from '../domain/report.ts';

/** A delivery that was made to send another one again. */
export interface Resent {
  readonly id: string;
  /** The origin (row id) that may now send it; null where it waits for its configuration, or its entity is held. */
  readonly originId: string | null;
}

interface Original {
  notification: string | null;
  organisation: string;
  department: string;
  backOffice: string | null;
  state: State | null;
  kind: ReportKind;
  position: number;
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
    const [original] = await tx.query<Original>(
      `select notificacio as notification, organisme as organisation, departament as department,
         backoffice as "backOffice", estat as state, tipus_informe as kind,
         ${epochMs('posicio')} as position
       from nt30.aoc_nt_enviaments where enviament = $1::uuid`,
      [id],
    );
    if (original === undefined) return null;
    const { notification } = original;
    const [notifications, dailyReports] = notification === null ? [[], [id]] : [[notification], []];
    const now = await lockNotifications(tx, notifications);
    const entity = await shareEntity(tx, original);
    await lockDailyLinesOf(tx, dailyReports);
    const unfinished = await lockUnfinished(tx, notifications, dailyReports);
    if (await isFamilyUnfinished(tx, id)) {
      throw new ProblemError('delivery-unfinished', 'The delivery, or a resend of it, is not finished yet.');
    }
    const resent = await insertResend(tx, id, original, {
      entity,
      position: Math.max(original.position, ...unfinished.map((d) => d.position)),
      first: unfinished.length === 0,
      now,
    });
    await recordAudit(tx, actor, {
      action: 'delivery-resent',
      entity: original,
      delivery: id,
      detail: { resentAs: resent.id },
    });
    return resent;
  });
}

/** The entity as it is configured today, which stays so until the transaction ends. */
async function shareEntity(tx: Queryable, original: Original): Promise<EntityRow> {
  const { organisation, department, backOffice } = original;
  const [, [entity]] = await Promise.all([
    lockEntities(tx, [{ organisation, department }]),
    readEntities(tx, [{ entity: { organisation, department }, backOffice }]),
  ]);
  if (entity === undefined) throw new ProblemError('entity-unknown', 'The entity has no configuration.');
  return entity;
}

/** Whether the delivery, one that it sends again, or a resend of any of these is unfinished. */
async function isFamilyUnfinished(tx: Queryable, id: string): Promise<boolean> {
  const [row] = await tx.query<{ unfinished: boolean }>(
    `with recursive up(enviament, reenviat_de) as (
       select enviament, reenviat_de from nt30.aoc_nt_enviaments where enviament = $1::uuid
       union all
       select e.enviament, e.reenviat_de from up join nt30.aoc_nt_enviaments e on e.enviament = up.reenviat_de
     ), family(enviament, finalitzat) as (
       select e.enviament, e.finalitzat
       from up join nt30.aoc_nt_enviaments e on e.enviament = up.enviament where up.reenviat_de is null
       union all
       select e.enviament, e.finalitzat
       from family f join nt30.aoc_nt_enviaments e on e.reenviat_de = f.enviament
     )
     select exists (select from family where finalitzat is null) as unfinished`,
    [id],
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
  originalId: string,
  original: Original,
  place: { entity: EntityRow; position: number; first: boolean; now: number },
): Promise<Resent> {
  const { entity, position, first, now } = place;
  // Its back office's own endpoint, or the entity's.
  const endpoint = endpointFor(entity, original.backOffice);
  const id = uuidV7(now, 0);
  const missing = endpoint?.missing ?? ['endpoint'];
  const blockedBy = missing.length > 0 ? 'configuration-incomplete' : null;
  const originId = blockedBy === null ? (endpoint?.originId ?? null) : null;
  await tx.query(INSERT, [
    originalId,
    id,
    position,
    first,
    now,
    blockedBy,
    endpoint?.id ?? null,
    originId,
    entity.heldBy,
  ]);
  if (blockedBy === null) return { id, originId: entity.heldBy === null ? originId : null };
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
