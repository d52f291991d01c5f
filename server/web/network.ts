import { isIPv6 } from 'node:net';

/**
 * What is counted as one place when tries are limited: an IPv4 address, or the first 64 bits of an IPv6 one. A single
 * line has all addresses that share those (RFC 4291, RFC 6177), and whoever tries could take another for each try.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const plain = address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return address;
  const [start = '', end] = plain.split('::');
  const before = start === '' ? [] : start.split(':');
  const after = end === undefined || end === '' ? [] : end.split(':');
  const zeros = Array.from({ length: Math.max(8 - before.length - after.length, 0) }, () => '0');
  const all = end === undefined ? before : [...before, ...zeros, ...after];
  return `${all
    .slice(0, 4)
    .map((part) => parseInt(part, 16).toString(16))
    .join(':')}::/64`;
}
