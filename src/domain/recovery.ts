import type { Status } from './delivery.ts';
import type { EntityKey } from './notification.ts';

/** What is asked of RecuperarReport: one notification's state now, or all that changed on a day. */
export type Wanted = { readonly notification: string } | { readonly date: string };

/** A request of RecuperarReport that follows its schema. */
export interface RecoveryRequest {
  /** The entity that asks (Usuari/Empleat). */
  readonly entity: EntityKey;
  readonly backOffice: string | null;
  readonly wanted: Wanted;
}

/** The request that recovers what a delivery did not tell, as its members. */
export type Recovery = EntityKey & Wanted;

/**
 * The RecuperarReport request by which an integrator learns what an exhausted delivery did not tell it; null for a
 * delivery that is not exhausted. A notification's summary has its state now, which may be a later one.
 *
 * @param reportDate DataInforme of the delivery's report, which a report of many notifications is asked for by
 */
export function recoveryOf(
  delivery: EntityKey & { readonly status: Status; readonly notification: string | null },
  reportDate: string | null,
): Recovery | null {
  if (delivery.status !== 'exhausted') return null;
  const { organisation, department, notification } = delivery;
  if (notification !== null) return { organisation, department, notification };
  return reportDate === null ? null : { organisation, department, date: reportDate };
}
