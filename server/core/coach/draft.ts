import { Type, type Static } from 'typebox';
import { ITEM_KINDS } from '../survey/item-kinds.ts';
import { STAGES } from '../survey/stage.ts';

/* What the coach is given: one draft of a question as young people write it, before it is a definition. */

/** Levels that the coach knows, as question-coach.md names them. */
export const COACH_LEVELS = ['p5-p7', 's1-s3', 's4-s6'] as const;
export type CoachLevel = (typeof COACH_LEVELS)[number];

/** The longest words that are looked at, in characters; a question is never that long. */
const LONGEST = 10_000;

const Words = Type.String({ maxLength: LONGEST });
const Lines = Type.Array(Words, { maxItems: 200 });

/** The shape of a draft; what else it carries is left alone. */
export const DraftQuestion = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200 }),
  level: Type.Enum(COACH_LEVELS),
  /** The one stage that is asked; without it every stage of the level is. */
  stage: Type.Optional(Type.Enum(STAGES)),
  /** A language tag such as `en` or `ar`. */
  language: Type.String({ minLength: 2, maxLength: 35, pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' }),
  kind: Type.Enum(ITEM_KINDS),
  text: Words,
  options: Lines,
  rows: Lines,
  /** What it is about, a topic of Heard or a word of the writer's own; empty where nobody said. */
  topic: Words,
  /** Where it stands in its survey: 0 for the first question, 1 for the last. Not given for a draft on its own. */
  position: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
});
export type DraftQuestion = Static<typeof DraftQuestion>;

export const COACH_RULES = [
  'too-long',
  'reading-age',
  'double-barrelled',
  'negative',
  'leading',
  'agree-disagree',
  'too-many-options',
  'unlabelled-options',
  'unbalanced-options',
  'overlapping-options',
  'recall-too-long',
  'grid-too-big',
  'sensitive-too-early',
  'family-assumed',
  'abstract-word',
  'presumes',
] as const;
export type CoachRule = (typeof COACH_RULES)[number];

export type Severity = 'block' | 'warn';

/** Why, as a key and values; the words are in locales/<language>/coach.json under `reason-<why>`. */
export interface Reason {
  why: ReasonKey;
  values: Record<string, string | number>;
}

/** A rule may have several reasons; a plain one bears its name. */
export type ReasonKey =
  | Exclude<CoachRule, 'sensitive-too-early'>
  | 'too-long-row'
  | 'options-without-words'
  | 'ladder-too-young'
  | 'option-twice'
  | 'own-page-rows'
  | 'not-at-this-age'
  | 'only-later-stages'
  | 'last-third'
  | 'agree-in-text'
  | 'own-thing';

export interface Finding {
  rule: CoachRule;
  severity: Severity;
  reason: Reason;
}

/** What the coach says of one draft. A rule is in `findings`, in `notJudged`, or it was looked at and is kept. */
export interface Coaching {
  findings: Finding[];
  /** Rules that nobody can call kept: the language has no list for them, or the draft does not say enough. */
  notJudged: CoachRule[];
  /** How far the judgement goes, as keys under `limit-<key>`. */
  limits: Limit[];
}

export type Limit = 'counts-only' | 'part-of-language' | 'stage-not-given' | 'ends-not-given';

/** What a rule says: nothing to mend, something to mend, or that it cannot tell. */
export type Verdict = { reason: Reason; severity?: Severity } | 'kept' | 'not-judged';
