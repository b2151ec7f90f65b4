import { Type, type Static } from 'typebox';
import {
  MAX_UNFINISHED,
  RESENDABLE_STATUSES,
  RESEND_RESULTS,
  RESEND_STATUSES,
  SKIP_REASONS,
  type ResendFilter,
  type SkipReason,
} from '../domain/resend-job.ts';
import { REPORT_KINDS } from '../domain/report.ts';
import { STATES, type State } from '../domain/state.ts';
import { readInstant } from './paging.ts';
import { invalidRequest, type FieldFault } from './problems.ts';
import { EntityName, EntityParams, maybe, NullableText, oneOf, strictObject, text } from './schemas.ts';

const { organisation, department } = EntityParams.properties;
const bound = (description: string) => maybe(text({ max: 40, description }));

/** Which deliveries a job sends again. */
export const FilterBody = strictObject(
  {
    organisation: maybe(organisation),
    department: maybe(department),
    kind: maybe(oneOf(REPORT_KINDS, 'Of one change, or daily')),
    state: maybe(oneOf(STATES, 'The state that is told')),
    status: maybe(oneOf(RESENDABLE_STATUSES, 'How the delivery ended; any end if absent')),
    from: bound('Created from this instant on, included: ISO 8601 with its zone'),
    to: bound('Created before this instant: ISO 8601 with its zone'),
  },
  'Which deliveries: those of a public body, or from an instant on, at least; of what exists when the call is made',
);

/** A filter in an answer. */
const Filter = Type.Object({
  organisation: NullableText,
  department: NullableText,
  kind: Type.Unsafe<ResendFilter['kind']>({ type: ['string', 'null'], enum: [...REPORT_KINDS, null] }),
  state: Type.Unsafe<ResendFilter['state']>({ type: ['string', 'null'], enum: [...STATES, null] }),
  status: Type.Unsafe<ResendFilter['status']>({
    type: ['string', 'null'],
    enum: [...RESENDABLE_STATUSES, null],
  }),
  from: NullableText,
  to: NullableText,
});

const Skipped = Type.Unsafe<Readonly<Record<SkipReason, number>>>({
  type: 'object',
  properties: Object.fromEntries(SKIP_REASONS.map((reason) => [reason, { type: 'integer' }])),
  description: 'How many are not sent again, by reason; docs/failures.md explains each',
});

/** What a dry run answers. */
export const Preview = Type.Object({
  filter: Filter,
  total: Type.Integer({ description: 'Deliveries that the filter matches' }),
  resendable: Type.Integer({ description: 'Deliveries that a job would make' }),
  skipped: Skipped,
});

/** A job. */
export const Job = Type.Object({
  id: Type.String(),
  status: oneOf(RESEND_STATUSES),
  filter: Filter,
  pace: Type.Integer({ description: 'Deliveries that it makes in a minute, at most' }),
  reason: NullableText,
  total: Type.Integer({ description: 'Deliveries that the filter matched when it was made' }),
  resent: Type.Integer({ description: 'Deliveries that it has made' }),
  skipped: Skipped,
  waiting: Type.Boolean({
    description: `It makes none now: ${MAX_UNFINISHED} of those that it has made last are unfinished`,
  }),
  createdBy: Type.Object(
    { key: NullableText, name: Type.String() },
    { description: 'The key that made it, and its name' },
  ),
  createdAt: Type.String({ format: 'date-time' }),
  startedAt: NullableText,
  finishedAt: NullableText,
});

/** What became of one delivery of a job. */
export const Item = Type.Object({
  delivery: Type.String(),
  result: oneOf(RESEND_RESULTS),
  resentAs: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'The delivery that was made',
  }),
  reason: Type.Unsafe<SkipReason | null>({
    type: ['string', 'null'],
    enum: [...SKIP_REASONS, null],
    description: 'Why none is made',
  }),
  notification: NullableText,
  state: Type.Unsafe<State | null>({ type: ['string', 'null'], enum: [...STATES, null] }),
  organisation: NullableText,
  department: NullableText,
  entityName: EntityName,
});

/**
 * Reads a filter, which must be bounded: all deliveries there are is never meant.
 *
 * @throws ProblemError `invalid-request` that names the member
 */
export function readFilter(body: Static<typeof FilterBody>): ResendFilter {
  const filter = {
    organisation: body.organisation ?? null,
    department: body.department ?? null,
    kind: body.kind ?? null,
    state: body.state ?? null,
    status: body.status ?? null,
    from: readBound('filter.from', body.from ?? null),
    to: readBound('filter.to', body.to ?? null),
  };
  const faults = faultsOf(filter);
  if (faults.length > 0) throw invalidRequest(faults);
  return filter;
}

function readBound(field: string, value: string | null): string | null {
  return value === null ? null : new Date(readInstant(field, value)).toISOString();
}

function faultsOf({
  organisation: body,
  department: part,
  kind,
  state,
  from,
  to,
}: ResendFilter): FieldFault[] {
  const faults: FieldFault[] = [];
  if (part !== null && body === null) {
    faults.push({ field: 'filter.organisation', detail: 'must be given with a department' });
  } else if (body === null && from === null) {
    faults.push({
      field: 'filter',
      detail: 'must have an organisation or a from: a job is never of everything',
    });
  }
  if (kind === 'Diari' && state !== null) {
    faults.push({ field: 'filter.state', detail: 'must be left out with the kind Diari, which tells many' });
  }
  if (from !== null && to !== null && Date.parse(to) <= Date.parse(from)) {
    faults.push({ field: 'filter.to', detail: 'must be after from' });
  }
  return faults;
}
