/*
 * What a wave needs before it may open. Everything missing is told at once.
 */
export interface OpeningFacts {
  authorityKind: 'real' | 'demonstration';
  state: 'made' | 'open' | 'closing' | 'closed';
  /** Whether everybody on a roll is asked, or whoever comes; the latter needs no schools. */
  reached: 'roll' | 'open';
  endsOn: string;
  today: string;
  schools: number;
  schoolsWithoutRoll: number;
  stagesWithoutSurvey: readonly string[];
  draftedTexts: number;
}

export type Missing = 'schools' | 'roll' | 'survey' | 'reviewed-text' | 'end-date';

/** What is missing, empty when the wave may open. */
export function missingForOpening(facts: OpeningFacts): Missing[] {
  const missing: Missing[] = [];
  if (facts.reached === 'roll' && facts.schools === 0) missing.push('schools');
  if (facts.schoolsWithoutRoll > 0) missing.push('roll');
  if (facts.stagesWithoutSurvey.length > 0) missing.push('survey');
  // Only a demonstration opens on drafted text.
  if (facts.authorityKind === 'real' && facts.draftedTexts > 0) missing.push('reviewed-text');
  if (facts.endsOn < facts.today) missing.push('end-date');
  return missing;
}
