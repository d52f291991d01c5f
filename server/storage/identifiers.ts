import { randomBytes } from 'node:crypto';

/** A new id: 16 random bytes as text. It carries no time and no order. */
export function newId(): string {
  return randomBytes(16).toString('base64url');
}
