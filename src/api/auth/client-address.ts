import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name one network: a client moves freely in its own /64 (RFC 6177). */
const NETWORK_GROUPS = 4;

/** What failed tries are counted by: an IPv4 address, or the /64 that an IPv6 address is in. */
export function clientNetwork(address: string): string {
  // An IPv4 address that comes over an IPv6 socket (RFC 4291, 2.5.5.2).
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.split('%', 1)[0] ?? '';
  if (!isIPv6(bare)) return address;
  const [left = '', right] = bare.split('::');
  const before = groupsOf(left);
  const after = right === undefined ? [] : groupsOf(right);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const network = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function groupsOf(part: string): string[] {
  // A dotted end stands for two groups; none of ours is among the first four.
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}

/**
 * The network that is kept of an address where who it was may be asked later: the /24 of an IPv4 address, the /48 of
 * an IPv6 one. It tells a town hall from a stranger, and no person's line from its neighbours'.
 */
export function keptNetwork(address: string): string {
  const network = clientNetwork(address);
  if (network.endsWith('::/64')) return `${network.split(':').slice(0, 3).join(':')}::/48`;
  const parts = network.split('.');
  return parts.length === 4 ? `${parts.slice(0, 3).join('.')}.0/24` : network;
}
