import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asHostCookie, asHostCookies, ownCookies } from '../../server/web/host-cookies.ts';

describe('cookies over HTTPS', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['heard-staff=planted', undefined],
    ['__Host-heard-staff=mine', 'heard-staff=mine'],
    ['heard-staff=planted; __Host-heard-staff=mine', 'heard-staff=mine'],
    ['__Host-a=1;__Host-b=2', 'a=1; b=2'],
    ['__Secure-a=1; __host-b=2; x__Host-c=3', undefined],
  ])('of %j leave %j', (header, own) => {
    expect(ownCookies(header)).toBe(own);
  });

  it.each([
    ['a=1; Path=/class; HttpOnly; SameSite=Lax', '__Host-a=1; HttpOnly; SameSite=Lax; Path=/; Secure'],
    ['a=1; Max-Age=5; Path=/; HttpOnly; Secure', '__Host-a=1; Max-Age=5; HttpOnly; Path=/; Secure'],
    ['a=; Path=/; Expires=Thu, 01 Jan 1970', '__Host-a=; Expires=Thu, 01 Jan 1970; Path=/; Secure'],
    ['a=1; Domain=heard.example', '__Host-a=1; Path=/; Secure'],
  ])('are set as browsers want them: %j', (line, asked) => {
    expect(asHostCookie(line)).toBe(asked);
    expect(asHostCookies([line, line])).toEqual([asked, asked]);
    expect(asHostCookies(line)).toEqual([asked]);
  });

  it('come back as they were set', () => {
    const word = fc.stringMatching(/^[a-z-]{1,12}$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name, minLength: 1 }), (pairs) => {
        const set = pairs.map(([name, value]) => asHostCookie(`${name}=${value}; Path=/x`).split('; ')[0]!);
        expect(ownCookies(set.join('; '))).toBe(pairs.map(([name, value]) => `${name}=${value}`).join('; '));
      }),
    );
  });
});
