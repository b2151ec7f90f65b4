import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { ProblemError } from '../../domain/errors.ts';
import type { Language } from '../../domain/language.ts';
import { Slots } from '../slots.ts';
import { CUT_OFF, type CsvColumn } from './columns.ts';
import { BYTE_ORDER_MARK, csvLine } from './rows.ts';

/** The most rows of one export: what spreadsheets hold. */
export const MAX_ROWS = 1_000_000;
/** Rows that one statement reads. */
const PAGE_ROWS = 2_000;
/** Exports that a process makes at once, and those of one key. */
const MAX_EXPORTS = 4;
const MAX_EXPORTS_OF_KEY = 2;

/** Makes exports; remembers those under way. */
export interface Exports {
  /**
   * Answers rows as CSV, newest first, page by page: each page is a statement of its own, so that none lasts, and no
   * transaction is open while the client reads. As many rows are held as one page has. A client that goes away ends it.
   *
   * @param key the caller's
   * @param read reads at most so many rows before an id; null: the newest
   * @throws ProblemError `busy` where as many exports are under way as may be
   */
  send<Row extends { readonly id: string }>(
    reply: FastifyReply,
    key: string,
    wanted: {
      readonly name: string;
      readonly language: Language;
      readonly columns: readonly CsvColumn<Row>[];
      readonly read: (before: string | null, limit: number) => Promise<readonly Row[]>;
    },
  ): Promise<FastifyReply>;
}

/** @param maxRows the most rows of one export */
export function createExports(maxRows: number = MAX_ROWS): Exports {
  const slots = new Slots(MAX_EXPORTS, MAX_EXPORTS_OF_KEY);
  return {
    async send(reply, key, { name, language, columns, read }) {
      const leave = slots.take(key);
      if (leave === null) throw new ProblemError('busy', 'As many exports as may be are under way.');
      try {
        // Before the head: what cannot be read at all is answered as a problem.
        const first = await read(null, Math.min(PAGE_ROWS, maxRows + 1));
        const stream = Readable.from(csvOf(first, language, columns, read, maxRows), { objectMode: false });
        stream.once('close', leave);
        void reply
          .header('content-disposition', `attachment; filename="${name}.csv"`)
          .header('cache-control', 'no-store')
          .type('text/csv; charset=utf-8; header=present');
        return reply.send(stream);
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

async function* csvOf<Row extends { readonly id: string }>(
  first: readonly Row[],
  language: Language,
  columns: readonly CsvColumn<Row>[],
  read: (before: string | null, limit: number) => Promise<readonly Row[]>,
  maxRows: number,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(columns.map(({ title }) => title[language]));
  let written = 0;
  for (let page = first; page.length > 0;) {
    const shown = page.slice(0, maxRows - written);
    written += shown.length;
    yield shown.map((row) => csvLine(columns.map(({ value }) => value(row)))).join('');
    if (shown.length < page.length) {
      yield csvLine([CUT_OFF[language]]);
      return;
    }
    const last = page.at(-1);
    page = last === undefined ? [] : await read(last.id, Math.min(PAGE_ROWS, maxRows - written + 1));
  }
}
