import type { Role } from '../roles.ts';

/** What a person still has to do after the right password: give a code of their device, or set a device up first. */
export type AwaitedStep = 'code' | 'set-up';

export interface Standing {
  authority: 'real' | 'demonstration';
  roles: readonly Role[];
  /** Whether a device is set up. */
  hasFactor: boolean;
}

/**
 * Forum members sign in by pseudonym and have no second factor: a device of their own would tie it to them. Everybody
 * else may have one.
 */
export function mayHaveFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => role !== 'forum-member');
}

/** What is awaited after the right password; null where that is enough. In a demonstration a device is nobody's duty. */
export function awaitedStep({ authority, roles, hasFactor }: Standing): AwaitedStep | null {
  if (!mayHaveFactor(roles)) return null;
  if (hasFactor) return 'code';
  return authority === 'real' ? 'set-up' : null;
}
