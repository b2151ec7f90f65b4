/** Where pages are: a name for each, so that a path is written once. */

interface EntityCodes {
  readonly organisation: string;
  readonly department: string;
}

/** The page of an entity. */
export function entityPath({ organisation, department }: EntityCodes): string {
  return `/entities/${encodeURIComponent(organisation)}/${encodeURIComponent(department)}`;
}

/** The page of a notification. */
export function notificationPath(id: string): string {
  return `/notifications/${encodeURIComponent(id)}`;
}

/** The page of a delivery. */
export function deliveryPath(id: string): string {
  return `/deliveries/${encodeURIComponent(id)}`;
}

/** The guide of integrators, or another document beside it. */
export function integratorsPath(document = 'integrators'): string {
  return document === 'integrators' ? '/integrators' : `/integrators/${document}`;
}

/** The deliveries of an entity, or those of a status. */
export function deliveriesPath({
  organisation,
  department,
  ...more
}: EntityCodes & { readonly status?: 'retrying' | 'exhausted' }): string {
  return `/deliveries?${new URLSearchParams({ organisation, department, ...more }).toString()}`;
}

/** The page of a job that sends deliveries again. */
export function resendPath(id: string): string {
  return `/resends/${encodeURIComponent(id)}`;
}
