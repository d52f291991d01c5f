import { RateLimiterMemory } from 'rate-limiter-flexible';
import { readCode } from '../core/fieldwork/code.ts';
import { Fault } from '../errors.ts';
import type { Drafts, FoundCode } from '../storage/drafts.ts';
import type { Secrets } from '../storage/secrets.ts';

/** Why a typed code is not taken; each is a key of the words of respond. */
export type CodeFault =
  | 'faultEmpty'
  | 'faultWrongCharacter'
  | 'faultWrongLength'
  | 'faultWrongCheck'
  | 'faultUnknown'
  | 'faultSpent'
  | 'faultReplaced'
  | 'faultClosed';

const SHAPE_FAULTS = {
  empty: 'faultEmpty',
  'wrong-character': 'faultWrongCharacter',
  'wrong-length': 'faultWrongLength',
  'wrong-check': 'faultWrongCheck',
} as const;

/** Guesses from one address in an hour. With 30,000 live codes a guess hits once in 110,000 times. */
const GUESSES = 100;

/**
 * Takes codes as people type them. Slips of the finger and old slips are answered exactly and cost nothing:
 * the check character catches the first, and replaced codes stay known. A well-formed code that nobody was
 * ever given is a guess, and guesses are few. They are counted by address and not for all together, so that
 * nobody can shut everybody out.
 */
export function createCodeDesk(drafts: Drafts, secrets: Secrets) {
  const guesses = new RateLimiterMemory({ points: GUESSES, duration: 3600 });

  async function refuseGuessing(address: string): Promise<void> {
    if (((await guesses.get(address))?.consumedPoints ?? 0) >= GUESSES) throw new Fault('too-many');
  }

  return {
    /** @throws Fault 'too-many' after too many guesses from this address */
    async take(typed: string, address: string): Promise<{ code: FoundCode } | { fault: CodeFault }> {
      const reading = readCode(typed);
      if ('fault' in reading) return { fault: SHAPE_FAULTS[reading.fault] };
      await refuseGuessing(address);
      const code = await drafts.findCode(secrets.hashCode(reading.code));
      if (!code) {
        await guesses.consume(address);
        return { fault: 'faultUnknown' };
      }
      if (code.closing) return { fault: 'faultClosed' };
      if (code.state === 'replaced') return { fault: 'faultReplaced' };
      return code.state === 'spent' ? { fault: 'faultSpent' } : { code };
    },
  };
}
