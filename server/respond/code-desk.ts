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
  | 'faultClosed';

const SHAPE_FAULTS = {
  empty: 'faultEmpty',
  'wrong-character': 'faultWrongCharacter',
  'wrong-length': 'faultWrongLength',
  'wrong-check': 'faultWrongCheck',
} as const;

/**
 * Takes codes as people type them. Slips of the finger are answered exactly and cost nothing: the check
 * character catches them. A well-formed code that nobody was given is a guess, and guesses are few: with
 * 30 an hour from one address and 3,000 from all, finding one of 30,000 live codes takes years.
 */
export function createCodeDesk(drafts: Drafts, secrets: Secrets) {
  const fromOneAddress = new RateLimiterMemory({ points: 30, duration: 3600 });
  const fromAll = new RateLimiterMemory({ points: 3000, duration: 3600 });

  async function refuseGuessing(address: string): Promise<void> {
    const [one, all] = await Promise.all([fromOneAddress.get(address), fromAll.get('all')]);
    if ((one?.consumedPoints ?? 0) >= 30 || (all?.consumedPoints ?? 0) >= 3000) throw new Fault('too-many');
  }

  return {
    /** @throws Fault 'too-many' after too many guesses from this address */
    async take(typed: string, address: string): Promise<{ code: FoundCode } | { fault: CodeFault }> {
      const reading = readCode(typed);
      if ('fault' in reading) return { fault: SHAPE_FAULTS[reading.fault] };
      await refuseGuessing(address);
      const code = await drafts.findCode(secrets.hashCode(reading.code));
      if (!code) {
        await Promise.allSettled([fromOneAddress.consume(address), fromAll.consume('all')]);
        return { fault: 'faultUnknown' };
      }
      if (code.state === 'spent') return { fault: 'faultSpent' };
      return code.closing ? { fault: 'faultClosed' } : { code };
    },
  };
}
