import type { DailyLine } from '../domain/delivery.ts';
import type { Queryable } from './database.ts';

// After the configuration's lock and before those of deliveries, in the order of the key.
const LOCK = `
select from nt30.aoc_nt_linies_diaries l
where (l.organisme, l.departament, l.backoffice) in (
  select e.organisme, e.departament, coalesce(e.backoffice, '')
  from nt30.aoc_nt_enviaments e where e.enviament = any($1::uuid[]))
order by l.organisme, l.departament, l.backoffice for no key update`;

/** Locks the lines that daily reports (deliveries) stand in: what finishes or reorders them comes after. */
export async function lockDailyLinesOf(tx: Queryable, dailyReports: readonly string[]): Promise<void> {
  if (dailyReports.length === 0) return;
  await tx.query(LOCK, [dailyReports], 'lock-daily-lines');
}

/** Makes the lines that are not there yet. */
export async function makeDailyLines(tx: Queryable, lines: readonly DailyLine[]): Promise<void> {
  await tx.query(
    `insert into nt30.aoc_nt_linies_diaries (organisme, departament, backoffice)
     select organisation, department, coalesce("backOffice", '')
     from json_to_recordset($1) as l(organisation text, department text, "backOffice" text)
     order by 1, 2, 3 on conflict do nothing`,
    [JSON.stringify(lines)],
    'make-daily-lines',
  );
}

/**
 * Finds daily lines with an unfinished report and none that is first: releases that were lost.
 *
 * @returns of each line one report (delivery)
 */
export async function findUnreleasedDaily(db: Queryable, limit: number): Promise<string[]> {
  const rows = await db.query<{ report: string }>(
    `select min(e.enviament::text) as report from nt30.aoc_nt_enviaments e
     where e.finalitzat is null and e.tipus_informe = 'Diari'
     group by e.organisme, e.departament, e.backoffice having not bool_or(e.primer) limit $1`,
    [limit],
    'find-unreleased-daily',
  );
  return rows.map(({ report }) => report);
}
