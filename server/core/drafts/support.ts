/*
 * How a forum decides: by counting who is in favour of a draft, who is against and who is unsure, on the page or in a
 * room. The youth worker records it; the count stays with the decision.
 */

export const STANCES = ['in-favour', 'against', 'unsure'] as const;
export type Stance = (typeof STANCES)[number];

/** People by what they think of one draft. */
export interface Count {
  inFavour: number;
  against: number;
  unsure: number;
}

/** Where people were counted: on the page of the draft, or by hands in a room. */
export type CountedWhere = 'here' | 'in-the-room';

/** As many have to be heard before a forum agrees; a smaller forum hears everybody. */
const FEWEST_VOICES = 3;
/** More people than come to a meeting. */
export const MOST_VOICES = 200;

export function countStances(stances: readonly Stance[]): Count {
  const of = (stance: Stance) => stances.filter((one) => one === stance).length;
  return { inFavour: of('in-favour'), against: of('against'), unsure: of('unsure') };
}

/**
 * Why this count is no agreement: too few were heard, or no more are in favour than against.
 * @param members people in the forum now; 0 where nobody knows
 */
export function agreementFault(
  { inFavour, against, unsure }: Count,
  members: number,
): 'too-few-voices' | 'not-in-favour' | undefined {
  const fewest = members === 0 ? FEWEST_VOICES : Math.min(FEWEST_VOICES, members);
  if (inFavour + against + unsure < fewest) return 'too-few-voices';
  return inFavour > against ? undefined : 'not-in-favour';
}
