import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordFault } from '../../../server/core/people/password.ts';

describe('a password', () => {
  it.each(['', 'eleven char', 'x'.repeat(11), '😀'.repeat(11)])(
    'of fewer than twelve letters is too short: %s',
    (password) => {
      expect(passwordFault(password, 'adair')).toBe('short');
    },
  );

  it.each([
    'password1234', 'Password2026!', 'P@ssw0rdP@ssw0rd', 'passwordpassword', '123456789012', '098765432109', 'qwertyuiop12',
    'QWERTYuiop[]', 'abcdefghijkl', 'aaaaaaaaaaaa', 'abababababab', 'letmein-letmein', 'Welcome2Heard!', 'Summer2026!!',
    'adair.adair.1', 'Adair-123456', 'iloveyou1234', 'scotland2026', 'changeme1234', 'demonstration-only', '1qaz2wsx3edc',
  ])('that many would try first is refused: %s', (password) => {
    expect(passwordFault(password, 'adair')).toBe('common');
  }); // prettier-ignore

  it.each([
    'nine quiet otters',
    'twelve letters',
    'correct horse battery',
    'Kx7#mQ2v!pLz9',
    'сорок тихих выдр',
    'قوارب زرقاء بعيدة',
  ])('that nobody would is taken: %s', (password) => {
    expect(passwordFault(password, 'adair')).toBeNull();
  });

  it('is seen through where the sign-in name holds a run of keys', () => {
    expect(passwordFault('fabcdeghfabcdegh', 'fabcdegh')).toBe('common');
  });

  it('never gets better by being made of the sign-in name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat({ max: 99999999 }), (name, digits) => {
        expect(passwordFault(`${name}${name}${digits}`.padEnd(12, '!'), name)).toBe('common');
      }),
    );
  });
});
