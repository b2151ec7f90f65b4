/** What opens a file as UTF-8 in a spreadsheet (RFC 3629, 6). */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A cell: its text, or a number of our own making.
 *
 * A text that a spreadsheet could take for a formula begins with an apostrophe, which it takes for text (OWASP, CSV
 * injection): those that begin with `=`, `+`, `-`, `@`, their full-width forms, or white space that hides one.
 */
function cellText(cell: string | number | boolean | null): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One line, with its end (RFC 4180). */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}
