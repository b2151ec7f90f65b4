/** What stands in the log, and wherever it is shown, for a value that must not be kept. */
export const MASK = '***';
