import { JOIN_CODE_LENGTH, longJoinCodeFrom } from '../core/fieldwork/class-codes.ts';
import type { Secrets } from './secrets.ts';

/*
 * What is stored of what opens a class: hashes under the code key, which lies outside the database. Each begins with
 * what it is for, so that none stands for another.
 */
type Hashing = Pick<Secrets, 'hashCode'>;

export function hashClassLink({ hashCode }: Hashing, link: string): string {
  return hashCode(`class-link:${link}`);
}

/** A PIN is good with its own link alone. */
export function hashClassPin({ hashCode }: Hashing, linkHmac: string, pin: string): string {
  return hashCode(`class-pin:${linkHmac}:${pin}`);
}

export function hashJoinCode({ hashCode }: Hashing, joinCode: string): string {
  return hashCode(`class-join:${joinCode}`);
}

/** The long join code of an opening, to be shown as often as the teacher looks, although it is stored nowhere. */
export function longJoinCodeOf({ hashCode }: Hashing, openingId: string): string {
  return longJoinCodeFrom(Buffer.from(hashCode(`class-opening:${openingId}`), 'base64url'));
}

/** The join code of an opening: the beginning of the long one. */
export function joinCodeOf(secrets: Hashing, openingId: string): string {
  return longJoinCodeOf(secrets, openingId).slice(0, JOIN_CODE_LENGTH);
}
