import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/*
 * Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six digits, 30 seconds. Codes
 * of the step before and after are taken too, since clocks differ.
 */
const STEP_SECONDS = 30;
const STEPS_AROUND = 1;

/** A new secret: 160 bits in base 32, as RFC 4226 advises. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads from the QR code. @param place where one signs in, such as the authority */
export function setUpAddress(secret: string, signInName: string, place: string): string {
  return authenticator(secret, { issuer: `Heard ${place}`, label: signInName }).toString();
}

/** The time step whose code this is, undefined if it is that of no step near. @param now ISO-8601 UTC */
export function stepOf(secret: string, code: string, now: string): number | undefined {
  const timestamp = Date.parse(now);
  const delta = authenticator(secret).validate({ token: code, timestamp, window: STEPS_AROUND });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
}

function authenticator(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...names, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: Secret.fromBase32(secret) });
}

/** Without letters and digits that look alike. */
const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const RECOVERY_LENGTH = 10;
const RECOVERY_CODES = 10;

/** Ten recovery codes of 49 bits each. */
export function newRecoveryCodes(): string[] {
  const letter = () => RECOVERY_ALPHABET[randomInt(RECOVERY_ALPHABET.length)]!;
  return Array.from({ length: RECOVERY_CODES }, () => Array.from({ length: RECOVERY_LENGTH }, letter).join(''));
}

/** As people read it: in two halves. */
export function writeRecoveryCode(code: string): string {
  return `${code.slice(0, RECOVERY_LENGTH / 2)}-${code.slice(RECOVERY_LENGTH / 2)}`;
}

/** What somebody typed as a code, however they set it apart: of the app, a recovery code, or neither. */
export function readCode(typed: string): { app: string } | { recovery: string } | undefined {
  const code = typed.toLowerCase().replace(/[\s-]+/g, '');
  if (/^[0-9]{6}$/.test(code)) return { app: code };
  if (code.length === RECOVERY_LENGTH && [...code].every((letter) => RECOVERY_ALPHABET.includes(letter))) {
    return { recovery: code };
  }
  return undefined;
}
