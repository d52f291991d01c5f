import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../../server/web/network.ts';

describe('the network that tries are counted by', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is the same for all addresses of a line, however they are written', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        // Node writes an address in its one canonical way.
        const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
        fc.pre(!address.includes('.') && !canonical.startsWith('::ffff:'));
        expect(networkOf(canonical)).toBe(networkOf(address));
      }),
    );
  });
});
