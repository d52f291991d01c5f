import { Type, type Static } from 'typebox';
import { closed, Slug } from './item.ts';

/*
 * Scales: several answers made into one score. The rules of a scale are data (scales/, or a survey's own
 * definition); the few steps that turn answers into a score by those rules are here, the same for all.
 */

const Method = Type.Union([Type.Literal('sum'), Type.Literal('mean')]);

/** When there is a score although items are missing: never, or from `least` answered items on. */
export const MissingRule = Type.Union([
  Type.Object({ rule: Type.Literal('all') }, closed),
  Type.Object({ rule: Type.Literal('prorate'), least: Type.Integer({ minimum: 1 }) }, closed),
]);

/**
 * Bands in the order of their names. An edge is the last score of its band: the highest if the bands are
 * rising, the lowest if they are falling. The last band has no edge.
 */
export const Bands = Type.Object(
  {
    order: Type.Union([Type.Literal('rising'), Type.Literal('falling')]),
    names: Type.Array(Slug, { minItems: 2 }),
    /** `checked`: the figure was read in a primary or an independent source. */
    edges: Type.Array(Type.Object({ score: Type.Number(), checked: Type.Boolean() }, closed), { minItems: 1 }),
  },
  closed,
);

const Range = Type.Object({ lowest: Type.Integer(), highest: Type.Integer() }, closed);

const rules = {
  id: Slug,
  method: Method,
  missing: MissingRule,
  bands: Type.Optional(Bands),
};

/** A scale, or a subscale, of an instrument whose items are known by number, from 1. */
export const ItemScale = Type.Object(
  {
    ...rules,
    /** How many items the whole instrument asks; answers to it are a list of this length. */
    asked: Type.Integer({ minimum: 1 }),
    range: Range,
    items: Type.Array(
      Type.Object({ number: Type.Integer({ minimum: 1 }), reverse: Type.Optional(Type.Literal(true)) }, closed),
      { minItems: 1 },
    ),
    /** From every raw score to the score that is reported. */
    conversion: Type.Optional(Type.Record(Type.String({ pattern: '^-?[0-9]+$' }), Type.Number(), closed)),
  },
  closed,
);

/** A sum of the scores of other scales. It needs all of them. */
export const Total = Type.Object(
  { id: Slug, parts: Type.Array(Slug, { minItems: 1 }), bands: Type.Optional(Bands) },
  closed,
);

export const Instrument = Type.Object(
  { id: Slug, scales: Type.Array(ItemScale, { minItems: 1 }), totals: Type.Array(Total) },
  closed,
);

/** A scale whose items are questions of a survey, and whose numbers stand for the codes of their options. */
export const SurveyScale = Type.Object(
  {
    ...rules,
    items: Type.Array(Type.Object({ question: Slug, reverse: Type.Optional(Type.Literal(true)) }, closed), {
      minItems: 2,
    }),
    codes: Type.Record(Slug, Type.Integer(), { ...closed, minProperties: 2 }),
    /** Whether a published study has shown that the scale measures what it says. */
    validated: Type.Boolean(),
  },
  closed,
);

export type MissingRule = Static<typeof MissingRule>;
export type Bands = Static<typeof Bands>;
export type Range = Static<typeof Range>;
export type ItemScale = Static<typeof ItemScale>;
export type Total = Static<typeof Total>;
export type Instrument = Static<typeof Instrument>;
export type SurveyScale = Static<typeof SurveyScale>;

/** Where a score lies. `checked` is false if an edge of the band is not checked: say so where the band is shown. */
export interface BandFound {
  index: number;
  name: string;
  checked: boolean;
}

interface Counted {
  /** Items answered, out of how many. */
  answered: number;
  of: number;
}

export interface Scored extends Counted {
  value: number;
  /** The score before conversion; the value itself where nothing is converted. */
  raw: number;
  /** Whether missing items were made up for from the others. */
  prorated: boolean;
  /** Null if the scale has no bands. */
  band: BandFound | null;
}

export interface Unscored extends Counted {
  value: null;
  /** Too few items answered, or, for a total, a part without a score. */
  reason: 'items-missing' | 'parts-missing';
  prorated: false;
  band: null;
}

export type Score = Scored | Unscored;

/** A number for each item in order; null where it was not answered, for whatever reason. */
export type ItemAnswers = readonly (number | null)[];

/**
 * The score of one scale from the answers to its whole instrument.
 * @throws Error if the list has another length than the instrument, or holds a number that no item allows
 */
export function scoreScale(scale: ItemScale, answers: ItemAnswers): Score {
  if (answers.length !== scale.asked) {
    throw new Error(
      `Scale "${scale.id}": expected ${scale.asked} answers, found ${answers.length}. ` +
        'Give one for each item of the instrument, null where it was not answered.',
    );
  }
  answers.forEach((answer, index) => expectInRange(scale, answer, index + 1));
  const values = scale.items.map(({ number, reverse }) => {
    const answer = answers[number - 1];
    if (answer === undefined) {
      throw new Error(
        `Scale "${scale.id}": expected items from 1 to ${scale.asked}, found ${number}. Correct its rules.`,
      );
    }
    return reverse && answer !== null ? turnedRound(answer, scale.range) : answer;
  });
  return scoreValues(scale, values);
}

/**
 * The scores of all scales and totals of an instrument, by id.
 * @throws Error as scoreScale does, or if a total names a part that the instrument does not have
 */
export function scoreInstrument(instrument: Instrument, answers: ItemAnswers): Record<string, Score> {
  const scores = new Map(instrument.scales.map((scale) => [scale.id, scoreScale(scale, answers)]));
  const totals = instrument.totals.map((total) => [total.id, scoreTotal(total, scores)] as const);
  return Object.fromEntries([...scores, ...totals]);
}

/**
 * The score of a survey's own scale, from the code that was chosen for each question. A question without a
 * code (opted out, skipped, not asked) is a missing item; codes of other questions are left alone.
 * @throws Error if a code is none of the scale's
 */
export function scoreAnswers(
  scale: SurveyScale,
  answersByQuestion: Readonly<Record<string, string | undefined>>,
): Score {
  const range = codeRange(scale);
  const values = scale.items.map(({ question, reverse }) => {
    const code = Object.hasOwn(answersByQuestion, question) ? answersByQuestion[question] : undefined;
    if (code === undefined) return null;
    const value = Object.hasOwn(scale.codes, code) ? scale.codes[code] : undefined;
    if (value === undefined) {
      throw new Error(
        `Scale "${scale.id}": expected for "${question}" one of ${Object.keys(scale.codes).join(', ')}, found "${code}". ` +
          'Give undefined where a question was not answered, or a number to the code in the scale.',
      );
    }
    return reverse ? turnedRound(value, range) : value;
  });
  return scoreValues(scale, values);
}

/** The lowest and highest number that a code of a scale stands for. */
export function codeRange({ codes }: SurveyScale): Range {
  const numbers = Object.values(codes);
  return { lowest: Math.min(...numbers), highest: Math.max(...numbers) };
}

/** A reverse item's number, counted from the other end of its range. */
export function turnedRound(value: number, { lowest, highest }: Range): number {
  return lowest + highest - value;
}

/** What the schema cannot say about a survey's scale, in sentences. Empty when sound. */
export function surveyScaleFaults(scale: SurveyScale): string[] {
  const faults: string[] = [];
  const questions = scale.items.map((item) => item.question);
  const twice = questions.find((question, index) => questions.indexOf(question) !== index);
  if (twice !== undefined) faults.push(`scale "${scale.id}" counts "${twice}" twice: name each question once`);
  const { missing, bands } = scale;
  if (missing.rule === 'prorate' && missing.least > questions.length) {
    faults.push(`scale "${scale.id}" needs ${missing.least} answers and has ${questions.length} items: ask for fewer`);
  }
  return bands ? [...faults, ...bandFaults(bands).map((fault) => `scale "${scale.id}" ${fault}`)] : faults;
}

/** What keeps bands from taking in every score once. Empty when sound. */
export function bandFaults({ order, names, edges }: Bands): string[] {
  const faults: string[] = [];
  if (names.length !== edges.length + 1) {
    faults.push(`has ${names.length} bands and ${edges.length} edges: give every band but the last one its last score`);
  }
  const step = order === 'rising' ? 1 : -1;
  const scores = edges.map((edge) => edge.score * step);
  if (scores.some((score, index) => index > 0 && score <= (scores[index - 1] ?? -Infinity))) {
    faults.push(`has edges that are not ${order}: put them in order, each once`);
  }
  return faults;
}

function expectInRange({ id, range }: ItemScale, answer: number | null, number: number): void {
  if (answer === null) return;
  if (Number.isInteger(answer) && answer >= range.lowest && answer <= range.highest) return;
  throw new Error(
    `Scale "${id}", item ${number}: expected a whole number from ${range.lowest} to ${range.highest}, found ${answer}. ` +
      'Give null where an item was not answered, and the numbers as they were chosen (reverse items too).',
  );
}

type Rules = Pick<ItemScale, 'id' | 'method' | 'missing' | 'conversion' | 'bands'>;

/** Scores numbers that already all point the same way. */
function scoreValues(scale: Rules, values: ItemAnswers): Score {
  const given = values.filter((value) => value !== null);
  const counted = { answered: given.length, of: values.length };
  const least = scale.missing.rule === 'all' ? values.length : scale.missing.least;
  if (given.length < least) return { ...counted, value: null, reason: 'items-missing', prorated: false, band: null };
  const raw = rawScore(scale.method, given, values.length);
  const value = converted(scale, raw);
  const prorated = given.length < values.length;
  return { ...counted, value, raw, prorated, band: bandOf(scale.bands, value) };
}

/**
 * The mean of the answered items, or their sum carried on to all items and rounded, halves up (as the SDQ's
 * scoring rules do). Multiplying first keeps halves exact.
 */
function rawScore(method: ItemScale['method'], given: readonly number[], items: number): number {
  const sum = given.reduce((one, other) => one + other, 0);
  return method === 'mean' ? sum / given.length : Math.round((sum * items) / given.length);
}

function converted({ id, conversion }: Rules, raw: number): number {
  if (!conversion) return raw;
  const value = conversion[String(raw)];
  if (value !== undefined) return value;
  throw new Error(`Scale "${id}": expected a conversion for every raw score, found none for ${raw}. Add it.`);
}

function bandOf(bands: Bands | undefined, value: number): BandFound | null {
  if (!bands) return null;
  const { order, names, edges } = bands;
  const within = edges.findIndex(({ score }) => (order === 'rising' ? value <= score : value >= score));
  const index = within === -1 ? edges.length : within;
  const name = names[index];
  if (name === undefined) {
    throw new Error(`Expected ${edges.length + 1} names of bands, found ${names.length}. Name every band.`);
  }
  const own = edges.slice(Math.max(0, index - 1), index + 1);
  return { index, name, checked: own.every((edge) => edge.checked) };
}

function scoreTotal(total: Total, scores: ReadonlyMap<string, Score>): Score {
  const parts = total.parts.map((id) => {
    const score = scores.get(id);
    if (score) return score;
    throw new Error(`Total "${total.id}": expected parts among ${[...scores.keys()].join(', ')}, found "${id}".`);
  });
  const sumOf = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
  const counted = { answered: sumOf(parts.map((part) => part.answered)), of: sumOf(parts.map((part) => part.of)) };
  const scored = parts.filter((part) => part.value !== null);
  if (scored.length < parts.length) {
    return { ...counted, value: null, reason: 'parts-missing', prorated: false, band: null };
  }
  const value = sumOf(scored.map((part) => part.value));
  const prorated = scored.some((part) => part.prorated);
  return { ...counted, value, raw: value, prorated, band: bandOf(total.bands, value) };
}
