import type { Queryable } from './database.ts';

/**
 * SQL of what holds back the deliveries that go to endpoint `p` of the entity with configuration `c` (a `Hold`);
 * null: nothing does. A pause is the entity's and comes first; a suspension is one endpoint's.
 */
export const HELD_BY = `case when c.pausat_des_de is not null then 'paused'
  when p.suspes_des_de is not null then 'suspended' end`;

// In id order, as everything that locks deliveries does.
const LOCK = `
select count(*) from (
  select from nt30.aoc_nt_enviaments
  where punt in (select punt from nt30.aoc_nt_punts_recepcio where entitat = $1) and finalitzat is null
  order by enviament for update
) locked`;

// What is queued goes back, so that no claim finds it; what is being sent keeps its status until its attempt is
// over, and is held from then on. Times stay: what became due meanwhile goes out in the order in which it did.
const FOLLOW = `
with h as (
  select p.punt, ${HELD_BY} as held_by
  from nt30.aoc_nt_configuracio_callbacks c join nt30.aoc_nt_punts_recepcio p using (entitat)
  where c.entitat = $1
), changed as (
  update nt30.aoc_nt_enviaments e set
    retingut = h.held_by,
    situacio = case when h.held_by is not null and e.situacio = 'queued'
      then case when e.intents = 0 then 'waiting' else 'retrying' end else e.situacio end,
    proper_avis = case when h.held_by is null then e.proper_avis end
  from h
  where e.punt = h.punt and e.finalitzat is null and e.retingut is distinct from h.held_by
  returning e.origen
)
select distinct origen as origin from changed where origen is not null`;

/**
 * Lets an entity's unfinished deliveries follow what its configuration and endpoints say that holds them back. Each carries
 * the mark itself, set here and at its creation: the relay never asks the configuration.
 *
 * Precondition: the transaction holds the configuration's row, and no delivery of the entity is made meanwhile.
 *
 * @param entityId the configuration's row
 * @returns the origins (rows) whose deliveries may go now, or have left a place
 */
export async function followHold(tx: Queryable, entityId: string): Promise<string[]> {
  await tx.query(LOCK, [entityId]);
  const rows = await tx.query<{ origin: string }>(FOLLOW, [entityId]);
  return rows.map(({ origin }) => origin);
}
