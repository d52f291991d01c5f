import { Type, type Static } from 'typebox';
import { STAGES } from './stage.ts';
import { TOPICS } from './topics.ts';

/* What all items of a survey have in common: the pieces that the schemas of the kinds are made of. */

export const closed = { additionalProperties: false } as const;
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 });
/** A code of an option or row; unlike an id it may begin with a digit. */
export const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 40 });
export const StageName = Type.Enum(STAGES);

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

export const Tags = Type.Object(
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

/** The picture that stands beside words where symbols are wanted: a file of public/symbols without its ending. */
const Symbol = Type.Optional(Slug);

export const commonShape = {
  id: Slug,
  stages: Type.Optional(Type.Array(StageName, { minItems: 1 })),
  when: Type.Optional(Condition),
  /** A topic with a gate of its own (topics.ts). */
  topic: Type.Optional(Type.Enum(Object.keys(TOPICS) as (keyof typeof TOPICS)[])),
  /** The section that the item belongs to, where sections are named. */
  section: Type.Optional(Slug),
  symbol: Symbol,
};

export const askedShape = {
  ...commonShape,
  tags: Tags,
  /** Offered beside the answers, in the same way throughout a survey. */
  optOuts: Type.Array(Type.Union([Type.Literal('dont-know'), Type.Literal('prefer-not-to-say')])),
};

export const Option = Type.Object({ code: Code, symbol: Symbol }, closed);

export type Option = Static<typeof Option>;
export type OptOut = 'dont-know' | 'prefer-not-to-say';
