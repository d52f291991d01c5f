/*
 * What a wave is set up with before it opens: steps that can be done in any order, each left and gone on with later.
 * Some change the wave itself (its reply, stages, schools, dates, topics, readers); the others are noted as parts, each a
 * few fields with a day and a name. None of it changes once the wave is open.
 */

/** Steps in the order of the task list; each has a page of its own under this name. */
export const SETUP_STEPS = [
  'reply',
  'stages',
  'schools',
  'dates',
  'topics',
  'readers',
  'languages',
  'help',
  'target',
  'opting-out',
  'assessment',
  'conditions',
  'controller',
  'rights',
  'retention',
  'complaints',
  'rehearsal',
] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** The steps that make up the data-protection file. */
export const FILE_STEPS = ['assessment', 'conditions', 'controller', 'rights', 'retention', 'complaints'] as const;

/** Steps that a wave without schools has no use for: whoever comes is on no roll, and decides alone. */
const OF_SCHOOLS: readonly SetupStep[] = ['stages', 'schools', 'topics', 'target', 'opting-out'];

/** How a disagreement between a pupil of 12 to 15 and a parent is settled. */
export const DISAGREEMENTS = ['pupil-decides', 'either-no', 'talk-first'] as const;
/** Conditions of Article 6(1) of the UK GDPR, by their letter. */
export const ARTICLE_6 = ['consent', 'legal-obligation', 'public-task', 'legitimate-interests'] as const;
/** Conditions of Article 9(2) of the UK GDPR, by their letter. */
export const ARTICLE_9 = [
  'explicit-consent',
  'substantial-public-interest',
  'health-or-social-care',
  'public-health',
  'research-and-statistics',
] as const;
/** Conditions of Schedule 1 to the Data Protection Act 2018, by their paragraph. */
export const SCHEDULE_1 = [
  'none',
  'paragraph-2',
  'paragraph-3',
  'paragraph-4',
  'paragraph-6',
  'paragraph-8',
  'paragraph-18',
] as const;
export type Article9 = (typeof ARTICLE_9)[number];
export type Schedule1 = (typeof SCHEDULE_1)[number];

/** The conditions of Schedule 1 that go with each of Article 9 (Data Protection Act 2018, section 10(2) and (3)). */
export const SCHEDULE_1_OF: Readonly<Record<Article9, readonly Schedule1[]>> = {
  'explicit-consent': ['none'],
  'substantial-public-interest': ['paragraph-6', 'paragraph-8', 'paragraph-18'],
  'health-or-social-care': ['paragraph-2'],
  'public-health': ['paragraph-3'],
  'research-and-statistics': ['paragraph-4'],
};

/** What each noted step holds. Days are civil dates, words are as somebody typed them. */
export interface SetupParts {
  /** Languages that the wave is asked in. */
  languages: { languages: readonly string[] };
  /** Who looked whether the help numbers are right, when, and which contacts those were (their hash). */
  help: { checkedBy: string; checkedOn: string; contacts: string };
  target: { percent: number };
  'opting-out': { optOutsUntil: string; disagreement: (typeof DISAGREEMENTS)[number] };
  /** Who reviewed it, when, and what the wave asked whom by then (the hash of it). */
  assessment: { reviewedBy: string; reviewedOn: string; asked: string };
  conditions: { article6: (typeof ARTICLE_6)[number]; article9: Article9; schedule1: Schedule1 };
  controller: { controller: string; processor: string };
  rights: { equalityOn: string; childrensRightsOn: string };
  retention: { retainedUntil: string };
  complaints: { complaintsRoute: string };
  /** Why no rehearsal is held. */
  rehearsal: { leftOutReason: string };
}
export type PartId = keyof SetupParts;

/** The parts that were noted so far. */
export type NotedParts = { readonly [Part in PartId]?: SetupParts[Part] };

/** The steps of a wave. @param reached whether everybody on a roll is asked, or whoever comes */
export function stepsOf(reached: 'roll' | 'open'): SetupStep[] {
  return SETUP_STEPS.filter((step) => reached === 'roll' || !OF_SCHOOLS.includes(step));
}
