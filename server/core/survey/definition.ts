import { Type, type Static } from 'typebox';
import { STAGES } from './stage.ts';

/*
 * The shape of a survey: schema and types together. A definition holds structure and no words;
 * the words of each language are a SurveyText. Both are plain data, in surveys/ or from the studio.
 */

const closed = { additionalProperties: false } as const;
const Slug = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 });
const StageName = Type.Enum(STAGES);

/** Domains of Realigning Children's Services. */
export const DOMAINS = [
  'physical-health',
  'mental-wellbeing',
  'family',
  'friends',
  'learning',
  'local-area',
  'about-you',
] as const;

export const SHANARRI = [
  'safe',
  'healthy',
  'achieving',
  'nurtured',
  'active',
  'respected',
  'responsible',
  'included',
] as const;

const Tags = Type.Object(
  {
    domain: Type.Enum(DOMAINS),
    shanarri: Type.Array(Type.Enum(SHANARRI)),
    /** Articles of the United Nations Convention on the Rights of the Child. */
    uncrc: Type.Array(Type.Integer({ minimum: 1, maximum: 54 })),
    /** How alike pupils of one school are: 'school-climate' raises the design effect. */
    clustering: Type.Optional(Type.Literal('school-climate')),
  },
  closed,
);

/** Asked only of those who gave one of these answers to an earlier question. */
const Condition = Type.Object({ question: Slug, anyOf: Type.Array(Type.String(), { minItems: 1 }) }, closed);

const common = {
  id: Slug,
  stages: Type.Optional(Type.Array(StageName, { minItems: 1 })),
  when: Type.Optional(Condition),
};

const asked = {
  ...common,
  tags: Tags,
  /** Offered beside the answers, in the same way throughout a survey. */
  optOuts: Type.Array(Type.Union([Type.Literal('dont-know'), Type.Literal('prefer-not-to-say')])),
};

const Option = Type.Object({ code: Slug }, closed);
const TickOption = Type.Object(
  {
    code: Slug,
    /** Ticking this one means none of the others ("none of these"). */
    exclusive: Type.Optional(Type.Literal(true)),
  },
  closed,
);

export const OneChoiceQuestion = Type.Object(
  { kind: Type.Literal('one-choice'), ...asked, options: Type.Array(Option, { minItems: 2, maxItems: 200 }) },
  closed,
);
export const TickAllQuestion = Type.Object(
  { kind: Type.Literal('tick-all'), ...asked, options: Type.Array(TickOption, { minItems: 2, maxItems: 60 }) },
  closed,
);
export const FacesQuestion = Type.Object(
  { kind: Type.Literal('faces'), ...asked, options: Type.Array(Option, { minItems: 3, maxItems: 5 }) },
  closed,
);
export const LadderQuestion = Type.Object({ kind: Type.Literal('ladder'), ...asked }, closed);
export const ShortTextQuestion = Type.Object(
  { kind: Type.Literal('short-text'), ...asked, maxLength: Type.Integer({ minimum: 20, maximum: 500 }) },
  closed,
);
export const InformationPage = Type.Object({ kind: Type.Literal('information'), ...common }, closed);

export const SurveyItem = Type.Union([
  OneChoiceQuestion,
  TickAllQuestion,
  FacesQuestion,
  LadderQuestion,
  ShortTextQuestion,
  InformationPage,
]);

/** A share worked out from one question: those whose answer is any of these, out of those asked. */
const Indicator = Type.Object({ id: Slug, question: Slug, anyOf: Type.Array(Type.String(), { minItems: 1 }) }, closed);

export const SurveyDefinition = Type.Object(
  {
    id: Slug,
    /** Surveys of one family share question ids; each covers its own stages. */
    family: Slug,
    stages: Type.Array(StageName, { minItems: 1 }),
    /** 'roll': everybody on a roll is asked. 'open': whoever comes; never a sample. */
    reached: Type.Union([Type.Literal('roll'), Type.Literal('open')]),
    items: Type.Array(SurveyItem, { minItems: 1, maxItems: 120 }),
    indicators: Type.Array(Indicator),
  },
  closed,
);

const Words = Type.String({ minLength: 1, maxLength: 2000 });

const ItemText = Type.Object(
  {
    /** The question in words, or the heading of an information page. */
    text: Words,
    /** A line of help under the question, or the body of an information page. */
    hint: Type.Optional(Words),
    options: Type.Optional(Type.Record(Type.String(), Words)),
    /** Words at the two ends of a ladder. */
    low: Type.Optional(Words),
    high: Type.Optional(Words),
  },
  closed,
);

export const SurveyText = Type.Object(
  {
    language: Type.String({ pattern: '^[a-z]{2,3}$' }),
    /** How far the words have come. A real authority's wave never opens on drafted text. */
    status: Type.Union([Type.Literal('drafted'), Type.Literal('reviewed'), Type.Literal('tried')]),
    name: Words,
    items: Type.Record(Type.String(), ItemText),
    /** Finishes the sentence "… of pupils …": what those counted in the indicator have in common. */
    indicators: Type.Record(Type.String(), Type.Object({ name: Words, statement: Words }, closed)),
  },
  closed,
);

export type OneChoiceQuestion = Static<typeof OneChoiceQuestion>;
export type TickAllQuestion = Static<typeof TickAllQuestion>;
export type FacesQuestion = Static<typeof FacesQuestion>;
export type LadderQuestion = Static<typeof LadderQuestion>;
export type ShortTextQuestion = Static<typeof ShortTextQuestion>;
export type InformationPage = Static<typeof InformationPage>;
export type SurveyItem = Static<typeof SurveyItem>;
export type Question = Exclude<SurveyItem, InformationPage>;
export type Indicator = Static<typeof Indicator>;
export type SurveyDefinition = Static<typeof SurveyDefinition>;
export type SurveyText = Static<typeof SurveyText>;
export type ItemText = Static<typeof ItemText>;
export type TextStatus = SurveyText['status'];
export type OptOut = Question['optOuts'][number];

export function isQuestion(item: SurveyItem): item is Question {
  return item.kind !== 'information';
}
