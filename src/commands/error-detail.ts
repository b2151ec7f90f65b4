/** What an attempt's failure is told by. */
interface Failed {
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly errorText: string | null;
}

/**
 * The text of a failure where it says more than its code: what the integrator's web service itself said, or the
 * reason of TLS or of the parser. Of a refused connection or an answer that did not come there is no more to say.
 */
export function detailOf({ outcome, errorCode, errorText }: Failed): string | null {
  if (outcome !== 'unreachable') return errorText;
  return errorCode !== null && /^(?:tls-|dns$)/.test(errorCode) ? errorText : null;
}
