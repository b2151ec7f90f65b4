import type { Scope } from '../domain/key.ts';

/** Collects the values of a statement as numbered parameters: none is ever written into its text. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the parameter's name in the statement, `$1` … */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A table that is listed newest first by its UUIDv7 id, with the columns that every such table has. */
export interface ListedTable {
  readonly name: string;
  /** Its primary key. */
  readonly id: string;
  /** What tells its rows apart in the field's own words: a delivery's status, an attempt's outcome. */
  readonly result: string;
}

/** The filters that every list has; null where one is not asked for. */
export interface ListFilters {
  /** The entities whose rows the reader may know of. */
  readonly scope: Scope;
  readonly organisation: string | null;
  readonly department: string | null;
  /** IdNotificacio, a decimal string. */
  readonly notification: string | null;
  readonly state: string | null;
  /** The value of the table's `result` column. */
  readonly result: string | null;
  /** Ids from here on, included. */
  readonly floor: string | null;
  /** Ids before here. */
  readonly ceiling: string | null;
}

/** A row without a state (a daily report's) counts as the empty one, so that one index has every row. */
const STATE = `coalesce(estat, '')`;

interface Dimension {
  readonly column: string;
  /** The parameter that it must equal; null: any value. */
  readonly value: string | null;
}

const NO_ROWS = 'select null::uuid as id where false';

/** Before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Writes the query of the ids of one page, newest first, at most `limit`.
 *
 * A list may be filtered by anything, and its table is large: a plan that walks the rows in order until enough
 * of them fit is fast or hopeless by how the values lie, which the planner cannot know. So each query goes down
 * one index whose last column is the id, reads at most `limit` rows for each combination of the columns before
 * it, and merges these. A column that no filter names is not read through: its distinct values are found by
 * jumping from one to the next in the same index (a "loose index scan"), and they are few: the departments of
 * one body, eight states, seven statuses or nine outcomes.
 *
 * The entities of a reader's scope may be many, times those values: of these combinations only those are read whose
 * newest row may be on the page.
 *
 * @param condition writes a further condition on the row `t`, for what no index of the table has; not asked where
 * the query has no rows and takes no parameters
 */
export function newestIds(
  table: ListedTable,
  asked: ListFilters,
  limit: number,
  parameters: Parameters,
  condition: (() => string) | null = null,
): string {
  const filters = narrow(asked);
  if (filters === null) return NO_ROWS;
  const fixed = (column: string, value: string | null, type = 'text'): Dimension => ({
    column,
    value: value === null ? null : `${parameters.add(value)}::${type}`,
  });
  const sources: string[] = [];
  const equalities: Equality[] = [];
  const bounds: string[] = [];
  const { scope } = filters;
  if (scope !== null) {
    const known = knownEntities(scope, parameters);
    if (filters.notification === null) {
      sources.push(`(${known}) w(organisation, department)`);
      equalities.push({ column: 'organisme', value: 'w.organisation', isFree: true });
      equalities.push({ column: 'departament', value: 'w.department', isFree: true });
    } else {
      bounds.push(`(organisme, departament) in (${known})`);
    }
  }
  for (const { column, value } of dimensionsOf(table, filters, fixed)) {
    if (value === null) {
      const name = `d${sources.length}`;
      const values = distinctValues(table.name, column, equalities.map(equalityText));
      sources.push(`lateral (${values}) ${name}`);
      equalities.push({ column, value: `${name}.value`, isFree: true });
    } else {
      equalities.push({ column, value, isFree: false });
    }
  }
  if (filters.floor !== null) bounds.push(`${table.id} >= ${parameters.add(filters.floor)}::uuid`);
  if (filters.ceiling !== null) bounds.push(`${table.id} < ${parameters.add(filters.ceiling)}::uuid`);
  if (condition !== null) bounds.push(condition());
  const query: PageQuery = { table, sources, equalities, bounds, count: `${parameters.add(limit)}::integer` };
  if (sources.length === 0) return newestOf(query, equalities, query.count);
  return scope === null ? mergeAll(query) : mergeNewest(query);
}

/** A column that a row must have a value in. */
interface Equality {
  readonly column: string;
  /** A parameter; or where a source has the value, where it is one that is gone through. */
  readonly value: string;
  readonly isFree: boolean;
}

/** The parts that a page's query is written of. */
interface PageQuery {
  readonly table: ListedTable;
  /** What the values that are gone through come from. */
  readonly sources: readonly string[];
  readonly equalities: readonly Equality[];
  readonly bounds: readonly string[];
  readonly count: string;
}

function equalityText({ column, value }: Equality): string {
  return `${column} = ${value}`;
}

/** The newest ids of one combination of values. */
function newestOf({ table, bounds }: PageQuery, equalities: readonly Equality[], count: string): string {
  const conditions = [...equalities.map(equalityText), ...bounds];
  return `select t.${table.id} as id from ${table.name} t ${where(conditions)}
    order by t.${table.id} desc limit ${count}`;
}

/** Reads a page of every combination. */
function mergeAll(query: PageQuery): string {
  const { sources, equalities, count } = query;
  return `select s.id from ${sources.join(' cross join ')}
    cross join lateral (${newestOf(query, equalities, count)}) s order by s.id desc limit ${count}`;
}

/**
 * Reads the newest row of every combination; where these fill a page, no row before the last of them is on it, and
 * no combination whose newest row is before that has one.
 */
function mergeNewest(query: PageQuery): string {
  const { table, sources, equalities, bounds, count } = query;
  const free = equalities.filter(({ isFree }) => isFree);
  const kept = equalities.map((each) =>
    each.isFree ? { ...each, value: `h.k${free.indexOf(each)}` } : each,
  );
  const rest = { ...query, bounds: [...bounds, `${table.id} >= l.least`] };
  return `with h as materialized (
      select ${free.map(({ value }, place) => `${value} as k${place}`).join(', ')}, x.id as newest
      from ${sources.join(' cross join ')} cross join lateral (${newestOf(query, equalities, '1')}) x
    ), l as materialized (
      select coalesce((select newest from h order by newest desc offset ${count} - 1 limit 1), '${FIRST_ID}') as least
    )
    select s.id from h cross join l cross join lateral (${newestOf(rest, kept, count)}) s
    where h.newest >= l.least order by s.id desc limit ${count}`;
}

/** The query of the entities of a scope. */
function knownEntities(scope: NonNullable<Scope>, parameters: Parameters): string {
  const organisations = parameters.add(scope.map(({ organisation }) => organisation));
  const departments = parameters.add(scope.map(({ department }) => department));
  return `select distinct * from unnest(${organisations}::text[], ${departments}::text[])`;
}

/**
 * The filters with a scope that names several entities, all of which are asked for, or none: a scope that holds one
 * entity of those asked for is that entity. Null where it holds none.
 */
export function narrow(filters: ListFilters): ListFilters | null {
  const { scope, organisation, department } = filters;
  if (scope === null) return filters;
  const wanted = scope.filter(
    (own) =>
      (organisation === null || own.organisation === organisation) &&
      (department === null || own.department === department),
  );
  const [first] = wanted;
  if (first === undefined) return null;
  return wanted.length === 1
    ? { ...filters, ...first, scope: null }
    : { ...filters, organisation: null, department: null, scope: wanted };
}

/** The columns to go down by, in the order of the index that has them. */
function dimensionsOf(
  table: ListedTable,
  filters: ListFilters,
  fixed: (column: string, value: string | null, type?: string) => Dimension,
): Dimension[] {
  const { scope, organisation, department, notification, state, result } = filters;
  if (notification !== null) {
    // A notification has few rows: the other filters are read through.
    const rest = [
      fixed('organisme', organisation),
      fixed('departament', department),
      fixed(STATE, state),
      fixed(table.result, result),
    ];
    return [fixed('notificacio', notification, 'bigint'), ...rest.filter(({ value }) => value !== null)];
  }
  if (scope !== null) return [fixed(STATE, state), fixed(table.result, result)];
  if (organisation !== null || department !== null) {
    return [
      fixed('organisme', organisation),
      fixed('departament', department),
      fixed(STATE, state),
      fixed(table.result, result),
    ];
  }
  if (state !== null) return [fixed(STATE, state), fixed(table.result, result)];
  return result === null ? [] : [fixed(table.result, result)];
}

/** The distinct values of a column among the rows that fit: one descent of the index for each. */
function distinctValues(table: string, column: string, conditions: readonly string[]): string {
  const next = (more: string[]): string =>
    `select ${column} from ${table} ${where([...conditions, ...more])} order by ${column} limit 1`;
  return `with recursive v(value) as (
      (${next([])}) union all
      select (${next([`${column} > v.value`])}) from v where v.value is not null
    ) select value from v where value is not null`;
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}
