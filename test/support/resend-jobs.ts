import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { expect } from 'vitest';
import { itemsOf } from './answers.ts';
import type { TestService } from './service.ts';
import { until } from './watch.ts';

/** So fast that a job of some dozens is done in a moment, and so slow that it stands after each delivery. */
export const FAST = 10_000;
export const SLOW = 1;

const Counts = Type.Record(Type.String(), Type.Integer());
export const Job = Type.Object({
  id: Type.String(),
  status: Type.String(),
  total: Type.Integer(),
  resent: Type.Integer(),
  skipped: Counts,
  waiting: Type.Boolean(),
});
export type Job = Static<typeof Job>;

/** Makes a job; answers what was answered. */
export async function makeJob(t: TestService, filter: unknown, more: object = {}): Promise<Job> {
  const { status, body } = await t.call('POST', '/v1/resends', { filter, pace: FAST, ...more });
  if (status !== 202) throw new Error(`the job was refused: ${JSON.stringify(body)}`);
  return Value.Parse(Job, body);
}

export async function readJob(t: TestService, { id }: Pick<Job, 'id'>): Promise<Job> {
  return Value.Parse(Job, (await t.call('GET', `/v1/resends/${id}`)).body);
}

/** Resolves once the job is as far as that. */
export async function jobReached(t: TestService, job: Job, isSo: (now: Job) => boolean): Promise<Job> {
  return until(async () => {
    const now = await readJob(t, job);
    return isSo(now) ? now : null;
  });
}

export const jobDone = async (t: TestService, job: Job) =>
  jobReached(t, job, ({ status }) => status === 'done');

export async function steerJob(t: TestService, { id }: Job, step: 'pause' | 'resume' | 'cancel') {
  return t.call('POST', `/v1/resends/${id}/${step}`);
}

/** All items of a job, page by page. */
export async function itemsOfJob(t: TestService, { id }: Job, query = '') {
  const all: Record<string, unknown>[] = [];
  for (let after = ''; ;) {
    const { status, body } = await t.call('GET', `/v1/resends/${id}/items?limit=7${after}${query}`);
    expect(status).toBe(200);
    all.push(...itemsOf(body.items));
    if (typeof body.next !== 'string') return all;
    after = `&after=${body.next}`;
  }
}
