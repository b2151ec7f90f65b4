import type { paths } from '../../api/schema.ts';
import { dayStart } from '../../i18n/madrid-days.ts';
import { actionTexts } from '../../texts/audit.ts';

type Query = NonNullable<paths['/v1/audit']['get']['parameters']['query']>;

/** What the trail may be filtered by, as the address has it; `from` and `to` are days of Madrid, both included. */
export const FILTERS = ['action', 'organisation', 'department', 'by', 'from', 'to'] as const;
export type Filters = Readonly<Record<(typeof FILTERS)[number], string>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HOUR_MS = 3_600_000;

/** Reads the filters of an address. */
export function readFilters(search: string): Filters {
  const parameters = new URLSearchParams(search);
  const read = (name: string): string => parameters.get(name) ?? '';
  return {
    action: read('action'),
    organisation: read('organisation'),
    department: read('department'),
    by: read('by'),
    from: DAY.test(read('from')) ? read('from') : '',
    to: DAY.test(read('to')) ? read('to') : '',
  };
}

/** The same as the service takes it. */
export function queryOf({ action, from, to, ...rest }: Filters): Query {
  const known = ACTIONS.find((each) => each === action);
  const texts = Object.entries(rest).flatMap(([name, value]) =>
    value.trim() === '' ? [] : [[name, value.trim()] as const],
  );
  return {
    ...Object.fromEntries(texts),
    ...(known === undefined ? {} : { action: known }),
    ...(from === '' ? {} : { from: new Date(startOf(from)).toISOString() }),
    ...(to === '' ? {} : { to: new Date(dayStart(startOf(to) + 26 * HOUR_MS)).toISOString() }),
  };
}

/** Every action that there are words for. */
export const ACTIONS = Object.keys(actionTexts).filter((name): name is NonNullable<Query['action']> =>
  Object.hasOwn(actionTexts, name),
);

/** When a day of Madrid began; at noon in UTC it is the same day there. */
function startOf(day: string): number {
  return dayStart(Date.parse(`${day}T12:00:00Z`));
}
