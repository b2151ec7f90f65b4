import { expect } from 'vitest';
import { FREE_INTERRUPTIONS, isFinished } from '../../src/domain/delivery.ts';
import type { RetrySchedule } from '../../src/domain/retry-policy.ts';
import type { SchedulerModel } from './scheduler-model.ts';
import { told, type LoggedAttempts, type Row } from './scheduler-rows.ts';

const HOUR_MS = 3_600_000;

/** Far enough apart that no step mistakes one for another; the test lets time pass by itself. */
export const SERVICE_SCHEDULE: RetrySchedule = [1, 2, 3, 4, 5, 6].map((hours) => hours * HOUR_MS);

/** The first entity has a schedule of its own. */
export const OWN_DELAYS = ['1h', '2h'];

export function retriesOf(entity: number): RetrySchedule {
  return entity === 0 ? [HOUR_MS, 2 * HOUR_MS] : SERVICE_SCHEDULE;
}

/** What a comparison allows for. */
export interface Tolerance {
  /** How long ago, at the most, the model read the clock before a step, in milliseconds. */
  readonly sinceMs: number;
  /** Whether an origin that lives again may have had its retries brought forward. */
  readonly recovering: boolean;
}

/** Compares every row with the model, and takes over the times that the model may not know. */
export function checkRows(model: SchedulerModel, rows: readonly Row[], tolerance: Tolerance): void {
  expect(rows.map(({ id }) => id).sort()).toEqual([...model.deliveries.keys()].sort());
  for (const row of rows) {
    const { schedule, held } = model.get(row.id);
    expect(told(row)).toEqual(told(schedule));
    expect(row.finished).toBe(isFinished(schedule.status));
    expect(row.leased).toBe(schedule.status === 'sending');
    expect([row.notBefore === null, row.troubledAt === null]).toEqual([
      schedule.notBefore === null,
      schedule.troubledAt === null,
    ]);
    if (!row.finished) {
      expect(row.held).toBe(held);
      checkDue(model, row, tolerance);
    }
    model.noteTimes(row.id, row);
  }
}

function checkDue(model: SchedulerModel, row: Row, { sinceMs, recovering }: Tolerance): void {
  const { schedule, due } = model.get(row.id);
  if (due !== null) {
    expect(row.dueAt).toBeGreaterThanOrEqual(due.earliest - 1);
    expect(row.dueAt).toBeLessThanOrEqual(due.latest + sinceMs + 1);
    return;
  }
  // Only the recovery of an origin moves an attempt without another reason.
  const unmoved = Math.abs(row.dueAt - schedule.dueAt) < 0.01;
  expect(unmoved || recovering, `${row.id} was moved`).toBe(true);
}

/** One delivery of a line is first, and no other is queued or being sent. */
export function checkLines(model: SchedulerModel, lines: readonly string[]): void {
  for (const each of lines) {
    const line = model.line(each);
    expect(line.filter((d) => d.first)).toHaveLength(line.length > 0 ? 1 : 0);
    expect(line.filter((d) => d.status === 'queued' || d.status === 'sending').length).toBeLessThanOrEqual(1);
  }
}

/** What holds once everything has ended. */
export function checkEnds(model: SchedulerModel, logged: ReadonlyMap<string, LoggedAttempts>): void {
  for (const [id, { schedule, entity, corrected }] of model.deliveries) {
    const { attempts, failures, status } = schedule;
    expect(isFinished(status)).toBe(true);
    const { numbers, outcomes } = logged.get(id) ?? { numbers: [], outcomes: [] };
    // Numbers have no gaps: the log has each one that was given, once.
    expect(numbers).toEqual(Array.from({ length: attempts }, (_, place) => place + 1));
    const most = 1 + retriesOf(entity).length;
    expect(failures).toBeLessThanOrEqual(most);
    expect(failures === most).toBe(status === 'exhausted');
    // Those that a late completion has turned had spent nothing.
    const ended = outcomes.filter((outcome) => outcome !== 'interrupted').length;
    expect(ended - corrected).toBeLessThanOrEqual(most);
    expect(attempts).toBeLessThanOrEqual(most + FREE_INTERRUPTIONS);
    if (status === 'acknowledged') expect(outcomes).toContain('acknowledged');
  }
}
