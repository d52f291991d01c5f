import { timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { CLASS_LINK_LENGTH, readClassLink, readPin } from '../core/fieldwork/class-codes.ts';
import { hashClassLink, hashClassPin } from '../storage/class-secrets.ts';
import { keyIn, type ClassKey, type ClassSheets } from '../storage/class-sheets.ts';
import type { Secrets } from '../storage/secrets.ts';

/** Why somebody is not signed in to a class; each is a key of the words of class. */
export type SignInFault = 'faultLink' | 'faultPin' | 'faultTooMany';

/** Links that no class has, from one address in an hour: a school shares one. */
const UNKNOWN_LINKS = 100;
/** Wrong PINs for one class from one address in a quarter of an hour. */
const WRONG_PINS = 8;
/** Wrong PINs for one class from everywhere in an hour; who is signed in is not affected. */
const WRONG_PINS_FROM_ALL = 40;

/**
 * Takes link and PIN as people type them. A link cannot be guessed; a PIN could, by somebody who has seen a link, so
 * wrong ones are few for each class and address.
 */
export function createPinDesk(sheets: ClassSheets, secrets: Secrets) {
  const unknownLinks = new RateLimiterMemory({ points: UNKNOWN_LINKS, duration: 3600 });
  const wrongPins = new RateLimiterMemory({ points: WRONG_PINS, duration: 900 });
  const wrongPinsFromAll = new RateLimiterMemory({ points: WRONG_PINS_FROM_ALL, duration: 3600 });

  const isSpent = async (limiter: RateLimiterMemory, key: string) =>
    ((await limiter.get(key))?.consumedPoints ?? 0) >= limiter.points;

  return {
    async take(
      typedLink: string,
      typedPin: string,
      address: string,
    ): Promise<{ key: ClassKey } | { fault: SignInFault }> {
      const link = readClassLink(typedLink);
      if (link.length !== CLASS_LINK_LENGTH) return { fault: 'faultLink' };
      if (await isSpent(unknownLinks, address)) return { fault: 'faultTooMany' };
      const linkHmac = hashClassLink(secrets, link);
      const sheet = await sheets.find(linkHmac);
      if (!sheet) {
        await unknownLinks.consume(address);
        return { fault: 'faultLink' };
      }
      const place = `${linkHmac} ${address}`;
      if ((await isSpent(wrongPins, place)) || (await isSpent(wrongPinsFromAll, linkHmac)))
        return { fault: 'faultTooMany' };
      if (isSame(hashClassPin(secrets, linkHmac, readPin(typedPin)), sheet.pinHmac)) return { key: keyIn(sheet) };
      await Promise.all([wrongPins.consume(place), wrongPinsFromAll.consume(linkHmac)]);
      return { fault: 'faultPin' };
    },
  };
}

/** Compares in a time that tells nothing of where two hashes differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
