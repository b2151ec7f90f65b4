import type { Scope } from '../domain/key.ts';
import {
  distinctValues,
  FIRST_ID,
  mergeAll,
  mergeNewest,
  newestOf,
  RECENT_LIMIT,
  recentOr,
  type Equality,
  type ListedTable,
  type PageQuery,
} from './newest-query.ts';

/** Collects the values of a statement as numbered parameters: none is ever written into its text. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the parameter's name in the statement, `$1` … */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
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
  /** Whether it stands before the id in the index that is gone down by; else it is looked at in each row. */
  readonly isIndexed: boolean;
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
 * one body, eight states, seven statuses or nine outcomes.
 *
 * Which index that is must not be left to the planner either: it takes one that has fewer of the columns where it
 * believes that values lie evenly. So rows are compared, and ordered, by all of its columns together, which nothing
 * else answers in order.
 *
 * The entities of a reader's scope, or those with a department of one code, may be many, times those values. Where they
 * have a share of what comes, a page of them lies among the newest rows, which are looked through first; where they
 * do not, of the combinations only those are read whose newest row may be on the page.
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
    isIndexed: true,
  });
  const sources: string[] = [];
  const equalities: Equality[] = [];
  const bounds: string[] = [];
  const { scope } = filters;
  const known = scope === null ? null : knownEntities(scope, parameters);
  if (known !== null && filters.notification === null) {
    sources.push(`(${known}) w(organisation, department)`);
    equalities.push({ column: 'organisme', value: 'w.organisation', isFree: true, isIndexed: true });
    equalities.push({ column: 'departament', value: 'w.department', isFree: true, isIndexed: true });
  } else if (known !== null) {
    bounds.push(isOf(known));
  }
  const dimensions = dimensionsOf(table, filters, fixed);
  for (const { column, value, isIndexed } of dimensions) {
    if (value === null) {
      const name = `d${sources.length}`;
      sources.push(`lateral (${distinctValues(table.name, column, equalities)}) ${name}`);
      equalities.push({ column, value: `${name}.value`, isFree: true, isIndexed });
    } else {
      equalities.push({ column, value, isFree: false, isIndexed });
    }
  }
  const least = filters.floor === null ? FIRST_ID : `${parameters.add(filters.floor)}::uuid`;
  const end = filters.ceiling === null ? null : `${parameters.add(filters.ceiling)}::uuid`;
  if (condition !== null) bounds.push(condition());
  const count = `${parameters.add(limit)}::integer`;
  const query: PageQuery = { table, sources, equalities, bounds, least, end, count };
  if (sources.length === 0) return newestOf(query, equalities, count);
  const isOfMany = filters.notification === null && (scope !== null || isOfDepartment(filters));
  if (!isOfMany) return mergeAll(query);
  if (limit > RECENT_LIMIT) return mergeNewest(query);
  const given = dimensions.flatMap(({ column, value }) => (value === null ? [] : [`${column} = ${value}`]));
  return recentOr(query, known === null ? given : [isOf(known), ...given], mergeNewest(query));
}

/** Whether every body's department of a code is asked for. */
function isOfDepartment({ organisation, department }: ListFilters): boolean {
  return organisation === null && department !== null;
}

/** SQL of whether a row is of some entities: looked up in a table of theirs, never joined. */
function isOf(entities: string): string {
  return `coalesce((organisme, departament) in (${entities}), false)`;
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
    ].filter(({ value }) => value !== null);
    return [
      fixed('notificacio', notification, 'bigint'),
      ...rest.map((dimension) => ({ ...dimension, isIndexed: false })),
    ];
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
