import { uuidFloor } from '../domain/uuid.ts';
import type { ResendFilter } from '../domain/resend-job.ts';
import { MAX_RESEND_ITEMS } from '../domain/resend-job.ts';
import type { Parameters } from './newest.ts';
import { withFamily } from './resend-families.ts';

/** Statuses whose deliveries were not acknowledged: asked for, they are those that an integrator missed. */
const MISSED: readonly (string | null)[] = ['exhausted', 'cancelled'];

/**
 * Writes the query of what a filter matches now: `enviament`, and as `reason` why it is not to be sent again (a
 * `SkipReason`; null: it is). At most one more than a job may have.
 *
 * Most deliveries were never sent again: only of the others is the family read.
 *
 * @param now only deliveries made before it, in milliseconds since the epoch
 */
export function selection(filter: ResendFilter, now: number, parameters: Parameters): string {
  return `
with m as materialized (
  select enviament, reenviat_de, organisme, departament, finalitzat from nt30.aoc_nt_enviaments
  where ${conditionsOf(filter, now, parameters).join(' and ')}
  order by enviament limit ${MAX_RESEND_ITEMS + 1}
)
select m.enviament, case
    when m.finalitzat is null then 'unfinished'
    when f.unfinished then 'resend-unfinished'
    when f.acknowledged and ${MISSED.includes(filter.status)} then 'acknowledged-since'
    when row_number() over (partition by coalesce(f.root, m.enviament) order by m.enviament) > 1 then 'repeated'
    when not exists (
      select from nt30.aoc_nt_configuracio_callbacks c
      where c.organisme = m.organisme and c.departament = m.departament
    ) then 'entity-unknown'
  end as reason
from m
left join lateral (
  ${withFamily(`select m.enviament, m.reenviat_de
    where m.reenviat_de is not null
      or exists (select from nt30.aoc_nt_enviaments r where r.reenviat_de = m.enviament)`)}
  select (select enviament from up where reenviat_de is null) as root,
    bool_or(finalitzat is null) as unfinished, bool_or(situacio = 'acknowledged') as acknowledged
  from family
) f on true`;
}

/** In the order of the index that has them: coalesce(estat, '') is what it is made of. */
function conditionsOf(filter: ResendFilter, now: number, parameters: Parameters): string[] {
  const { organisation, department, kind, state, status, from, to } = filter;
  const equal = {
    organisme: organisation,
    departament: department,
    [`coalesce(estat, '')`]: state,
    situacio: status,
    tipus_informe: kind,
  };
  const ceiling = Math.min(now, to === null ? now : Date.parse(to));
  return [
    ...Object.entries(equal).flatMap(([column, value]) =>
      value === null ? [] : [`${column} = ${parameters.add(value)}`],
    ),
    ...(from === null ? [] : [`enviament >= ${parameters.add(uuidFloor(Date.parse(from)))}::uuid`]),
    `enviament < ${parameters.add(uuidFloor(ceiling))}::uuid`,
  ];
}
