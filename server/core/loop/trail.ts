import { RESULT_READERS, STUDIO_ROLES, type Role } from '../roles.ts';

/*
 * The chain that anybody can follow: idea, question, result, finding, action, reply, children's answer. Every station is
 * always named; what differs is how far things have come, and which of the stations whoever reads may open.
 */

export const STATIONS = ['idea', 'question', 'result', 'finding', 'action', 'reply', 'answer'] as const;
export type Station = (typeof STATIONS)[number];

/** How far a finding has come, and where its question is from. */
export interface TrailFacts {
  /** An idea on a board of a forum; a proposal in the studio that came from none; or neither. */
  idea: 'idea' | 'proposal' | 'none';
  question: 'asked';
  /** 'replaced': a correction stands in the place of the release that is quoted. */
  result: 'released' | 'replaced';
  finding: 'made';
  action: 'none' | 'decided';
  reply: 'none' | 'written' | 'published';
  /** 'asked': children are asked about the reply, and nothing of it is released. */
  answer: 'none' | 'asked' | 'released';
}

/** Somebody who follows the trail, as far as it matters what they may open. */
export interface TrailReader {
  /** Empty for everybody who is not signed in. */
  roles: readonly Role[];
  isSignedIn: boolean;
  /** Whether they belong to the authority whose finding it is. */
  isOfAuthority: boolean;
  /** Whether the place of the figure is within their area. */
  seesPlace: boolean;
}

/** Which stations a reader may open in the rooms of those who work with them. What is public is open to everybody. */
export function opensFor({ roles, isSignedIn, isOfAuthority, seesPlace }: TrailReader): Record<Station, boolean> {
  const isOne = (of: readonly Role[]) => isOfAuthority && of.some((role) => roles.includes(role));
  const plans = isOne(['planner']) && seesPlace;
  return {
    idea: isOne(STUDIO_ROLES),
    question: isSignedIn,
    result: isOne(RESULT_READERS) && seesPlace,
    finding: plans,
    action: plans,
    reply: plans,
    answer: plans,
  };
}

/** A station as a page shows it. */
export interface TrailStation {
  station: Station;
  state: TrailFacts[Station];
  /** Empty where it is not there yet, or not for whoever reads. */
  href: string;
  isHere: boolean;
}

/**
 * The seven stations in their order.
 * @param ways where stations are for this reader; none where there is no way
 * @param here the station that the page is about
 */
export function trailOf(facts: TrailFacts, ways: Partial<Record<Station, string>>, here: Station): TrailStation[] {
  return STATIONS.map((station) => {
    const isThere = facts[station] !== 'none';
    return { station, state: facts[station], href: isThere ? (ways[station] ?? '') : '', isHere: station === here };
  });
}
