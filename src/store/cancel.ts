import type { Actor } from '../domain/audit.ts';
import { phaseOf } from '../domain/attempt.ts';
import { cancel, lineUp } from '../domain/delivery.ts';
import { ProblemError } from '../domain/errors.ts';
import { uuidV7 } from '../domain/uuid.ts';
import { recordAudit } from './audit.ts';
import type { Database } from './database.ts';
import { insertCommunications, unsentRow, type CommunicationRow } from './communication-rows.ts';
import { lockDailyLinesOf } from './daily-lines.ts';
import { lockNotifications, lockUnfinished, writeSchedules, type StoredDelivery } from './delivery-rows.ts';

/**
 * Gives up an unfinished delivery, and lets the next of its line go.
 *
 * One that is being sent is given up too: nothing calls back what is on its way, so its attempt may still
 * reach the integrator. Its row of the log says so at once, and is turned into what really happened by the
 * completion, which finds the delivery finished.
 *
 * @param reason kept with the delivery; null where none was given
 * @param actor noted in the audit trail
 * @returns the origins (row ids) that may now send something else; null where there is no such delivery
 * @throws ProblemError `delivery-finished`
 */
export async function cancelDelivery(
  db: Database,
  id: string,
  reason: string | null,
  actor: Actor,
): Promise<string[] | null> {
  return db.transaction(async (tx) => {
    const [found] = await tx.query<{ id: string; notification: string | null }>(
      `select enviament as id, notificacio as notification
       from nt30.aoc_nt_enviaments where enviament = $1::uuid`,
      [id],
    );
    if (found === undefined) return null;
    const [notifications, dailyReports] =
      found.notification === null ? [[], [id]] : [[found.notification], []];
    const now = await lockNotifications(tx, notifications);
    await lockDailyLinesOf(tx, dailyReports);
    const unfinished = await lockUnfinished(tx, notifications, dailyReports);
    const target = unfinished.find((d) => d.id === found.id);
    if (target === undefined)
      throw new ProblemError('delivery-finished', 'The delivery is finished already.');
    const line = lineUp(unfinished.filter((d) => d.id !== found.id));
    const moved = line.filter((d) => !unfinished.some((before) => before === d));
    await writeSchedules(tx, [cancel(target), ...moved]);
    if (target.status === 'sending') await insertCommunications(tx, [cutOff(target, now)]);
    await tx.query(
      'update nt30.aoc_nt_enviaments set motiu_cancellacio = $2::text where enviament = $1::uuid and $2::text is not null',
      [id, reason],
    );
    await recordAudit(tx, actor, { action: 'delivery-cancelled', entity: target.entity, delivery: id });
    const changed = new Set([found.id, ...moved.map((d) => d.id)]);
    return unfinished.flatMap((d) => (changed.has(d.id) && d.originId !== null ? [d.originId] : []));
  });
}

/** The row of an attempt that goes on though its delivery is given up; its completion may never come. */
function cutOff(target: StoredDelivery, now: number): CommunicationRow {
  return unsentRow({
    id: uuidV7(now, 0),
    delivery: target.id,
    notification: target.notification,
    ...target.entity,
    state: target.state,
    phase: phaseOf(target.kind),
    attempt: target.attempts,
    startedAt: now,
    endpoint: null,
    outcome: 'interrupted',
    errorCode: 'cancelled',
    errorText: 'The delivery was cancelled while it was being sent; the integrator may have the report.',
  });
}
