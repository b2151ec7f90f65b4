import type { paths } from '../../api/schema.ts';

/** What `GET /v1/now` answers. */
export type Now = paths['/v1/now']['get']['responses'][200]['content']['application/json'];

/** An endpoint in trouble. */
export type Trouble = Now['trouble'][number];

/** One that is shown, and what opens a test of its connection. */
export interface TroubleProps {
  readonly trouble: Trouble;
  readonly onTest: (trouble: Trouble) => void;
}
