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

/**
 * Writes the query of the ids of one page, newest first, at most `limit`.
 *
 * A list may be filtered by anything, and its table is large: a plan that walks the rows in order until enough
 * of them fit is fast or hopeless by how the values lie, which the planner cannot know. So each query goes down
 * one index whose last column is the id, reads at most `limit` rows for each combination of the columns before
 * it, and merges these. A column that no filter names is not read through: its distinct values are found by
 * jumping from one to the next in the same index (a "loose index scan"), and they are few: the departments of
 * one body, eight states, seven statuses or eight outcomes. The entities of a reader's scope are gone through one
 * by one in the same way.
 *
 * @param condition a further condition on the row `t`, for what no index of the table has
 */
export function newestIds(
  table: ListedTable,
  asked: ListFilters,
  limit: number,
  parameters: Parameters,
  condition: string | null = null,
): string {
  const filters = narrow(asked);
  if (filters === null) return NO_ROWS;
  const fixed = (column: string, value: string | null, type = 'text'): Dimension => ({
    column,
    value: value === null ? null : `${parameters.add(value)}::${type}`,
  });
  const sources: string[] = [];
  const conditions: string[] = [];
  const { scope } = filters;
  if (scope !== null) {
    const organisations = parameters.add(scope.map(({ organisation }) => organisation));
    const departments = parameters.add(scope.map(({ department }) => department));
    const wanted = `select distinct * from unnest(${organisations}::text[], ${departments}::text[])`;
    if (filters.notification === null) {
      sources.push(`(${wanted}) w(organisation, department)`);
      conditions.push('organisme = w.organisation', 'departament = w.department');
    } else {
      conditions.push(`(organisme, departament) in (${wanted})`);
    }
  }
  const dimensions = dimensionsOf(table, filters, fixed);
  for (const { column, value } of dimensions) {
    if (value === null) {
      const name = `d${sources.length}`;
      sources.push(`lateral (${distinctValues(table.name, column, conditions)}) ${name}`);
      conditions.push(`${column} = ${name}.value`);
    } else {
      conditions.push(`${column} = ${value}`);
    }
  }
  if (filters.floor !== null) conditions.push(`${table.id} >= ${parameters.add(filters.floor)}::uuid`);
  if (filters.ceiling !== null) conditions.push(`${table.id} < ${parameters.add(filters.ceiling)}::uuid`);
  if (condition !== null) conditions.push(condition);
  const count = `${parameters.add(limit)}::integer`;
  const stream = `select t.${table.id} as id from ${table.name} t ${where(conditions)}
    order by t.${table.id} desc limit ${count}`;
  if (sources.length === 0) return stream;
  return `select s.id from ${sources.join(' cross join ')} cross join lateral (${stream}) s
    order by s.id desc limit ${count}`;
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
