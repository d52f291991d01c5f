import type { Answer } from '../../core/survey/answer.ts';
import type { Part, SurveyDefinition, SurveyItem } from '../../core/survey/definition.ts';
import { answerKindOf, partsOf } from '../../core/survey/kinds.ts';
import type { TickAllQuestion } from '../../core/survey/kinds/tick-all.ts';
import { hashOf } from '../../core/seeded-random.ts';
import { STATED } from './stated-shares.ts';

/*
 * What the answers' model (answers.ts) knows of each question and row: thresholds and effects in log odds, worked
 * out once from the definition. Nothing here is drawn by chance; effects follow from ids.
 */

/** How much pupils of the same place differ between themselves, in log odds. */
export const PERSON_SPREAD = 0.55;
/** The same for what the items of one scale have in common: an alpha of about 0.8 for seven of them. */
export const SCALE_SPREAD = 1.5;

export interface TickModel {
  code: string;
  logit: number;
  /** How a tendency to good answers moves it: up, down or not. */
  slope: number;
  exclusive: boolean;
}

export interface PartModel {
  /** Options from the best to the worst; of a number its groups. */
  codes: string[];
  /** What each of them is as an answer: the same for all who choose it. */
  choices: Answer[];
  /** Cumulative log odds, one an option but for the last. */
  thresholds: number[];
  thresholdsBySex?: Record<'female' | 'male', number[]>;
  ticks: TickModel[];
  /** Of a ranking: how much each option is wanted, in the order of its codes. */
  wants: number[];
  /** Whether options are no better or worse than each other, so that nothing moves them. */
  nominal: boolean;
  /** The scale that it is an item of, whose items hang together. */
  scale: string | undefined;
  rates: Record<'dont-know' | 'prefer-not-to-say' | 'skipped', number>;
  quintile: number;
  year: number;
  sex: number;
  drift: number;
  ofCluster(code: string): number;
  ofSchool(code: string): number;
  driftOfCluster(code: string): number;
}

const known = new WeakMap<SurveyDefinition, Map<string, PartModel>>();

/** The models of a definition by part: a question, or one of its rows. Made once a definition. */
export function modelsOf(definition: SurveyDefinition): ReadonlyMap<string, PartModel> {
  let models = known.get(definition);
  if (!models) {
    models = new Map();
    for (const [position, item] of definition.items.entries()) {
      for (const part of partsOf(item)) models.set(part.id, modelOf(part, item, position, definition));
    }
    known.set(definition, models);
  }
  return models;
}

function modelOf(asked: Part, item: SurveyItem, position: number, definition: SurveyDefinition): PartModel {
  const { id, tags } = asked;
  const climate = tags.clustering === 'school-climate';
  const nominal = tags.domain === 'about-you';
  const codes = bestFirst(asked, item, definition);
  const bySex = STATED[id]?.bySex;
  const scale = definition.scales?.find(({ items }) => items.some(({ question }) => question === id))?.id;
  const spread = nominal ? 0 : Math.hypot(PERSON_SPREAD, scale === undefined ? 0 : SCALE_SPREAD);
  return {
    scale,
    codes,
    choices: codes.map((value) => ({ state: 'answered', value })),
    thresholds: thresholdsOf(codes, id, STATED[id]?.shares, spread),
    ...(bySex && {
      thresholdsBySex: {
        female: thresholdsOf(codes, id, bySex.female, spread),
        male: thresholdsOf(codes, id, bySex.male, spread),
      },
    }),
    ticks: asked.kind === 'tick-all' ? ticksOf(asked, definition) : [],
    wants: asked.kind === 'ranking' ? codes.map((code) => 0.3 + part(`want/${id}/${code}`)) : [],
    nominal,
    rates: ratesOf(asked, position),
    quintile: 0.04 + 0.1 * part(`quintile/${id}`),
    year: 0.02 + 0.07 * part(`year/${id}`),
    sex: 0.12 * (2 * part(`sex/${id}`) - 1),
    drift: within(0.25, 0.13 * lean(`drift/${id}`)),
    ofCluster: remembered((code) => 0.12 * lean(`cluster/${code}`) + 0.16 * lean(`cluster/${code}/${id}`)),
    ofSchool: remembered((code) => (climate ? 0.16 : 0.08) * lean(`school/${code}/${id}`)),
    driftOfCluster: remembered((code) => within(0.2, 0.08 * lean(`drift/${code}/${id}`))),
  };
}

/** Faces, ladders and wheels end with the best; of a choice an indicator tells, else the first is taken for it. */
function bestFirst(asked: Part, item: SurveyItem, { indicators }: SurveyDefinition): string[] {
  const codes = answerKindOf(asked).codes(asked);
  if (['faces', 'ladder', 'place-wheel'].includes(item.kind)) return codes.toReversed();
  const good = indicators.find(({ question }) => question === asked.id)?.anyOf;
  if (!good) return codes;
  const mean = (wanted: boolean) => {
    const places = codes.flatMap((code, index) => (good.includes(code) === wanted ? [index] : []));
    return places.reduce((sum, place) => sum + place, 0) / Math.max(places.length, 1);
  };
  return mean(true) <= mean(false) ? codes : codes.toReversed();
}

function thresholdsOf(
  codes: readonly string[],
  id: string,
  stated: Readonly<Record<string, number>> | undefined,
  spread: number,
): number[] {
  const shares = codes.map((code, index) => stated?.[code] ?? derivedShare(id, code, index));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  // What pupils bring draws shares towards the middle; wider thresholds take that back.
  const widen = Math.sqrt(1 + (3 * spread ** 2) / Math.PI ** 2);
  let below = 0;
  return shares.slice(0, -1).map((share) => {
    below += share / whole;
    return widen * logit(below);
  });
}

/** Better options are chosen more often, each question in its own way. */
function derivedShare(id: string, code: string, index: number): number {
  const decline = 0.5 + 0.3 * part(`decline/${id}`);
  return Math.max(decline ** index, 0.003) * (0.7 + 0.6 * part(`share/${id}/${code}`));
}

function ticksOf(item: TickAllQuestion, { indicators }: SurveyDefinition): TickModel[] {
  const stated = STATED[item.id];
  const good = indicators.find(({ question }) => question === item.id)?.anyOf;
  return item.options.map(({ code, exclusive = false }) => {
    const derived = exclusive ? 0.06 : 0.15 + 0.4 * part(`tick/${item.id}/${code}`);
    const sign = exclusive ? -1 : !good || good.includes(code) ? 1 : 0;
    return {
      code,
      logit: logit(stated?.shares[code] ?? derived),
      slope: stated?.troubles ? -sign : sign,
      exclusive,
    };
  });
}

/** What is close to home is said less often; the further into a survey, the more is left blank. */
function ratesOf({ id, tags }: Part, position: number): PartModel['rates'] {
  const close = ['family', 'friends', 'mental-wellbeing', 'about-you'].includes(tags.domain);
  return {
    'dont-know': 0.015 + 0.025 * part(`dont-know/${id}`),
    'prefer-not-to-say': close ? 0.022 : 0.008,
    skipped: 0.008 + Math.min(0.0008 * position, 0.03),
  };
}

const logit = (share: number) => Math.log(share / (1 - share));
const within = (most: number, value: number) => Math.min(most, Math.max(-most, value));

/** A fixed number from 0 to 1 for a text. */
const part = (text: string) => hashOf(text) / 4294967296;

/** A fixed number for a text, spread over texts with mean 0 and standard deviation 1, at most 3. */
const lean = (text: string) => 2 * (part(`${text}#1`) + part(`${text}#2`) + part(`${text}#3`) - 1.5);

function remembered(work: (code: string) => number): (code: string) => number {
  const memory = new Map<string, number>();
  return (code) => {
    let value = memory.get(code);
    if (value === undefined) {
      value = work(code);
      memory.set(code, value);
    }
    return value;
  };
}
