import { Type } from 'typebox';
import { STATUSES } from '../../domain/delivery.ts';
import { REPORT_KINDS } from '../../domain/report.ts';
import { listCommunications } from '../../store/communications.ts';
import { listDeliveries } from '../../store/deliveries.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { COMMUNICATION_COLUMNS, DELIVERY_COLUMNS } from '../csv/columns.ts';
import { createExports, MAX_ROWS } from '../csv/export.ts';
import { LANGUAGE_QUERY, languageOf } from '../language.ts';
import { LIST_QUERY, readFilters } from '../paging.ts';
import { oneOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import { shownTo } from '../shown.ts';
import type { AddRoutes } from '../types.ts';
import { COMMUNICATION_FILTERS, readCommunicationFilters } from './communications.ts';
import { refuseStateOfDaily } from './deliveries.ts';

const { organisation, department, notification, state, from, to } = LIST_QUERY;
const FILTERS = { organisation, department, notification, state, from, to };

const response = {
  200: {
    description: 'RFC 4180, UTF-8 with a byte order mark; each instant in Europe/Madrid and in UTC',
    content: { 'text/csv': { schema: Type.String() } },
  },
  ...PROBLEM_RESPONSES,
};

const description = `The filters of the list. ${MAX_ROWS} rows at most: where there are more, the last line says so. Titles are in the language that is asked for, codes as the API has them. Cells that a spreadsheet could take for formulas begin with an apostrophe.`;

/**
 * Makes the calls that answer whole lists as CSV.
 *
 * @param maxRows the most rows of one
 */
export function exportRoutes(maxRows: number = MAX_ROWS): AddRoutes {
  const exports = createExports(maxRows);
  return (app, { db }) => {
    app.get(
      '/v1/deliveries.csv',
      {
        config: { roles: READERS, takesItsTime: true },
        schema: {
          summary: 'Deliveries as CSV, newest first',
          description,
          tags: ['deliveries'],
          querystring: strictObject({
            ...FILTERS,
            ...LANGUAGE_QUERY,
            status: Type.Optional(oneOf(STATUSES)),
            kind: Type.Optional(oneOf(REPORT_KINDS)),
          }),
          response,
        },
      },
      async (request, reply) => {
        const { query } = request;
        const { status = null, kind = null } = query;
        refuseStateOfDaily(query);
        const { id, scope } = callerOf(request);
        const filters = { ...readFilters(query), scope, result: status, kind };
        return exports.send(reply, id, {
          name: 'deliveries',
          language: languageOf(request, reply, query.lang),
          columns: DELIVERY_COLUMNS,
          read: async (before, limit) =>
            listDeliveries(db, { ...filters, ceiling: before ?? filters.ceiling }, limit),
        });
      },
    );

    app.get(
      '/v1/communications.csv',
      {
        config: { roles: READERS, takesItsTime: true },
        schema: {
          summary: 'The communications log as CSV, newest first',
          description,
          tags: ['communications'],
          querystring: strictObject({
            ...FILTERS,
            ...LANGUAGE_QUERY,
            ...COMMUNICATION_FILTERS,
          }),
          response,
        },
      },
      async (request, reply) => {
        const { query } = request;
        const caller = callerOf(request);
        const filters = readCommunicationFilters(query, caller.scope);
        return exports.send(reply, caller.id, {
          name: 'communications',
          language: languageOf(request, reply, query.lang),
          columns: COMMUNICATION_COLUMNS,
          read: async (before, limit) =>
            shownTo(
              caller,
              await listCommunications(db, { ...filters, ceiling: before ?? filters.ceiling }, limit),
            ),
        });
      },
    );
  };
}
