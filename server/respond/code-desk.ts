import { answeringDay } from '../core/fieldwork/answering-days.ts';
import { readCode } from '../core/fieldwork/code.ts';
import { Fault } from '../errors.ts';
import type { Drafts, FoundCode } from '../storage/drafts.ts';
import { networkOf } from '../web/network.ts';
import type { Services } from '../web/services.ts';
import { createTries, DAY, HOUR } from '../web/tries.ts';

/** Why a typed code is not taken; each is a key of the words of respond. */
export type CodeFault =
  | 'faultEmpty'
  | 'faultWrongCharacter'
  | 'faultWrongLength'
  | 'faultWrongCheck'
  | 'faultUnknown'
  | 'faultSpent'
  | 'faultReplaced'
  | 'faultClosed'
  | 'faultEarly'
  | 'faultLate';

/** A code that is not taken, and the day that its words name; empty where they name none. */
export interface RefusedCode {
  fault: CodeFault;
  day: string;
}

const SHAPE_FAULTS = {
  empty: 'faultEmpty',
  'wrong-length': 'faultWrongLength',
  'wrong-character': 'faultWrongCharacter',
  'wrong-check': 'faultWrongCheck',
} as const;

/** Guesses from one network in an hour: of a school's slips of the finger about one in a hundred looks like one. */
export const GUESSES_AN_HOUR = 40;
/**
 * And in a day. With 40,000 live codes a guess hits once in 85,000 times, so that somebody who guesses all day long
 * waits for a year and a half; `npm run guess` works it out.
 */
export const GUESSES_A_DAY = 150;

/**
 * Takes codes as people type them. Slips of the finger and old slips are answered exactly and cost nothing:
 * the check character catches the first, and replaced codes stay known. A well-formed code that nobody was
 * ever given is a guess, and guesses are few. They are counted by network and not for all together, so that
 * nobody can shut everybody out (docs/decisions/0059).
 */
export function createCodeDesk(
  drafts: Pick<Drafts, 'findCode'>,
  { secrets, clock }: { secrets: Pick<Services['secrets'], 'hashCode'>; clock: Services['clock'] },
) {
  const guesses = createTries([
    { most: GUESSES_AN_HOUR, seconds: HOUR },
    { most: GUESSES_A_DAY, seconds: DAY },
  ]);

  return {
    /** @throws Fault 'too-many' after too many guesses from the network of this address */
    async take(typed: string, address: string): Promise<{ code: FoundCode } | RefusedCode> {
      const reading = readCode(typed);
      if ('fault' in reading) return refuse(SHAPE_FAULTS[reading.fault]);
      const network = networkOf(address);
      const code = await drafts.findCode(secrets.hashCode(reading.code));
      if (!code) await guesses.count(network);
      if (await guesses.areTooMany(network)) throw new Fault('too-many');
      if (!code) return refuse('faultUnknown');
      return refusalOf(code, clock()) ?? { code };
    },
  };
}

/** Why a code that somebody was given is not taken at a time; undefined if it is. */
function refusalOf(code: FoundCode, at: string): RefusedCode | undefined {
  if (code.closing) return refuse('faultClosed');
  if (code.state === 'replaced') return refuse('faultReplaced');
  if (code.state === 'spent') return refuse('faultSpent');
  if (code.state === 'started') return undefined;
  const day = answeringDay(code, at);
  if (day === 'early') return refuse('faultEarly', code.startsOn);
  return day === 'late' ? refuse('faultLate', code.endsOn) : undefined;
}

const refuse = (fault: CodeFault, day = ''): RefusedCode => ({ fault, day });
