import { flagsOf } from '../texts/flags.ts';
import type { FlagKind } from '../texts/flag.ts';
import { namesHarm } from './harm-words.ts';

/*
 * What is kept back before others in a forum read it, until a youth worker has looked. It keeps back too much rather than
 * too little: a question about self-harm is a fair question, and a youth worker shows it with one press.
 */

/**
 * Why words are kept back: 'harm' if somebody may be in danger, 'contact' if they say how somebody can be reached
 * elsewhere, 'unkind' if they hold abuse.
 */
export type HoldReason = 'harm' | 'contact' | 'unkind';

/** By what somebody can be reached or found outside the forum. */
const CONTACT: readonly FlagKind[] = ['email', 'web', 'phone', 'postcode', 'address'];

/** @param isUnkind whether words hold abuse, in any language that is known; handed in, since core has no packages */
export function holdReason(words: string, isUnkind: (words: string) => boolean): HoldReason | null {
  if (namesHarm(words)) return 'harm';
  if (flagsOf(words).some(({ kind }) => CONTACT.includes(kind))) return 'contact';
  return isUnkind(words) ? 'unkind' : null;
}
