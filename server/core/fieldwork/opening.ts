import type { ReplyChoice } from './reply-wave.ts';
import { FILE_STEPS, type NotedParts, type SetupStep } from './setup.ts';

/*
 * What a wave needs before it may open. Everything missing is told at once, each with the step that puts it right.
 */
export interface OpeningFacts {
  authorityKind: 'real' | 'demonstration';
  /** Whether everybody on a roll is asked, or whoever comes; the latter needs no schools. */
  reached: 'roll' | 'open';
  /** Civil dates, empty until they are settled. */
  startsOn: string;
  endsOn: string;
  today: string;
  bands: number;
  schools: number;
  /** The reply that it asks about, where it asks about one. */
  reply: ReplyChoice;
  /** Readers of what young people write, where words are asked: how many are named, and how many of them can read. */
  readers: { named: number; reading: number };
  schoolsWithoutRoll: number;
  stagesWithoutSurvey: readonly string[];
  /** Texts in the languages of the wave that nobody has reviewed. */
  draftedTexts: number;
  parts: NotedParts;
  /** The hash of the help contacts as they are now. */
  contacts: string;
  /** The hash of what it asks whom as it is now: surveys, bands, topics, and whether it asks for words. */
  asked: string;
  /** Whether somebody answered to the end in a rehearsal of what it asks now. */
  rehearsed: boolean;
  /** Whether somebody did in any rehearsal. */
  rehearsedBefore: boolean;
}

/** What can be missing, and the step that it is put right in. */
export const MISSING = {
  reply: 'reply',
  'reply-words': 'reply',
  stages: 'stages',
  schools: 'schools',
  roll: 'schools',
  survey: 'stages',
  dates: 'dates',
  'end-date': 'dates',
  readers: 'readers',
  languages: 'languages',
  'reviewed-text': 'languages',
  help: 'help',
  'help-changed': 'help',
  target: 'target',
  'opting-out': 'opting-out',
  'opting-out-late': 'opting-out',
  assessment: 'assessment',
  'assessment-changed': 'assessment',
  conditions: 'conditions',
  controller: 'controller',
  rights: 'rights',
  retention: 'retention',
  'retention-early': 'retention',
  complaints: 'complaints',
  rehearsal: 'rehearsal',
  'rehearsal-changed': 'rehearsal',
} as const satisfies Record<string, SetupStep>;
export type Missing = keyof typeof MISSING;

/** What is missing, in the order of the task list; empty when the wave may open. */
export function missingForOpening(facts: OpeningFacts): Missing[] {
  const missing: Missing[] = [
    ...missingReply(facts),
    ...(facts.reached === 'roll' ? missingOfSchools(facts) : []),
    ...missingDates(facts),
    ...missingReaders(facts),
    ...missingLanguages(facts),
    ...missingHelp(facts),
    ...missingFile(facts),
  ];
  if (!facts.rehearsed && !facts.parts.rehearsal)
    missing.push(facts.rehearsedBefore ? 'rehearsal-changed' : 'rehearsal');
  return inOrder(missing);
}

/** What a wave needs before it can be rehearsed: enough for codes and questions. */
export function missingForRehearsal(facts: OpeningFacts): Missing[] {
  const needed: readonly Missing[] = ['reply', 'reply-words', 'stages', 'schools', 'roll', 'survey'];
  return missingForOpening(facts).filter((missing) => needed.includes(missing));
}

function missingOfSchools(facts: OpeningFacts): Missing[] {
  const { parts, startsOn } = facts;
  const missing: Missing[] = [];
  if (facts.bands === 0) missing.push('stages');
  if (facts.schools === 0) missing.push('schools');
  if (facts.schoolsWithoutRoll > 0) missing.push('roll');
  if (facts.stagesWithoutSurvey.length > 0) missing.push('survey');
  if (!parts.target) missing.push('target');
  const optingOut = parts['opting-out'];
  if (!optingOut) missing.push('opting-out');
  else if (startsOn !== '' && optingOut.optOutsUntil >= startsOn) missing.push('opting-out-late');
  return missing;
}

function missingDates({ startsOn, endsOn, today }: OpeningFacts): Missing[] {
  if (startsOn === '' || endsOn === '') return ['dates'];
  return endsOn < today ? ['end-date'] : [];
}

/** Whoever is asked about a reply has to be able to read it, in each language of the wave. */
function missingReply({ reply }: OpeningFacts): Missing[] {
  if (reply === 'missing') return ['reply'];
  return reply === 'lacks-words' ? ['reply-words'] : [];
}

/** Without a reader nobody is asked for words; with one who cannot read, nobody would see that a child is in danger. */
function missingReaders({ readers: { named, reading } }: OpeningFacts): Missing[] {
  return named > 0 && reading === 0 ? ['readers'] : [];
}

function missingLanguages({ parts, authorityKind, draftedTexts }: OpeningFacts): Missing[] {
  if (!parts.languages) return ['languages'];
  // Only a demonstration opens on drafted text.
  return authorityKind === 'real' && draftedTexts > 0 ? ['reviewed-text'] : [];
}

function missingHelp({ parts, contacts }: OpeningFacts): Missing[] {
  if (!parts.help) return ['help'];
  return parts.help.contacts === contacts ? [] : ['help-changed'];
}

function missingFile({ parts, endsOn, asked }: OpeningFacts): Missing[] {
  const missing: Missing[] = FILE_STEPS.filter((step) => !parts[step]);
  if (parts.assessment && parts.assessment.asked !== asked) missing.push('assessment-changed');
  if (parts.retention && endsOn !== '' && parts.retention.retainedUntil <= endsOn) missing.push('retention-early');
  return missing;
}

function inOrder(missing: readonly Missing[]): Missing[] {
  return (Object.keys(MISSING) as Missing[]).filter((candidate) => missing.includes(candidate));
}
