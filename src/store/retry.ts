import type { Actor } from '../domain/audit.ts';
import { retryNow, type Schedule } from '../domain/delivery.ts';
import type { EntityKey } from '../domain/notification.ts';
import { CALLBACK_STATES } from '../domain/state.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { HELD_BY } from './holds.ts';
import { CLOCK_MS, epochMs } from './instants.ts';

/** Deliveries that one transaction looks at: it locks them for some milliseconds, whatever waits. */
const CHUNK = 300;

/** What was brought forward of an entity. */
export interface Retried {
  /** Deliveries whose next attempt comes now instead of later. */
  readonly broughtForward: number;
  /** Deliveries that wait on, until the instant that their `Retry-After` asks for. */
  readonly notBefore: number;
  /** Servers that are only probed, and whose next probe comes now. */
  readonly probes: number;
  /** Origins (rows) whose deliveries may go now. */
  readonly origins: readonly string[];
}

/** Which endpoints of an entity are meant, and which back office's deliveries. */
interface Meant {
  /** Rows of endpoints. */
  readonly endpoints: readonly string[];
  /** Null: whatever back office. */
  readonly backOffice: string | null;
}

/**
 * Lets what is retried of an entity, and nothing holds or blocks, go out at once instead of when its backoff ends;
 * never before a `Retry-After`, and as its order and its servers' windows allow. A server that is only probed is
 * probed now: one delivery. Nothing is spent by it, and repeating it does no more than once.
 *
 * In many short transactions: an entity of which a hundred thousand wait is locked at no moment as a whole.
 *
 * @param backOffice '' for what goes to the entity's own endpoint; null: all
 * @param actor noted in the audit trail
 * @returns null where the entity has no configuration
 */
export async function retryEntity(
  db: Pick<Database, 'transaction'>,
  key: EntityKey,
  backOffice: string | null,
  actor: Actor,
): Promise<Retried | null> {
  const begun = await db.transaction(async (tx) => begin(tx, key, backOffice, actor));
  if (begun === null) return null;
  const { meant, probed } = begun;
  const origins = new Set<string>();
  let broughtForward = 0;
  let notBefore = 0;
  // State by state, since that is the order of the index that knows an entity's deliveries by status.
  for (const state of ['', ...CALLBACK_STATES]) {
    let after: string | null = NO_ID;
    while (after !== null) {
      const since: string = after;
      const chunk = await db.transaction(async (tx) => bringChunk(tx, key, state, since, meant, probed));
      for (const { dueAt, now, origin } of chunk) {
        if (dueAt > now) notBefore += 1;
        else {
          broughtForward += 1;
          if (origin !== null) origins.add(origin);
        }
      }
      after = chunk.length < CHUNK ? null : (chunk.at(-1)?.id ?? null);
    }
  }
  // Last, so that the probe finds all that it may choose among.
  const probes = probed.length === 0 ? [] : await db.transaction(async (tx) => probeNow(tx, probed));
  return { broughtForward, notBefore, probes: probes.length, origins: [...new Set([...origins, ...probes])] };
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

const ENDPOINTS = `
select coalesce(array_agg(p.punt) filter (where p.punt is not null), '{}') as endpoints
from nt30.aoc_nt_configuracio_callbacks c
left join nt30.aoc_nt_punts_recepcio p on p.entitat = c.entitat and ($3::text is null or p.backoffice = (
  select max(b.backoffice collate "C") from nt30.aoc_nt_punts_recepcio b
  where b.entitat = c.entitat and b.backoffice in ('', $3)))
where c.organisme = $1 and c.departament = $2 group by c.entitat`;

// What is only probed, and whose probe is not due yet.
const PROBED = `
select o.origen as origin from nt30.aoc_nt_origens o
where o.finestra <= 1 and o.sondeig_proper > clock_timestamp() and o.origen = any(array(
  select p.origen from nt30.aoc_nt_punts_recepcio p join nt30.aoc_nt_configuracio_callbacks c using (entitat)
  where p.punt = any($1::bigint[]) and p.manca = '{}' and ${HELD_BY} is null and exists (
    select from nt30.aoc_nt_enviaments e where e.punt = p.punt and e.finalitzat is null)))`;

async function begin(
  tx: Queryable,
  key: EntityKey,
  backOffice: string | null,
  actor: Actor,
): Promise<{ readonly meant: Meant; readonly probed: readonly string[] } | null> {
  const [found] = await tx.query<{ endpoints: string[] }>(ENDPOINTS, [
    key.organisation,
    key.department,
    backOffice,
  ]);
  if (found === undefined) return null;
  const { endpoints } = found;
  const detail = backOffice === null ? {} : { backOffice: backOffice || null };
  await recordAudit(tx, actor, { action: 'entity-retried', entity: key, detail });
  const probed = await tx.query<{ origin: string }>(PROBED, [endpoints]);
  return { meant: { endpoints, backOffice: backOffice || null }, probed: probed.map(({ origin }) => origin) };
}

// The window and the delay of the probe after this one stay: what has failed so often is asked once.
const PROBE = `
with o as (
  select origen from nt30.aoc_nt_origens
  where origen = any($1::bigint[]) and finestra <= 1 and sondeig_proper > clock_timestamp()
  order by origen for no key update
)
update nt30.aoc_nt_origens r set sondeig_proper = clock_timestamp() from o where r.origen = o.origen
returning r.origen as origin`;

async function probeNow(tx: Queryable, origins: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ origin: string }>(PROBE, [origins]);
  return rows.map(({ origin }) => origin);
}

interface Found extends Pick<Schedule, 'id' | 'status' | 'dueAt' | 'notBefore'> {
  readonly origin: string | null;
  /** The database's clock. */
  readonly now: number;
}

// In id order, as everything that locks deliveries does. What is due already is on its way, except where it waits
// for the probe that was brought forward.
const LOCK = `
select e.enviament as id, e.situacio as status, ${epochMs('e.proper_intent')} as "dueAt",
  ${epochMs('e.no_abans')} as "notBefore", e.origen as origin, ${CLOCK_MS} as now
from nt30.aoc_nt_enviaments e
where e.organisme = $1 and e.departament = $2 and coalesce(e.estat, '') = $3 and e.situacio = 'retrying'
  and e.enviament > $4::uuid and e.primer and e.bloquejat is null and e.retingut is null
  and e.punt = any($5::bigint[]) and ($6::text is null or e.backoffice = $6)
  and (e.proper_intent > clock_timestamp() or e.origen = any($7::bigint[]))
order by e.enviament limit ${CHUNK} for update of e`;

const WRITE = `
update nt30.aoc_nt_enviaments e set proper_intent = to_timestamp(s."dueAt" / 1000)
from json_to_recordset($1) as s(id uuid, "dueAt" float8) where e.enviament = s.id`;

async function bringChunk(
  tx: Queryable,
  { organisation, department }: EntityKey,
  state: string,
  after: string,
  { endpoints, backOffice }: Meant,
  probed: readonly string[],
): Promise<Found[]> {
  const found = await tx.query<Found & { id: string }>(
    LOCK,
    [organisation, department, state, after, endpoints, backOffice, probed],
    'lock-retried',
  );
  const brought = found.map((d) => retryNow(d, d.now));
  const moved = brought.filter((d, place) => d !== found[place]);
  if (moved.length > 0) {
    const rows = moved.map(({ id, dueAt }) => ({ id, dueAt }));
    await tx.query(WRITE, [JSON.stringify(rows)], 'write-retried');
  }
  return brought;
}
