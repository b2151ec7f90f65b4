import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { embeddedIPv4, isPublicAddress } from './address.ts';

/** Where callbacks may be sent to, by the service's settings. */
export interface AddressRules {
  /** Whether private and reserved addresses are allowed, all of them (ALLOW_PRIVATE_ENDPOINTS). */
  readonly allowPrivateEndpoints: boolean;
  /** Networks in CIDR, or addresses, that are allowed though they are private or reserved (ALLOWED_NETWORKS). */
  readonly allowedNetworks: readonly string[];
  /** The ports that are allowed; null: all (ALLOWED_PORTS). */
  readonly allowedPorts: readonly PortRange[] | null;
  /** Whether plain HTTP is refused (REQUIRE_HTTPS). */
  readonly requireHttps: boolean;
  /** An http or https URL, which may hold a user and a password; null: connections are direct (OUTBOUND_PROXY). */
  readonly outboundProxy: string | null;
}

/** Ports from one to another, both included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** What applies where the settings say nothing. */
export const DEFAULT_ADDRESS_RULES: AddressRules = {
  allowPrivateEndpoints: false,
  allowedNetworks: [],
  allowedPorts: null,
  requireHttps: false,
  outboundProxy: null,
};

/** Judges where an endpoint lies. */
export interface AddressGuard {
  /** Whether an address that a name was resolved to may be connected to. */
  allows(address: string): boolean;
  /** Why nothing may be sent to a URL, as a sentence, whatever its name stands for; null: its address decides. */
  refusalOf(url: URL): string | null;
}

/** Makes the one judge of addresses; every connection of a sender asks it. */
export function createAddressGuard(rules: AddressRules): AddressGuard {
  const networks = networkList(rules.allowedNetworks);
  const allows = (address: string): boolean =>
    rules.allowPrivateEndpoints || isPublicAddress(address) || isListed(networks, address);
  return {
    allows,
    refusalOf(url) {
      if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Only https and http are sent to.';
      if (url.username !== '' || url.password !== '') return 'A URL with a user is not sent to.';
      if (rules.requireHttps && url.protocol !== 'https:') return 'Only https is sent to (REQUIRE_HTTPS).';
      const port = portOf(url);
      if (rules.allowedPorts?.every(({ from, to }) => port < from || port > to) === true) {
        return `Port ${port} is not sent to (ALLOWED_PORTS).`;
      }
      const host = hostOf(url);
      if (isIP(host) !== 0) return allows(host) ? null : 'The address is private or reserved.';
      // Behind a proxy nobody here sees what a name stands for; these can stand for nothing public.
      if (rules.outboundProxy !== null && !rules.allowPrivateEndpoints && isLocalName(host)) {
        return 'The host name is one of a local network.';
      }
      return null;
    },
  };
}

/** A URL's host, IPv6 without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** A URL's port, also where it is its scheme's own. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** Whether a text is an address or a network in CIDR. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, more] = text.split('/');
  if (isIP(address) === 0 || more !== undefined) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv6(address) ? 128 : 32));
}

/** The rules among other settings, alone. */
export function addressRulesOf(settings: AddressRules): AddressRules {
  const { allowPrivateEndpoints, allowedNetworks, allowedPorts, requireHttps, outboundProxy } = settings;
  return { allowPrivateEndpoints, allowedNetworks, allowedPorts, requireHttps, outboundProxy };
}

/** A text that differs where the rules differ, for comparison with those of an earlier start; no secret in it. */
export function describeRules(rules: AddressRules): string {
  const { outboundProxy, ...others } = addressRulesOf(rules);
  return JSON.stringify({ ...others, proxy: outboundProxy === null ? null : new URL(outboundProxy).host });
}

function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}

function isListed(networks: BlockList, address: string): boolean {
  if (isIPv4(address)) return networks.check(address, 'ipv4');
  const plain = address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return false;
  const embedded = embeddedIPv4(plain);
  return networks.check(plain, 'ipv6') || (embedded !== null && networks.check(embedded, 'ipv4'));
}

/** Names without a dot, and those that are local by RFC 6761, 6762, 8375 and ICANN's reservation of `internal`. */
function isLocalName(host: string): boolean {
  const name = host.replace(/\.$/, '');
  return !name.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/.test(name);
}
