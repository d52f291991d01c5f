import type { Services } from '../../web/services.ts';
import type { SeededAuthority } from './authority.ts';
import { addPastParents, PARENTS, type PastParents } from './past-parents.ts';
import { addPastWave, EARLIER, LATEST, type PastWave } from './past-waves.ts';

/** A wave of the demonstration whose fieldwork is over, asked at schools or open to whoever came. */
export type Past = PastWave | PastParents;

/** All of them, the latest of pupils first. */
export const PAST: readonly Past[] = [LATEST, EARLIER, PARENTS];

/** Makes a wave and has its people answer. @returns its id */
export function addPast(
  services: Services,
  authority: SeededAuthority,
  administrator: string | null,
  past: Past,
): Promise<string> {
  return past.family === 'parents'
    ? addPastParents(services, authority, administrator, past)
    : addPastWave(services, authority, administrator, past);
}
