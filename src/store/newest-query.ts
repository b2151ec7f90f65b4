/** A table that is listed newest first by its UUIDv7 id, with the columns that every such table has. */
export interface ListedTable {
  readonly name: string;
  /** Its primary key. */
  readonly id: string;
  /** What tells its rows apart in the field's own words: a delivery's status, an attempt's outcome. */
  readonly result: string;
}

/** Before every id, and after every one. */
export const FIRST_ID = `'00000000-0000-0000-0000-000000000000'::uuid`;
const LAST_ID = `'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid`;

/** So many of the newest rows are looked through first where the combinations may be many, and for pages so long at most. */
const RECENT_ROWS = 2_000;
export const RECENT_LIMIT = 250;

/** A column that a row must have a value in. */
export interface Equality {
  readonly column: string;
  /** A parameter; or where a source has the value, where it is one that is gone through. */
  readonly value: string;
  readonly isFree: boolean;
  readonly isIndexed: boolean;
}

/** The parts that a page's query is written of. */
export interface PageQuery {
  readonly table: ListedTable;
  /** What the values that are gone through come from. */
  readonly sources: readonly string[];
  readonly equalities: readonly Equality[];
  readonly bounds: readonly string[];
  /** The least id, and the one before which the ids end; null: none. */
  readonly least: string;
  readonly end: string | null;
  readonly count: string;
}

/**
 * The first column's value as a range of one value: it leads to the index that begins with the column, and as an
 * equality it would allow an order without it.
 */
function leading([first]: readonly Equality[]): string[] {
  return first === undefined
    ? []
    : [`${first.column} >= ${first.value}`, `${first.column} <= ${first.value}`];
}

/** The newest ids of one combination of values. */
export function newestOf(query: PageQuery, equalities: readonly Equality[], count: string): string {
  const { table, bounds, least, end } = query;
  const indexed = equalities.filter(({ isIndexed }) => isIndexed);
  const read = equalities.filter(({ isIndexed }) => !isIndexed);
  const columns = [...indexed.map(({ column }) => column), table.id];
  const rowOf = (id: string): string => `(${[...indexed.map(({ value }) => value), id].join(', ')})`;
  const conditions = [
    ...leading(indexed),
    `(${columns.join(', ')}) >= ${rowOf(least)}`,
    `(${columns.join(', ')}) ${end === null ? '<=' : '<'} ${rowOf(end ?? LAST_ID)}`,
    ...read.map(({ column, value }) => `${column} = ${value}`),
    ...bounds,
  ];
  return `select t.${table.id} as id from ${table.name} t ${where(conditions)}
    order by ${columns.map((column) => `${column} desc`).join(', ')} limit ${count}`;
}

/** Reads a page of the newest rows that fit; where these do not fill it, reads all of it otherwise. */
export function recentOr(
  { table, bounds, least, end, count }: PageQuery,
  conditions: readonly string[],
  otherwise: string,
) {
  const ids = [`${table.id} >= ${least}`, ...(end === null ? [] : [`${table.id} < ${end}`])];
  return `with recent as materialized (
      select t.${table.id} as id from (
        select * from ${table.name} ${where(ids)} order by ${table.id} desc limit ${RECENT_ROWS}) t
      ${where([...conditions, ...bounds])} order by t.${table.id} desc limit ${count}
    )
    select p.id from (
      select id from recent where (select count(*) from recent) >= ${count}
      union all select id from (${otherwise}) o where (select count(*) from recent) < ${count}
    ) p order by p.id desc limit ${count}`;
}

/** Reads a page of every combination. */
export function mergeAll(query: PageQuery): string {
  const { sources, equalities, count } = query;
  return `select s.id from ${sources.join(' cross join ')}
    cross join lateral (${newestOf(query, equalities, count)}) s order by s.id desc limit ${count}`;
}

/**
 * Reads the newest row of every combination; where these fill a page, no row before the last of them is on it, and
 * no combination whose newest row is before that has one.
 */
export function mergeNewest(query: PageQuery): string {
  const { sources, equalities, least, count } = query;
  const free = equalities.filter(({ isFree }) => isFree);
  const kept = equalities.map((each) =>
    each.isFree ? { ...each, value: `h.k${free.indexOf(each)}` } : each,
  );
  const rest = { ...query, least: `greatest(${least}, l.least)` };
  return `with h as materialized (
      select ${free.map(({ value }, place) => `${value} as k${place}`).join(', ')}, x.id as newest
      from ${sources.join(' cross join ')} cross join lateral (${newestOf(query, equalities, '1')}) x
    ), l as materialized (
      select coalesce((select newest from h order by newest desc offset ${count} - 1 limit 1), ${FIRST_ID}) as least
    )
    select s.id from h cross join l cross join lateral (${newestOf(rest, kept, count)}) s
    where h.newest >= l.least order by s.id desc limit ${count}`;
}

/** The distinct values of a column among the rows that fit: one descent of the index for each. */
export function distinctValues(table: string, column: string, equalities: readonly Equality[]): string {
  const columns = [...equalities.map((each) => each.column), column].join(', ');
  const fits = equalities.map(({ value }, place) => `n.e${place} = ${value}`);
  // The next row of the whole index, which may have other values before the column: then there is none.
  const next = (operator: string, after: string): string => `
      select case when ${fits.join(' and ') || 'true'} then n.value end as value from (
        select ${[...equalities.map((each, place) => `${each.column} as e${place}`), `${column} as value`].join(', ')}
        from ${table}
        ${where([...leading(equalities), `(${columns}) ${operator} (${[...equalities.map(({ value }) => value), after].join(', ')})`])}
        order by ${columns} limit 1) n`;
  return `with recursive v(value) as (
      (${next('>=', `''`)}) union all
      select (${next('>', 'v.value')}) from v where v.value is not null
    ) select value from v where value is not null`;
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}
