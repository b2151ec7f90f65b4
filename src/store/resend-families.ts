/**
 * SQL of the sendings of one report: the recursive queries `up`, from a delivery to the first that was sent, and
 * `family`, all that send what that one sends. They go on with the query that uses them.
 *
 * @param start a query of the columns `enviament` and `reenviat_de` of the delivery, or of no row
 */
export const withFamily = (start: string): string => `with recursive up(enviament, reenviat_de) as (
    ${start}
    union all
    select e.enviament, e.reenviat_de from up join nt30.aoc_nt_enviaments e on e.enviament = up.reenviat_de
  ), family(enviament, situacio, finalitzat) as (
    select e.enviament, e.situacio, e.finalitzat
    from up join nt30.aoc_nt_enviaments e on e.enviament = up.enviament where up.reenviat_de is null
    union all
    select e.enviament, e.situacio, e.finalitzat
    from family f join nt30.aoc_nt_enviaments e on e.reenviat_de = f.enviament
  )`;
