import type { paths } from '../../api/schema.ts';

type Answer<Path extends '/v1/deliveries' | '/v1/communications'> =
  paths[Path]['get']['responses'][200]['content']['application/json'];

/** A delivery of a list. */
export type Delivery = Answer<'/v1/deliveries'>['items'][number];

/** A row of the communications log. */
export type Communication = Answer<'/v1/communications'>['items'][number];
