import { AIMS, type Aim } from '../plan/words.ts';

/*
 * What an annual report is made of. The version for adults follows the four aims of the children's services plan; the one
 * for children says in one section what was done, and is short throughout.
 */

export const REPORT_READERS = ['adult', 'child'] as const;
export type ReportReader = (typeof REPORT_READERS)[number];

export type AimSection = `aim-${Aim}`;
export type SectionId =
  'opening' | 'asked' | 'said' | AimSection | 'did' | 'replies' | 'answers' | 'involved' | 'next' | 'contact';

export interface SectionRule {
  id: SectionId;
  readers: readonly ReportReader[];
  /** Readers for whom somebody has to write before anything is published; the rest may be left to what is drawn. */
  needed: readonly ReportReader[];
}

const ADULT = ['adult'] as const;
const BOTH = REPORT_READERS;

/** In the order in which they are read. */
export const SECTIONS: readonly SectionRule[] = [
  { id: 'opening', readers: BOTH, needed: BOTH },
  { id: 'asked', readers: BOTH, needed: [] },
  { id: 'said', readers: BOTH, needed: BOTH },
  ...AIMS.map((aim): SectionRule => ({ id: `aim-${aim}`, readers: ADULT, needed: ADULT })),
  { id: 'did', readers: ['child'], needed: ['child'] },
  { id: 'replies', readers: BOTH, needed: ADULT },
  { id: 'answers', readers: BOTH, needed: [] },
  { id: 'involved', readers: BOTH, needed: ADULT },
  { id: 'next', readers: BOTH, needed: BOTH },
  { id: 'contact', readers: BOTH, needed: BOTH },
];

export const SECTION_IDS: readonly SectionId[] = SECTIONS.map(({ id }) => id);

/** @throws for what is no section */
export function sectionOf(id: SectionId): SectionRule {
  const found = SECTIONS.find((section) => section.id === id);
  if (!found) throw new Error(`An annual report has no section "${id}": expected one of ${SECTION_IDS.join(', ')}.`);
  return found;
}

export const aimSection = (aim: Aim): AimSection => `aim-${aim}`;
