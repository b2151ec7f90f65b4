import { lookup, type LookupAddress } from 'node:dns';

/** What a host name stands for, or the system's error. */
type Resolved = (error: Error | null, addresses: readonly LookupAddress[]) => void;

/** Finds all addresses of a host name. */
export type Resolve = (hostname: string, resolved: Resolved) => void;

/** How long an answer is used again: a burst of new connections to one origin asks once. */
const TTL_MS = 2_000;
/** Beyond this many names all are forgotten; they live two seconds anyway. */
const MAX_NAMES = 1_000;

/** The system's own resolution: hosts file, DNS, and whatever else the machine is set up for. */
export const resolveBySystem: Resolve = (hostname, resolved) => {
  // The system gives no second argument with an error.
  lookup(hostname, { all: true }, (error, addresses) => resolved(error, error === null ? addresses : []));
};

/**
 * Remembers answers for two seconds, and lets those who ask while a question is open share its answer: the
 * system's resolver works on few threads, which one slow name must not fill. Failures are not remembered.
 */
export function rememberingResolver(resolve: Resolve): Resolve {
  const known = new Map<string, { readonly addresses: readonly LookupAddress[]; readonly until: number }>();
  const asking = new Map<string, Resolved[]>();
  return (hostname, resolved) => {
    const answer = known.get(hostname);
    if (answer !== undefined && performance.now() < answer.until) {
      process.nextTick(resolved, null, answer.addresses);
      return;
    }
    const others = asking.get(hostname);
    if (others !== undefined) {
      others.push(resolved);
      return;
    }
    const waiting = [resolved];
    asking.set(hostname, waiting);
    resolve(hostname, (error, addresses) => {
      asking.delete(hostname);
      if (known.size >= MAX_NAMES) known.clear();
      if (error === null) known.set(hostname, { addresses, until: performance.now() + TTL_MS });
      for (const each of waiting) each(error, addresses);
    });
  };
}
