import type { LeftOut } from '../../statistics/left-out.ts';
import type { DifferenceWord } from '../../statistics/differences.ts';
import type { GroupKind, Method, MissingPart, Outcome } from '../engagement/entry.ts';
import type { ReleasedFigure } from '../finding.ts';
import type { Colour, Ending, RuleColour } from '../plan/colour.ts';
import type { MeasureState, MeasureWords } from '../plan/measures.ts';
import type { Aim } from '../plan/words.ts';
import type { Promises } from '../promises.ts';
import type { Decision } from '../reply.ts';
import type { Period } from './period.ts';

/*
 * What a report is drawn from: everything of its period that may be public, each with where it comes from. Names that a
 * survey, a register or a reply has in several languages come in all of them.
 */

export type ByLanguage = Readonly<Record<string, string>>;

/** The release that a figure stands in. */
export interface ReleaseSource {
  is: 'release';
  id: string;
  wave: string;
  sha256: string;
  /** The civil date on which it was published. */
  publishedOn: string;
}

/** A version of an action of the plan. */
export interface ActionSource {
  is: 'action';
  id: string;
  reference: string;
  version: number;
  writtenOn: string;
}

export interface ReplySource {
  is: 'reply';
  id: string;
  title: ByLanguage;
  publishedOn: string;
}

/** Figures that were counted over many things, as these stood on a day. */
export interface CountedSource {
  is: 'counted';
  what: 'plan' | 'replies' | 'findings' | 'engagement' | 'feedback';
  on: string;
}

export type Source = ReleaseSource | ActionSource | ReplySource | CountedSource;

export interface WaveFacts {
  id: string;
  name: string;
  startsOn: string;
  endsOn: string;
  /** Null where nothing of it is published. */
  release: ReleaseSource | null;
  reached: 'roll' | 'open';
  /** Of the whole authority; a band whose rate is hidden or of one school is not in it. */
  rates: { band: string; answered: number; roll: number; share: number }[];
  leftOut: LeftOut[];
}

/** What changed since the wave before, where the same schools were asked the same. */
export interface ChangeFacts {
  word: DifferenceWord;
  /** Whole points, and the ends of their 95% interval. */
  points: number;
  low: number;
  high: number;
  share: number;
  source: ReleaseSource;
}

/** A released share with whom it is of. */
export interface PlacedFigure {
  /** "About 6 in 10 pupils (58%) always or mostly feel safe where they live." */
  sentence: ByLanguage;
  where: ByLanguage;
  band: string;
  share: number;
  low: number;
  high: number;
  base: number;
  source: ReleaseSource;
}

export interface FindingFacts extends PlacedFigure {
  id: string;
  name: ByLanguage;
  isPriority: boolean;
  /** Whether a public reply answers it. */
  isAnswered: boolean;
  /** The share that it was made of, where its release was corrected since. */
  before: { share: number } | null;
  change: ChangeFacts | null;
}

export interface ActionFacts {
  id: string;
  reference: string;
  task: string;
  lead: string;
  aims: readonly Aim[];
  state: Ending;
  rule: RuleColour;
  /** What a person says instead of the rule. */
  judgement: { colour: Colour; reason: string } | null;
  /** Within the period, the earliest first. */
  progress: { on: string; words: string }[];
  /** With the newest value up to the end of the period. */
  measures: { id: string; words: MeasureWords; state: MeasureState }[];
  source: ActionSource;
}

export interface ReplyFacts {
  id: string;
  title: ByLanguage;
  decision: Decision;
  where: ByLanguage;
  promises: Promises;
  /** The day for which news was promised that has not come; null where nothing is late. */
  overdueSince: string | null;
  source: ReplySource;
}

/** One finished entry of the engagement record of which any day lies in the period. */
export interface InvolvementFacts {
  id: string;
  title: string;
  /** Civil dates. */
  from: string;
  to: string;
  /** What the people involved said, and what changed because of it. */
  said: string;
  change: string;
  outcome: Exclude<Outcome, ''>;
  /** How people were involved. */
  methods: readonly Method[];
  /** Who was involved. */
  groups: readonly GroupKind[];
}

/** One figure of what children said about a reply, in a wave that ended in the period and asked them. */
export interface FeedbackFacts extends PlacedFigure {
  id: string;
  replyId: string;
  /** The title of the reply. */
  reply: ByLanguage;
  /** How many answered there at all, of how many; null where that is hidden. */
  response: ReleasedFigure['response'];
}

/** What was in the period and is not drawn, and why: for whoever writes the report. */
export type LeftOutOfReport =
  | { why: 'wave-without-release'; id: string; name: string }
  | { why: 'finding-not-public'; id: string }
  | { why: 'finding-hidden-now'; id: string }
  /** Nobody marked it as a priority and no reply to it is public: it is a note of planners still. */
  | { why: 'finding-not-taken-up'; id: string; name: ByLanguage }
  | { why: 'action-not-public'; id: string; reference: string }
  | { why: 'entry-not-public'; id: string; title: string }
  | { why: 'entry-unfinished'; id: string; title: string; missing: readonly MissingPart[] };

export interface AnnualFacts {
  period: Period;
  /** The day on which all of this was looked up. */
  today: string;
  waves: WaveFacts[];
  /** Priorities first, then the newest. */
  findings: FindingFacts[];
  actions: ActionFacts[];
  /** Published within the period, the newest first. */
  replies: ReplyFacts[];
  /** Findings that are marked as priorities and may be answered in public, of whatever time. */
  priorities: { all: number; answered: number };
  involvement: InvolvementFacts[];
  feedback: FeedbackFacts[];
  leftOut: LeftOutOfReport[];
}
