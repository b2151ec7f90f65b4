import { sayMissing } from '../domain/entity.ts';
import { phaseOf } from '../domain/attempt.ts';
import type { ReportKind } from '../domain/report.ts';
import type { State } from '../domain/state.ts';
import { uuidV7 } from '../domain/uuid.ts';
import type { AttemptErrorCode } from '../domain/errors.ts';
import type { EntityKey } from '../domain/notification.ts';
import { insertCommunications, unsentRow, type CommunicationRow } from './communication-rows.ts';
import type { Queryable } from './database.ts';
import { CLOCK_MS } from './instants.ts';
import { missingPath } from './endpoints.ts';

const INCOMPLETE: AttemptErrorCode = 'configuration-incomplete';
const INEXPRESSIBLE: AttemptErrorCode = 'version-cannot-express';

/** Rows of the communications log that are written in one statement. */
const LOG_ROWS_PER_STATEMENT = 5_000;

/** Ids of one batch differ by a counter of 12 bits (uuidV7). */
const ID_COUNTER_MASK = 0xfff;

// In id order, as everything that locks deliveries does.
const LOCK = `
select count(*) from (
  select from nt30.aoc_nt_enviaments where punt = any($1::bigint[]) and finalitzat is null
  order by enviament for update
) locked`;

// A delivery of a back office goes to that one's endpoint, where there is one: '' sorts before every code.
// What the change does not touch is not written. A blocked one comes to be due at once, but never before what
// the integrator asked for; one that is being sent keeps its status until its attempt is over. What 3.2 cannot
// express it cannot, whatever else changes.
const REPOINT = `
with aimed as (
  select e.enviament, e.bloquejat as blocked_before, e.origen as origin_before, p.*
  from nt30.aoc_nt_enviaments e
  cross join lateral (
    select p.punt, p.backoffice as endpoint_of, p.url, p.manca,
      case when p.manca = '{}' then p.origen end as origen,
      case when p.manca <> '{}' then $3
        when e.bloquejat = $4 and p.versio_missatge = '3.2' then e.bloquejat end as bloquejat
    from nt30.aoc_nt_punts_recepcio p
    where p.entitat = $2 and p.backoffice in ('', coalesce(e.backoffice, ''))
    order by p.backoffice collate "C" desc limit 1
  ) p
  where e.punt = any($1::bigint[]) and e.finalitzat is null
), changed as (
  update nt30.aoc_nt_enviaments e set
    punt = a.punt, origen = a.origen, bloquejat = a.bloquejat,
    proper_intent = case when a.bloquejat is null and e.bloquejat is not null
      then greatest(clock_timestamp(), e.no_abans) else e.proper_intent end,
    situacio = case when a.bloquejat is not null and e.situacio = 'queued'
      then case when e.intents = 0 then 'waiting' else 'retrying' end else e.situacio end,
    proper_avis = case when a.bloquejat is null then e.proper_avis end,
    darrer_resultat = case when a.bloquejat is not null and e.bloquejat is distinct from $3
      and e.situacio <> 'sending' then 'blocked' else e.darrer_resultat end
  from aimed a
  where e.enviament = a.enviament
    and (e.punt, e.origen, e.bloquejat) is distinct from (a.punt, a.origen, a.bloquejat)
  returning e.enviament, e.notificacio, e.estat, e.tipus_informe, a.url, a.manca, a.endpoint_of, a.bloquejat,
    a.blocked_before, a.origin_before, e.origen
)
select
  ${CLOCK_MS} as now,
  array(select origen from changed where origen is not null
    union select origin_before from changed where origin_before is not null)::text[] as origins,
  (select coalesce(json_agg(json_build_object('id', enviament, 'notification', notificacio::text,
      'state', estat, 'kind', tipus_informe, 'url', url, 'backOffice', endpoint_of, 'missing', manca)
      order by enviament), '[]')
    from changed where bloquejat = $3 and blocked_before is distinct from $3) as blocked`;

interface Repointed {
  now: number;
  origins: string[];
  blocked: {
    id: string;
    notification: string | null;
    state: State | null;
    kind: ReportKind;
    url: string | null;
    backOffice: string;
    missing: string[];
  }[];
}

/**
 * Lets an entity's unfinished deliveries follow its configuration: endpoint, origin, and whether they wait for
 * something that it lacks. Each that comes to wait gets one row in the communications log.
 *
 * Precondition: the transaction holds the configuration's row.
 *
 * @param entityId the configuration's row
 * @param endpoints the endpoints (rows) that the entity had before
 * @returns the origins (rows) whose deliveries may have become due or left a place
 */
export async function repointDeliveries(
  tx: Queryable,
  entity: EntityKey,
  entityId: string,
  endpoints: readonly string[],
): Promise<string[]> {
  await tx.query(LOCK, [endpoints]);
  const [repointed] = await tx.query<Repointed>(REPOINT, [endpoints, entityId, INCOMPLETE, INEXPRESSIBLE]);
  if (repointed === undefined) return [];
  const rows = logRows(entity, repointed);
  for (let start = 0; start < rows.length; start += LOG_ROWS_PER_STATEMENT) {
    await insertCommunications(tx, rows.slice(start, start + LOG_ROWS_PER_STATEMENT));
  }
  return repointed.origins;
}

function logRows(entity: EntityKey, { now, blocked }: Repointed): CommunicationRow[] {
  return blocked.map((delivery, place) =>
    unsentRow({
      id: uuidV7(now, place & ID_COUNTER_MASK),
      delivery: delivery.id,
      notification: delivery.notification,
      ...entity,
      state: delivery.state,
      phase: phaseOf(delivery.kind),
      attempt: null,
      startedAt: now,
      endpoint: delivery.url,
      outcome: 'blocked',
      errorCode: INCOMPLETE,
      errorText: sayMissing(delivery.missing.map((member) => missingPath(delivery.backOffice, member))),
    }),
  );
}
