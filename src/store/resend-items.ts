import type { ResendResult, SkipReason } from '../domain/resend-job.ts';
import type { State } from '../domain/state.ts';
import type { Queryable } from './database.ts';
import { ENTITY_NAME, joinEntity } from './entity-names.ts';
import { Parameters } from './newest.ts';

/** What became of one delivery of a job. */
export interface ResendItem {
  readonly delivery: string;
  readonly result: ResendResult;
  /** The delivery that was made; null where none was. */
  readonly resentAs: string | null;
  /** Why none is made; null where that is not so. */
  readonly reason: SkipReason | null;
  /** What is known of the delivery; null once it is gone. */
  readonly notification: string | null;
  readonly state: State | null;
  readonly organisation: string | null;
  readonly department: string | null;
  /** The names that the entity has now; null where it has no configuration. */
  readonly entityName: string | null;
}

const CONDITIONS: Readonly<Record<ResendResult, string>> = {
  pending: 'i.nou is null and i.motiu is null',
  resent: 'i.nou is not null',
  skipped: 'i.motiu is not null',
};

/**
 * Reads what became of a job's deliveries, in the order in which it deals with them, at most `limit`.
 *
 * @param result null: of any
 * @param after the delivery after which it goes on; null: from the first on
 */
export async function listResendItems(
  db: Queryable,
  job: string,
  { result, after }: { readonly result: ResendResult | null; readonly after: string | null },
  limit: number,
): Promise<ResendItem[]> {
  const parameters = new Parameters();
  const conditions = [
    `i.reenviament = ${parameters.add(job)}::uuid`,
    ...(after === null ? [] : [`i.enviament > ${parameters.add(after)}::uuid`]),
    ...(result === null ? [] : [CONDITIONS[result]]),
  ];
  return db.query<ResendItem>(
    `select i.enviament as delivery, i.nou as "resentAs", i.motiu as reason,
       case when i.nou is not null then 'resent' when i.motiu is not null then 'skipped' else 'pending' end as result,
       e.notificacio as notification, e.estat as state, e.organisme as organisation, e.departament as department,
       ${ENTITY_NAME} as "entityName"
     from (
       select * from nt30.aoc_nt_reenviaments_enviaments i where ${conditions.join(' and ')}
       order by i.enviament limit ${parameters.add(limit)}::integer
     ) i
     left join nt30.aoc_nt_enviaments e on e.enviament = i.enviament
     ${joinEntity('e')}
     order by i.enviament`,
    parameters.values,
  );
}
