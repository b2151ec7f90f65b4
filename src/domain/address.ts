import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Whether an IP address is one of the public Internet: where callbacks may be sent unless private endpoints are
 * allowed (IANA special-purpose address registries, RFC 6890). IPv4 addresses inside IPv6 are judged as what
 * they are; a text that is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_IPV4.check(address, 'ipv4');
  // A scoped address (fe80::1%eth0) is judged without its zone.
  const plain = address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return false;
  const embedded = embeddedIPv4(plain);
  if (embedded !== null) return isPublicAddress(embedded);
  return GLOBAL_IPV6.check(plain, 'ipv6') && !SPECIAL_IPV6.check(plain, 'ipv6');
}

/**
 * The IPv4 address inside an IPv4-mapped (RFC 4291) or NAT64 (RFC 6052) one, which reach what it reaches; null for
 * others. Every other form that wraps one (6to4, Teredo, IPv4-compatible, local NAT64) is refused whole.
 */
export function embeddedIPv4(address: string): string | null {
  const groups = groupsOf(address);
  const prefix = groups.slice(0, 6).join(':');
  if (prefix !== IPV4_MAPPED && prefix !== NAT64) return null;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** The eight 16-bit groups of an IPv6 address. The URL parser writes every form of one in hexadecimal. */
function groupsOf(address: string): number[] {
  const [before = '', after = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const head = before.split(':').filter(Boolean);
  const tail = after.split(':').filter(Boolean);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}

/** ::ffff:0:0/96 and 64:ff9b::/96, as the decimal groups that `groupsOf` gives. */
const IPV4_MAPPED = '0:0:0:0:0:65535';
const NAT64 = '100:65435:0:0:0:0';

const SPECIAL_IPV4 = blockList('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // a cloud's platform service, public by its number alone
  '169.254.0.0/16', // link-local, clouds' metadata services
  '172.16.0.0/12', // private
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
]);

/** All that is not global unicast (loopback, unique-local, link-local, multicast …) lies outside. */
const GLOBAL_IPV6 = blockList('ipv6', ['2000::/3']);

const SPECIAL_IPV6 = blockList('ipv6', [
  '2001::/23', // IETF protocol assignments: Teredo, benchmarks, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which can wrap any IPv4 address
  '3fff::/20', // documentation
]);

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix] = subnet.split('/');
    list.addSubnet(net, Number(prefix), family);
  }
  return list;
}
