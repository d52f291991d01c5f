import { releasedScales, scaleVariable, scoreRange, severalOutcomes } from '../survey/derived.ts';
import type { Variable } from '../survey/kinds.ts';
import { countOutcomes, countScores } from '../tally/derived-counts.ts';
import type { SurveyDefinition } from '../survey/definition.ts';
import type { Columns } from '../tally/columns.ts';
import type { VariableCounts } from '../tally/count.ts';
import type { CubeItem } from './release.ts';

/** One of them. */
export interface DerivedItem {
  item: CubeItem;
  counts: VariableCounts;
  cameUp: boolean;
  /** Of a scale, by cell: those with a score, and their points above its lowest score. */
  scores?: { scored: Int32Array; points: Int32Array };
}

/**
 * What is worked out from several answers of one person, with its exact counts by cell.
 * @param versions bands that the version speaks for, each with its id
 */
export function countDerived(
  { columns, survey }: { columns: Columns; survey: SurveyDefinition },
  cells: number,
  versions: CubeItem['versions'],
): DerivedItem[] {
  const several = severalOutcomes(survey);
  const outcomes = countOutcomes(columns, survey, cells);
  const scales = releasedScales(survey).map((scale): DerivedItem => {
    const { asked, scored, points } = countScores(columns, scale, cells);
    return {
      item: { ...itemOf(scaleVariable(scale), 'scale', versions), range: scoreRange(scale) },
      counts: { asked, options: new Map(), states: new Map() },
      cameUp: asked.some((count) => count > 0),
      scores: { scored, points },
    };
  });
  if (!several || !outcomes) return scales;
  const item = itemOf(several, 'outcomes', versions);
  return [...scales, { item, counts: outcomes, cameUp: outcomes.asked.some((count) => count > 0) }];
}

function itemOf({ id, question, codes }: Variable, kind: CubeItem['kind'], versions: CubeItem['versions']): CubeItem {
  return {
    id,
    kind,
    question: id,
    part: null,
    options: codes,
    several: false,
    domain: question.tags.domain,
    schoolClimate: false,
    unlinked: false,
    versions,
  };
}
