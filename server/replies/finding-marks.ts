import type { Finding } from '../storage/findings.ts';
import type { FindingOrigin, PriorityMark } from '../storage/finding-marks.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Quoted } from './released.ts';
import { bandWords, shareWords } from './sentences.ts';
import { becauseOf } from './suggestion-pages.ts';

/** What planners say of a finding besides why it matters. */
export interface Marked {
  origin: FindingOrigin | undefined;
  /** Oldest first. */
  priorities: readonly PriorityMark[];
  /** Empty where it is in none. */
  group: string;
  /** Groups of findings that whoever looks may see. */
  groups: readonly string[];
}

/** What stands where a finding's figure stood, if its release was corrected: undefined where it was not. */
export type Correction = { releaseId: string; quoted: Quoted | 'hidden' } | undefined;

export interface MarksView {
  forWhom: string;
  because: string;
  isPriority: boolean;
  priorityHref: string;
  history: string[];
  groupHref: string;
  group: string;
  groups: string[];
  /** What the correction says; empty where there is none. */
  corrected: string;
  /** Where to make the same finding of the corrected figure; empty where it is hidden or there is none. */
  correctedHref: string;
}

declare module '../web/views.ts' {
  interface Views {
    'replies/finding-marks': { marks: MarksView };
  }
}

export function marksView(
  language: Language,
  finding: Finding,
  quoted: Quoted,
  marked: Marked,
  correction: Correction,
): MarksView {
  const here = `/replies/findings/${finding.id}`;
  const { origin, priorities } = marked;
  const isPriority = priorities.at(-1)?.isPriority ?? false;
  return {
    forWhom: origin?.forWhom || bandWords(language, quoted.figure),
    because: origin?.facts ? becauseOf(language, origin.facts) : '',
    isPriority,
    priorityHref: `${here}/priority${isPriority ? '/removal' : ''}`,
    history: priorities.map((mark) =>
      language.say('findings', mark.isPriority ? 'markedBy' : 'unmarkedBy', {
        date: language.date(mark.at),
        who: isolated(language, mark.by || language.words.findings.somebody),
      }),
    ),
    groupHref: `${here}/group`,
    group: marked.group,
    groups: [...marked.groups],
    corrected: correction ? correctedWords(language, quoted, correction.quoted) : '',
    correctedHref: correction && correction.quoted !== 'hidden' ? anewHref(finding, correction.releaseId) : '',
  };
}

/** A finding quotes what it quoted; what the correction says stands beside it. */
function correctedWords(language: Language, quoted: Quoted, now: Quoted | 'hidden'): string {
  const before = shareWords(language, quoted.figure);
  if (now === 'hidden') return language.say('findings', 'correctedHidden', { before });
  return language.say('findings', 'correctedTo', { before, now: shareWords(language, now.figure) });
}

function anewHref({ place }: Finding, release: string): string {
  return `/replies/findings/new?${new URLSearchParams({ release, ...place }).toString()}`;
}
