import { LEASE_MARGIN_MS } from '../domain/delivery.ts';
import { epochMs } from './instants.ts';
import type { Database } from './database.ts';
import type { Claim } from './claims.ts';

/** An attempt that has ended but of which nobody told: its lease ran out. */
export type LostAttempt = Pick<
  Claim,
  'delivery' | 'notification' | 'entity' | 'state' | 'kind' | 'attempt' | 'originId'
> & { readonly endpoint: string | null; readonly startedAt: number };

interface LostRow {
  delivery: string;
  notification: string | null;
  organisation: string;
  department: string;
  state: Claim['state'];
  kind: Claim['kind'];
  attempt: number;
  originId: string;
  endpoint: string | null;
  startedAt: number;
}

/**
 * Finds attempts whose lease ran out, or every attempt under way where `all` (an owner that starts knows that
 * each lease of the past is dead).
 */
export async function findLostAttempts(db: Database, all: boolean, limit: number): Promise<LostAttempt[]> {
  const rows = await db.query<LostRow>(
    `select e.enviament as delivery, e.notificacio as notification, e.organisme as organisation,
       e.departament as department, e.estat as state, e.tipus_informe as kind, e.intents as attempt,
       e.origen as "originId", p.url as endpoint,
       ${epochMs(`least(clock_timestamp(), e.arrendament - (coalesce(p.temps_maxim_ms, 0) + ${LEASE_MARGIN_MS}) * interval '1 millisecond')`)} as "startedAt"
     from nt30.aoc_nt_enviaments e left join nt30.aoc_nt_punts_recepcio p on p.punt = e.punt
     where e.situacio = 'sending' and ($1 or e.arrendament < clock_timestamp())
     order by e.enviament limit $2`,
    [all, limit],
    'find-lost-attempts',
  );
  return rows.map(({ organisation, department, ...row }) => ({
    ...row,
    entity: { organisation, department },
  }));
}
