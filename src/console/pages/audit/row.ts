import type { paths } from '../../api/schema.ts';

/** A row of the trail. */
export type AuditRow =
  paths['/v1/audit']['get']['responses'][200]['content']['application/json']['items'][number];
