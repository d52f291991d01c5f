import type { CoachLevel, CoachRule, Severity } from './draft.ts';

/*
 * Every number of the coach, by level: question-coach.md as data. Sources there: de Leeuw; Borgers, de Leeuw and Hox;
 * Hall, Hume and Tazzyman; practice of Realigning Children's Services and the Scottish Health and Wellbeing Census.
 */

export interface LevelLimits {
  /** Words in a question. */
  words: number;
  /** Points of hard words that a question may have; see rules/reading-age.ts. */
  hardness: number;
  /** The age in years that the words should suit. */
  readingAge: number;
  /** Options beside the opt-outs: read well up to, and never over. */
  options: { wellUpTo: number; most: number };
  /** Rows of a grid on one page, and rows that are refused. */
  rows: { onePage: number; most: number };
  /** How far back one may ask, in days. */
  recallDays: number;
  /** Whether a ladder from 0 to 10 with words at its ends may be used. */
  ladder: boolean;
  /** The whole survey, in minutes and questions. */
  survey: { aimMinutes: number; mostMinutes: number; questions: number };
}

export const LIMITS: Record<CoachLevel, LevelLimits> = {
  'p5-p7': {
    words: 15,
    hardness: 2,
    readingAge: 8,
    options: { wellUpTo: 4, most: 5 },
    rows: { onePage: 1, most: 5 },
    recallDays: 7,
    ladder: false,
    survey: { aimMinutes: 15, mostMinutes: 20, questions: 40 },
  },
  's1-s3': {
    words: 20,
    hardness: 4,
    readingAge: 11,
    options: { wellUpTo: 5, most: 5 },
    rows: { onePage: 5, most: 5 },
    recallDays: 14,
    ladder: true,
    survey: { aimMinutes: 20, mostMinutes: 25, questions: 55 },
  },
  's4-s6': {
    words: 25,
    hardness: 6,
    readingAge: 12,
    options: { wellUpTo: 7, most: 7 },
    rows: { onePage: 7, most: 7 },
    recallDays: 366,
    ladder: true,
    survey: { aimMinutes: 25, mostMinutes: 35, questions: 62 },
  },
};

const ALWAYS_BLOCK = { 'p5-p7': 'block', 's1-s3': 'block', 's4-s6': 'block' } as const;
const ALWAYS_WARN = { 'p5-p7': 'warn', 's1-s3': 'warn', 's4-s6': 'warn' } as const;
const BLOCK_IN_PRIMARY = { 'p5-p7': 'block', 's1-s3': 'warn', 's4-s6': 'warn' } as const;

/**
 * How bad a breach is where the rule itself does not say. What question-coach.md calls a most or a "no" blocks; what an
 * answer cannot be read without (answers that overlap) blocks everywhere; the rest is advice from S1 on.
 */
export const SEVERITY: Record<CoachRule, Record<CoachLevel, Severity>> = {
  'too-long': BLOCK_IN_PRIMARY,
  'reading-age': BLOCK_IN_PRIMARY,
  'double-barrelled': BLOCK_IN_PRIMARY,
  negative: BLOCK_IN_PRIMARY,
  leading: ALWAYS_BLOCK,
  'agree-disagree': ALWAYS_WARN,
  'too-many-options': ALWAYS_BLOCK,
  'unlabelled-options': BLOCK_IN_PRIMARY,
  'unbalanced-options': ALWAYS_WARN,
  'overlapping-options': ALWAYS_BLOCK,
  'recall-too-long': BLOCK_IN_PRIMARY,
  'grid-too-big': ALWAYS_BLOCK,
  'sensitive-too-early': ALWAYS_BLOCK,
  'family-assumed': BLOCK_IN_PRIMARY,
  'abstract-word': ALWAYS_WARN,
  presumes: ALWAYS_WARN,
};

/** Sensitive questions belong into the last third. */
export const SENSITIVE_FROM = 2 / 3;
