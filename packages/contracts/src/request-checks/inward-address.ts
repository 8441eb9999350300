import { BlockList, isIP } from 'node:net';

/** What is not globally routable unicast. https://www.iana.org/assignments/iana-ipv4-special-registry */
const INWARD_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Global unicast is 2000::/3 alone; of it tunnels and documentation are not. https://www.iana.org/assignments/iana-ipv6-special-registry */
const INWARD_V6: readonly [string, number][] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

// Two lists, since a list takes an IPv4 address for one of `::ffff:0:0/96` as well.
const inwardV4 = new BlockList();
for (const [address, bits] of INWARD_V4) inwardV4.addSubnet(address, bits, 'ipv4');
const inwardV6 = new BlockList();
for (const [address, bits] of INWARD_V6) inwardV6.addSubnet(address, bits, 'ipv6');

/** Ends of names that never become public ones, or are a cluster's own. https://www.iana.org/assignments/special-use-domain-names */
const INWARD_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|corp|home|home\.arpa|svc|onion|invalid)$/;

/**
 * Whether the host of a URL is, by its very name, no public one: a loopback, private or reserved address in whatever
 * notation, or a name without a public suffix. What a public name resolves to is for whoever connects to check.
 */
export function isInwardHost({ hostname }: URL): boolean {
  // Reading a URL has turned octal, hexadecimal and short forms into four numbers.
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  return isIP(host) === 0 ? !host.includes('.') || INWARD_NAME.test(host) : isInwardAddress(host);
}

/** Whether an IP address is no globally routable unicast one; also what is no address at all. */
export function isInwardAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return inwardV4.check(address, 'ipv4');
    case 6:
      return inwardV6.check(address, 'ipv6');
    default:
      return true;
  }
}
