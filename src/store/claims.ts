import { LEASE_MARGIN_MS } from '../domain/delivery.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { ReportKind } from '../domain/report.ts';
import type { State } from '../domain/state.ts';
import type { Database } from './database.ts';
import { idArray } from './id-array.ts';
import { CLOCK_MS } from './instants.ts';

/** A delivery that a worker holds: its attempt has begun. */
export interface Claim {
  readonly delivery: string;
  readonly notification: string | null;
  readonly entity: EntityKey;
  readonly state: State | null;
  readonly kind: ReportKind;
  /** The attempt's number, from 1, without gaps. */
  readonly attempt: number;
  readonly endpointId: string;
  readonly originId: string;
  /** The version of the configuration that the endpoint belongs to. */
  readonly configurationVersion: string;
  /** What the lease allows the attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds of the database's clock at the claim. */
  readonly claimedAt: number;
}

/** A claim with the report that is to be sent: one outlives the other, and it is by far the larger of the two. */
export interface ClaimedReport {
  readonly claim: Claim;
  /** The report's XML. */
  readonly report: string;
}

// Touches delivery rows alone, in id order. The condition is what makes a repeated, late or stale message
// harmless: only one claim finds the delivery queued. The lease runs on the database's clock.
const CLAIM = `
with c as materialized (
  select enviament from nt30.aoc_nt_enviaments
  where enviament = any($1::uuid[]) and situacio = 'queued' order by enviament for update
)
update nt30.aoc_nt_enviaments e set
  situacio = 'sending', intents = e.intents + 1, proper_avis = null,
  arrendament = clock_timestamp() + (p.temps_maxim_ms + ${LEASE_MARGIN_MS}) * interval '1 millisecond'
from c
join nt30.aoc_nt_enviaments q on q.enviament = c.enviament
join nt30.aoc_nt_punts_recepcio p on p.punt = q.punt
join nt30.aoc_nt_configuracio_callbacks g on g.entitat = p.entitat
join nt30.aoc_nt_informes i on i.enviament = c.enviament
where e.enviament = c.enviament
returning e.enviament as delivery, e.notificacio as notification, e.organisme as organisation,
  e.departament as department, e.estat as state, e.tipus_informe as kind, e.intents as attempt,
  e.punt as "endpointId", e.origen as "originId", g.versio as "configurationVersion",
  p.temps_maxim_ms as "timeoutMs", i.contingut as report,
  ${CLOCK_MS} as "claimedAt"`;

/** Takes the queued ones among deliveries: `queued → sending`, each with a lease. The others are not answered. */
export async function claimDeliveries(db: Database, ids: readonly string[]): Promise<ClaimedReport[]> {
  const rows = await db.statement<
    Omit<Claim, 'entity'> & { organisation: string; department: string; report: string }
  >(CLAIM, [idArray(ids)], 'claim-deliveries');
  // Member by member: a spread of this many costs more than the rest of reading a row.
  return rows.map((row) => ({
    claim: {
      delivery: row.delivery,
      notification: row.notification,
      entity: { organisation: row.organisation, department: row.department },
      state: row.state,
      kind: row.kind,
      attempt: row.attempt,
      endpointId: row.endpointId,
      originId: row.originId,
      configurationVersion: row.configurationVersion,
      timeoutMs: row.timeoutMs,
      claimedAt: row.claimedAt,
    },
    report: row.report,
  }));
}
