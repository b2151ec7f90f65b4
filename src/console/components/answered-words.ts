/** Codes of attempts whose `errorText` are the integrator’s own words, in whatever language; the others’ is English. */
const ANSWERED: ReadonlySet<string | null> = new Set(['error-element', 'soap-fault']);

/** Whether the text of an attempt’s error was the web service’s own. */
export function isAnswered(errorCode: string | null): boolean {
  return ANSWERED.has(errorCode);
}
