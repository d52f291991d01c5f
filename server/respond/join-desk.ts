import { timingSafeEqual } from 'node:crypto';
import { JOIN_CODE_LENGTH, readJoinCode } from '../core/fieldwork/class-codes.ts';
import { createClassOpenings } from '../storage/class-openings.ts';
import { hashJoinCode, longJoinCodeOf } from '../storage/class-secrets.ts';
import type { ClassKey } from '../storage/class-sheets.ts';
import { readClass, type ClassFacts } from '../web/class-facts.ts';
import { networkOf } from '../web/network.ts';
import type { Services } from '../web/services.ts';
import { createTries, DAY, HOUR } from '../web/tries.ts';

/** Why a join code is not taken; each is a key of the words of joining. */
export type JoinFault = 'faultEmpty' | 'faultShape' | 'faultUnknown' | 'faultTooMany';

/**
 * Join codes that nobody holds open, from one network in an hour and in a day. A school shares an address, and of thirty
 * devices a few mistype. With a hundred classes open at once a guess hits once in a million and a half times, and then
 * opens the places of one class for one lesson.
 */
export const JOIN_GUESSES = [
  { most: 300, seconds: HOUR },
  { most: 600, seconds: DAY },
] as const;

/**
 * Takes join codes as pupils type them. Who has guessed too much shuts out the short codes of their network only: the
 * long code of an opening, which nobody can guess, is always taken (docs/decisions/0048).
 */
export function createJoinDesk({ database, secrets, clock }: Services) {
  const openings = createClassOpenings(database);
  const guesses = createTries(JOIN_GUESSES);

  /** The class that a short or a long code opens. Both take the same time whether or not their beginning is known. */
  async function classOf(joinCode: string): Promise<ClassKey | undefined> {
    const short = joinCode.slice(0, JOIN_CODE_LENGTH);
    const opening = await openings.findByJoinCode(hashJoinCode(secrets, short), clock());
    const long = longJoinCodeOf(secrets, opening?.id ?? '');
    if (isShort(joinCode)) return opening?.key;
    return timingSafeEqual(Buffer.from(long), Buffer.from(joinCode)) ? opening?.key : undefined;
  }

  return {
    async take(
      typed: string,
      address: string,
    ): Promise<{ facts: ClassFacts; joinCode: string } | { fault: JoinFault }> {
      if (typed.trim() === '') return { fault: 'faultEmpty' };
      const joinCode = readJoinCode(typed);
      if (!joinCode) return { fault: 'faultShape' };
      const network = networkOf(address);
      const key = await classOf(joinCode);
      const facts = key && (await readClass(database, key));
      if (facts && !isShort(joinCode)) return { facts, joinCode };
      if (!facts) await guesses.count(network);
      if (await guesses.areTooMany(network)) return { fault: 'faultTooMany' };
      return facts ? { facts, joinCode } : { fault: 'faultUnknown' };
    },
  };
}

const isShort = (joinCode: string) => joinCode.length === JOIN_CODE_LENGTH;
