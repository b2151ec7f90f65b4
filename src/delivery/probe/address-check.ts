import { adviceFor, type Sentence } from '../../domain/advice.ts';
import { createAddressGuard, hostOf, type AddressRules } from '../../domain/address-rules.ts';
import { addressNotAllowed, DNS_TIMEOUT, failureOf, type Failure } from '../post/failure.ts';
import { resolveBySystem, type Resolve } from '../post/resolver.ts';

/** How long a name may take to be resolved, in milliseconds: somebody waits at a form. */
const RESOLVE_LIMIT_MS = 3_000;

/** What stands in the way of sending to an address. */
interface AddressFault {
  /** `address-not-allowed` or `dns`. */
  readonly code: string;
  /** Which rule, or what the name's resolution answered: a sentence. */
  readonly text: string;
  readonly advice: Sentence | null;
}

/** Judges an address as sending would, without a connection; null where nothing stands in the way. */
export type CheckAddress = (url: string) => Promise<AddressFault | null>;

/**
 * Makes the judge of addresses of a configuration that is not saved yet.
 *
 * @param rules the settings that say where callbacks may be sent to
 * @param resolve how host names are resolved
 */
export function createAddressCheck(rules: AddressRules, resolve: Resolve = resolveBySystem): CheckAddress {
  const guard = createAddressGuard(rules);

  async function failureAt(url: URL): Promise<Failure | null> {
    const refusal = guard.refusalOf(url);
    if (refusal !== null) return addressNotAllowed(refusal);
    // Behind a proxy names are the proxy's to resolve.
    if (rules.outboundProxy !== null) return null;
    return new Promise((settle) => {
      const timer = setTimeout(() => settle(DNS_TIMEOUT), RESOLVE_LIMIT_MS);
      resolve(hostOf(url), (error, addresses) => {
        clearTimeout(timer);
        if (error !== null) settle(failureOf(error, NOTHING_SENT));
        else if (addresses.some(({ address }) => guard.allows(address))) settle(null);
        else settle(addressNotAllowed('The host name stands for private or reserved addresses.'));
      });
    });
  }

  return async (url) => {
    const failure = await failureAt(new URL(url));
    return failure === null
      ? null
      : { code: failure.code, text: failure.text, advice: adviceFor(failure.code) };
  };
}

const NOTHING_SENT = { sent: false, answered: false, ownAuthority: false, clientCertificate: false };
