import { Type, type Static } from 'typebox';
import { closed, Slug, StageName } from './item.ts';
import { FacesQuestion } from './kinds/faces.ts';
import { GridQuestion } from './kinds/grid.ts';
import { InformationPage } from './kinds/information.ts';
import { LadderQuestion } from './kinds/ladder.ts';
import { LongTextQuestion } from './kinds/long-text.ts';
import { NumberQuestion } from './kinds/number.ts';
import { OneChoiceQuestion } from './kinds/one-choice.ts';
import { PlaceWheelQuestion } from './kinds/place-wheel.ts';
import { RankingQuestion } from './kinds/ranking.ts';
import { ShortTextQuestion } from './kinds/short-text.ts';
import { TickAllQuestion } from './kinds/tick-all.ts';
import { SurveyScale } from './scales.ts';

/*
 * The shape of a survey: schema and types together. A definition holds structure and no words;
 * the words of each language are a SurveyText (text.ts). Both are plain data, in surveys/ or from the studio.
 */

export const SurveyItem = Type.Union([
  OneChoiceQuestion,
  TickAllQuestion,
  FacesQuestion,
  LadderQuestion,
  GridQuestion,
  RankingQuestion,
  NumberQuestion,
  ShortTextQuestion,
  LongTextQuestion,
  PlaceWheelQuestion,
  InformationPage,
]);

/** A question, or one row of a question in rows: `grid.row`. */
const VariableId = Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+)?$', maxLength: 81 });

/** A share worked out from one question: those whose answer is any of these, out of those asked. */
const Indicator = Type.Object(
  { id: Slug, question: VariableId, anyOf: Type.Array(Type.String(), { minItems: 1 }) },
  closed,
);

const Section = Type.Object(
  {
    id: Slug,
    /** Its answers become a record of their own, with no school and no tie to the rest. */
    unlinked: Type.Boolean(),
  },
  closed,
);

export const SurveyDefinition = Type.Object(
  {
    id: Slug,
    /** Surveys of one family share question ids; each covers its own stages. */
    family: Slug,
    /** Whom it is asked of; none for grown-ups who answer about a child. */
    stages: Type.Array(StageName),
    /** 'roll': everybody on a roll is asked. 'open': whoever comes; never a sample. */
    reached: Type.Union([Type.Literal('roll'), Type.Literal('open')]),
    /** Offered to anybody in place of the family's usual survey: few words, symbols, one row a page. */
    easyRead: Type.Optional(Type.Literal(true)),
    /** The question whose answers are the reporting bands, where no stage gives them. */
    bandQuestion: Type.Optional(Slug),
    sections: Type.Optional(Type.Array(Section)),
    items: Type.Array(SurveyItem, { minItems: 1, maxItems: 120 }),
    indicators: Type.Array(Indicator),
    /**
     * Indicators whose opposite is a poor outcome: an answer that one of them does not count. How many of these come
     * together in the same young people is counted.
     */
    poorOutcomes: Type.Optional(Type.Array(Slug, { minItems: 3, maxItems: 12, uniqueItems: true })),
    scales: Type.Optional(Type.Array(SurveyScale)),
  },
  closed,
);

export type SurveyItem = Static<typeof SurveyItem>;
export type Question = Exclude<SurveyItem, InformationPage>;
/** A question with one answer of its own. Questions in rows have one for each row, which is a choice. */
export type Part = Exclude<Question, GridQuestion | PlaceWheelQuestion>;
export type Indicator = Static<typeof Indicator>;
export type SurveyDefinition = Static<typeof SurveyDefinition>;

export function isQuestion(item: SurveyItem): item is Question {
  return item.kind !== 'information';
}

/** Whether an item's answers go into a record of their own, and into which. */
export function unlinkedSectionOf(survey: SurveyDefinition, item: SurveyItem): string | null {
  const section = item.section && survey.sections?.find(({ id }) => id === item.section);
  return section && section.unlinked ? section.id : null;
}

/** A question is asked of whoever gave any of these answers to another one. */
export interface Route {
  question: string;
  anyOf: readonly string[];
}

/** What leads to a question. Where that is the band itself, whoever knows the band knows it. */
export function routeTo({ bandQuestion }: SurveyDefinition, { when }: Question): Route | undefined {
  return when && when.question !== bandQuestion ? when : undefined;
}
