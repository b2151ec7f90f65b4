import type { paths } from '../../api/schema.ts';

/** A job that sends deliveries again. */
export type Job = paths['/v1/resends/{id}']['get']['responses'][200]['content']['application/json'];

/** What became of one delivery of a job. */
export type Item =
  paths['/v1/resends/{id}/items']['get']['responses'][200]['content']['application/json']['items'][number];

/** Which deliveries a job is asked for. */
export type JobFilter = paths['/v1/resends']['post']['requestBody']['content']['application/json']['filter'];

/** Those of a job’s deliveries that are dealt with. */
export function doneOf({ resent, skipped }: Pick<Job, 'resent' | 'skipped'>): number {
  return resent + leftOf(skipped);
}

/** How many are not sent again, for whatever reason. */
export function leftOf(skipped: Job['skipped']): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0);
}
