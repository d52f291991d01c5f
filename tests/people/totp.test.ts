import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  newRecoveryCodes,
  newSecret,
  readCode,
  setUpAddress,
  stepOf,
  writeRecoveryCode,
} from '../../server/people/totp.ts';

/** The secret of the test vectors of RFC 6238, appendix B: "12345678901234567890" in base 32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes of authenticator apps', () => {
  it.each([
    ['1970-01-01T00:00:59Z', '287082', 1],
    ['2005-03-18T01:58:29Z', '081804', 37037036],
    ['2005-03-18T01:58:31Z', '050471', 37037037],
    ['2009-02-13T23:31:30Z', '005924', 41152263],
    ['2033-05-18T03:33:20Z', '279037', 66666666],
    ['2603-10-11T11:33:20Z', '353130', 666666666],
  ])('are those of RFC 6238 at %s', (at, code, step) => {
    expect(stepOf(SECRET, code, at)).toBe(step);
  });

  it('are taken half a minute early and late, and no further', () => {
    const at = (seconds: number) => new Date(seconds * 1000).toISOString();
    expect([29, 30, 59, 60, 89, 90].map((seconds) => stepOf(SECRET, '287082', at(seconds)))).toEqual([
      1,
      1,
      1,
      1,
      1,
      undefined,
    ]);
    expect(stepOf(SECRET, '081804', at(59))).toBeUndefined();
  });

  it('come from secrets of 160 bits, no two alike', () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('are set up from an address that names place and account', () => {
    const address = new URL(setUpAddress(SECRET, 'adair', 'Strath & Lorn'));
    expect(address.protocol).toBe('otpauth:');
    expect(decodeURIComponent(address.pathname)).toBe('/Heard Strath & Lorn:adair');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret: SECRET, issuer: 'Heard Strath & Lorn' });
  });
});

describe('what is typed as a code', () => {
  it('is read however it is set apart', () => {
    expect(readCode(' 287 082 ')).toEqual({ app: '287082' });
    for (const code of newRecoveryCodes()) {
      expect(readCode(writeRecoveryCode(code))).toEqual({ recovery: code });
      expect(readCode(` ${writeRecoveryCode(code).toUpperCase()} `)).toEqual({ recovery: code });
    }
  });

  it('is a code or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const code = readCode(typed);
        if (code === undefined) return;
        expect('app' in code ? code.app : code.recovery).toMatch(/^([0-9]{6}|[a-z2-9]{10})$/);
      }),
    );
    for (const none of ['', '12345', '1234567', 'abcde-abcd', 'abcde-abcdo', '２８７０８２'])
      expect(readCode(none)).toBeUndefined();
  });

  it('has ten recovery codes at a time', () => {
    expect(new Set(newRecoveryCodes()).size).toBe(10);
  });
});
