import { RateLimiterMemory } from 'rate-limiter-flexible';
import { readJoinCode } from '../core/fieldwork/class-codes.ts';
import { createClassOpenings } from '../storage/class-openings.ts';
import { hashJoinCode } from '../storage/class-secrets.ts';
import { readClass, type ClassFacts } from '../web/class-facts.ts';
import type { Services } from '../web/services.ts';

/** Why a join code is not taken; each is a key of the words of joining. */
export type JoinFault = 'faultEmpty' | 'faultShape' | 'faultUnknown' | 'faultTooMany';

/**
 * Join codes that nobody holds open, from one address in an hour. A school shares an address, and of thirty devices a
 * few mistype. With a hundred classes open at once a guess hits once in a million and a half times, and then opens the
 * places of one class for one lesson.
 */
const GUESSES = 300;

/** Takes join codes as pupils type them. */
export function createJoinDesk({ database, secrets, clock }: Services) {
  const openings = createClassOpenings(database);
  const guesses = new RateLimiterMemory({ points: GUESSES, duration: 3600 });

  return {
    async take(
      typed: string,
      address: string,
    ): Promise<{ facts: ClassFacts; joinCode: string } | { fault: JoinFault }> {
      if (typed.trim() === '') return { fault: 'faultEmpty' };
      const joinCode = readJoinCode(typed);
      if (!joinCode) return { fault: 'faultShape' };
      if (((await guesses.get(address))?.consumedPoints ?? 0) >= GUESSES) return { fault: 'faultTooMany' };
      const key = await openings.findByJoinCode(hashJoinCode(secrets, joinCode), clock());
      const facts = key && (await readClass(database, key));
      if (facts) return { facts, joinCode };
      await guesses.consume(address);
      return { fault: 'faultUnknown' };
    },
  };
}
