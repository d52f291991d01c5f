import { releasedScales, scaleVariable, scoreRange, severalOutcomes } from '../survey/derived.ts';
import type { Variable } from '../survey/kinds.ts';
import { countOutcomes, countScores } from '../tally/derived-counts.ts';
import type { CountedItem, CountedVersion } from './counted-items.ts';
import type { CubeItem } from './release.ts';

/**
 * What is worked out from several answers of one person, with its exact counts by cell.
 * @param versions bands that the version speaks for, each with its id
 */
export function countDerived(
  { columns, survey }: Pick<CountedVersion, 'columns' | 'survey'>,
  cells: number,
  versions: CubeItem['versions'],
): CountedItem[] {
  const shared = { askedBefore: undefined, anyOf: undefined };
  const several = severalOutcomes(survey);
  const outcomes = countOutcomes(columns, survey, cells);
  const scales = releasedScales(survey).map((scale): CountedItem => {
    const { asked, scored, points } = countScores(columns, scale, cells);
    return {
      ...shared,
      item: { ...itemOf(scaleVariable(scale), 'scale', versions), range: scoreRange(scale) },
      counts: { asked, options: new Map(), states: new Map() },
      cameUp: asked.some((count) => count > 0),
      scores: { scored, points },
    };
  });
  if (!several || !outcomes) return scales;
  const item = itemOf(several, 'outcomes', versions);
  return [...scales, { ...shared, item, counts: outcomes, cameUp: outcomes.asked.some((count) => count > 0) }];
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
