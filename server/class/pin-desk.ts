import { timingSafeEqual } from 'node:crypto';
import { CLASS_LINK_LENGTH, readClassLink, readPin } from '../core/fieldwork/class-codes.ts';
import { hashClassLink, hashClassPin } from '../storage/class-secrets.ts';
import { keyIn, type ClassKey, type ClassSheets } from '../storage/class-sheets.ts';
import type { Secrets } from '../storage/secrets.ts';
import { networkOf } from '../web/network.ts';
import { createTries, DAY, HOUR } from '../web/tries.ts';

/** Why somebody is not signed in to a class; each is a key of the words of class. */
export type SignInFault = 'faultLink' | 'faultPin' | 'faultTooMany';

/** Wrong PINs for one class from one network in a quarter of an hour and in a day. */
export const WRONG_PINS = [
  { most: 8, seconds: HOUR / 4 },
  { most: 30, seconds: DAY },
] as const;
/** Wrong PINs for one class from everywhere in an hour and in a day; who is signed in is not affected. */
export const WRONG_PINS_FROM_ALL = [
  { most: 40, seconds: HOUR },
  { most: 100, seconds: DAY },
] as const;

/**
 * Takes link and PIN as people type them. A link cannot be guessed, so unknown ones cost nothing and shut nobody out. A
 * PIN could be, by somebody who has seen a link, so wrong ones are few for each class.
 */
export function createPinDesk(sheets: ClassSheets, secrets: Secrets) {
  const wrongPins = createTries(WRONG_PINS);
  const wrongPinsFromAll = createTries(WRONG_PINS_FROM_ALL);

  return {
    async take(
      typedLink: string,
      typedPin: string,
      address: string,
    ): Promise<{ key: ClassKey } | { fault: SignInFault }> {
      const link = readClassLink(typedLink);
      if (link.length !== CLASS_LINK_LENGTH) return { fault: 'faultLink' };
      const linkHmac = hashClassLink(secrets, link);
      const sheet = await sheets.find(linkHmac);
      if (!sheet) return { fault: 'faultLink' };
      const place = `${linkHmac} ${networkOf(address)}`;
      const isRight = isSame(hashClassPin(secrets, linkHmac, readPin(typedPin)), sheet.pinHmac);
      if (!isRight) await Promise.all([wrongPins.count(place), wrongPinsFromAll.count(linkHmac)]);
      // Asked last, so that of many PINs at once none is let in that comes after the one too many.
      if ((await wrongPins.areTooMany(place)) || (await wrongPinsFromAll.areTooMany(linkHmac)))
        return { fault: 'faultTooMany' };
      return isRight ? { key: keyIn(sheet) } : { fault: 'faultPin' };
    },
  };
}

/** Compares in a time that tells nothing of where two hashes differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
