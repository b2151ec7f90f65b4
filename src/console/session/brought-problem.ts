/** What the service says in the address when a sign-in by the provider of identity comes to nothing. */
const PARAMETER = 'problem';

/** The code of that problem, which is then no longer in the address; null where there is none. */
export function takeBroughtProblem(): string | null {
  const url = new URL(location.href);
  const problem = url.searchParams.get(PARAMETER);
  if (problem === null) return null;
  url.searchParams.delete(PARAMETER);
  history.replaceState(history.state, '', url);
  return problem;
}
