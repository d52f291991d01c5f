import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import { isQuestion } from '../survey/definition.ts';
import { answerKindOf, partsOf, variablesOf } from '../survey/kinds.ts';

/*
 * What else of a survey reads an item: routes to other items, indicators, scales and the bands. Whoever changes the item
 * or takes it out has to know.
 */

export interface Use {
  by: 'route' | 'indicator' | 'scale' | 'band';
  /** The item, indicator or scale that reads it; of the bands the item itself. */
  id: string;
  /** The question or row that is read. */
  variable: string;
  /** The codes that are named; every code of the question where it is a scale. */
  codes: readonly string[];
}

/** Everything in the survey that reads this item, in the order of the survey. */
export function usesOf(survey: SurveyDefinition, itemId: string): Use[] {
  const isOfItem = (variable: string) => variable === itemId || variable.startsWith(`${itemId}.`);
  const routes = survey.items.flatMap(({ id, when }): Use[] =>
    when?.question === itemId ? [{ by: 'route', id, variable: itemId, codes: when.anyOf }] : [],
  );
  const indicators = survey.indicators
    .filter(({ question }) => isOfItem(question))
    .map(({ id, question, anyOf }): Use => ({ by: 'indicator', id, variable: question, codes: anyOf }));
  const scales = (survey.scales ?? [])
    .filter(({ items }) => items.some(({ question }) => question === itemId))
    .map(({ id, codes }): Use => ({ by: 'scale', id, variable: itemId, codes: Object.keys(codes) }));
  const bands: Use[] = survey.bandQuestion === itemId ? [{ by: 'band', id: itemId, variable: itemId, codes: [] }] : [];
  return [...routes, ...indicators, ...scales, ...bands];
}

/** A use that a changed item no longer serves: the codes that it lacks, or none where the question or row is gone. */
export interface BrokenUse {
  use: Use;
  missing: string[] | 'everything';
}

/** The uses that an item does not serve as it would be. */
export function brokenUses(uses: readonly Use[], item: SurveyItem): BrokenUse[] {
  return uses.flatMap((use): BrokenUse[] => {
    const offered = use.by === 'indicator' ? countedCodes(item, use.variable) : answerCodes(item, use.variable);
    if (use.by === 'band') return item.kind === 'one-choice' ? [] : [{ use, missing: 'everything' }];
    if (!offered) return [{ use, missing: 'everything' }];
    if (use.by === 'scale') return scaleBreak(use, item, offered);
    const missing = use.codes.filter((code) => !offered.includes(code));
    return missing.length > 0 ? [{ use, missing }] : [];
  });
}

/** A scale gives a number to every answer: one that is new has none. An answer that is gone does no harm. */
function scaleBreak(use: Use, item: SurveyItem, offered: readonly string[]): BrokenUse[] {
  if (item.kind !== 'one-choice' && item.kind !== 'faces') return [{ use, missing: 'everything' }];
  const missing = offered.filter((code) => !use.codes.includes(code));
  return missing.length > 0 ? [{ use, missing }] : [];
}

/** What an indicator may name of a variable. */
function countedCodes(item: SurveyItem, variable: string): readonly string[] | undefined {
  return isQuestion(item) ? variablesOf(item).find(({ id }) => id === variable)?.codes : undefined;
}

/** What a route may name of a question with one answer. */
export function answerCodes(item: SurveyItem, id: string): readonly string[] | undefined {
  const [part, ...rows] = partsOf(item);
  return part && rows.length === 0 && part.id === id ? answerKindOf(part).codes(part) : undefined;
}
