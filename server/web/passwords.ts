import argon2 from 'argon2';

/** Argon2id with the library's own defaults, which follow the OWASP password storage advice (64 MiB, 3 passes). */
export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password);
}

/** A hash of nothing in particular: an unknown name costs as much time as a wrong password. */
let decoy: Promise<string> | undefined;

/**
 * Whether a password belongs to a stored hash. Without a stored hash it is compared with a decoy, so that
 * the time taken does not tell whether the name exists.
 */
export async function passwordMatches(storedHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const matches = await argon2.verify(storedHash ?? (await decoy), password);
  return matches && storedHash !== undefined;
}
