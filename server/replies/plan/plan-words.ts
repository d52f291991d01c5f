import type { RuleColour, Colour } from '../../core/loop/plan/colour.ts';
import { QUIET_DAYS, SOON_DAYS } from '../../core/loop/plan/colour.ts';
import { measureState, type MeasureWords, type QuarterValue } from '../../core/loop/plan/measures.ts';
import { writeQuarter } from '../../core/loop/plan/quarters.ts';
import { WHOLE_AUTHORITY, type PlanField, type PlanWords } from '../../core/loop/plan/words.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { PlanPlaces } from './plan-desk.ts';

/* What stands in the plan, in words. */

/** A colour as it is shown: never by colour alone. */
export interface ColourView {
  /** 'red', 'amber', 'green' or 'none', for its style. */
  colour: string;
  words: string;
}

export function colourView(language: Language, colour: Colour | null): ColourView {
  return { colour: colour ?? 'none', words: language.words.plan[`colour-${colour ?? 'none'}`] };
}

/** Which rule sets the colour, with its date. */
export function ruleWords(language: Language, { rule, date }: RuleColour): string {
  return language.say('plan', `rule-${rule}`, {
    date: date === '' ? '' : language.date(date),
    days: language.number(rule === 'quiet' ? QUIET_DAYS : SOON_DAYS),
  });
}

export function placeWords(language: Language, place: string, places: PlanPlaces): string {
  if (place === WHOLE_AUTHORITY) return language.words.plan.wholeAuthority;
  return places.seen.find(({ id }) => id === place)?.name ?? place.slice(place.indexOf(':') + 1);
}

/** A part of an action as a page prints it; empty where nothing is said. */
export function partWords(language: Language, field: PlanField, words: PlanWords, places: PlanPlaces): string {
  const { plan, views } = language.words;
  const list = (parts: string[]) => new Intl.ListFormat(language.code).format(parts);
  if (field === 'place') return placeWords(language, words.place, places);
  if (field === 'startsOn' || field === 'dueOn') return words[field] === '' ? '' : language.date(words[field]);
  if (field === 'shanarri') return list(words.shanarri.map((one) => views[`shanarri-${one}`]));
  if (field === 'uncrc') return list(words.uncrc.map((article) => language.say('plan', 'article', { article })));
  if (field === 'poverty') return list(words.poverty.map((one) => plan[`poverty-${one}`]));
  if (field === 'aims') return list(words.aims.map((one) => plan[`aim-${one}`]));
  return words[field];
}

/** A number with what it counts: "62%", "35 families". */
export function numberWords(language: Language, value: string, { unit }: Pick<MeasureWords, 'unit'>): string {
  if (value === '') return '';
  const number = new Intl.NumberFormat(language.code === 'ar' ? 'ar-u-nu-latn' : 'en-GB', {
    maximumFractionDigits: 4,
  }).format(Number(value));
  return unit === '%' ? `${number}%` : [number, isolated(language, unit)].filter(Boolean).join(' ');
}

export interface MeasureView {
  id: string;
  name: string;
  better: string;
  baseline: string;
  target: string;
  values: { quarter: string; value: string }[];
  /** What became of it, in words. */
  state: string;
  /** 'improved', 'worsened', 'same' or 'unknown', for its style. */
  movement: string;
  /** Told where there is a target and nobody knows where it began. */
  warning: string;
}

export function measureView(
  language: Language,
  { id, words, values }: { id: string; words: MeasureWords; values: readonly QuarterValue[] },
): MeasureView {
  const { plan } = language.words;
  const state = measureState(words, values);
  const said = [
    plan[`baseline-${state.sinceBaseline}`],
    ...(state.sinceLast === 'unknown' ? [] : [plan[`last-${state.sinceLast}`]]),
    ...(state.target === 'none' ? [] : [plan[`target-${state.target}`]]),
  ];
  return {
    id,
    name: words.name,
    better: plan[`better-${words.better}`],
    baseline: numberWords(language, words.baseline, words) || plan.notKnown,
    target: numberWords(language, words.target, words) || plan.noTarget,
    values: values.map(({ quarter, value }) => ({
      quarter: isolated(language, writeQuarter(quarter)),
      value: numberWords(language, value, words),
    })),
    state: said.join(' '),
    movement: state.sinceBaseline,
    warning: state.lacksBaseline ? plan.lacksBaseline : '',
  };
}
