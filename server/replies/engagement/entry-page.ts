import {
  ASPECTS,
  LUNDY,
  NATIONAL_STANDARDS,
  unanswered,
  type Aspect,
  type Check,
} from '../../core/loop/engagement/check.ts';
import { changedParts, type EntryPart, type MissingPart } from '../../core/loop/engagement/entry.ts';
import { canonical } from '../../core/canonical.ts';
import type { EngagementEntry, EngagementHistory, Kept } from '../../storage/engagement.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { checkHref, ENGAGEMENT, entryHref, historyHref } from './addresses.ts';
import { decisionViews, type DecisionView } from './decision-names.ts';
import type { SeenEntry } from './engagement-desk.ts';
import { answerText, aspectName, checkText, daysText, groupText, lackText, listed, partLabel, partText, type EntryNames } from './entry-words.ts'; // prettier-ignore

interface AspectView {
  name: string;
  describe: string;
  /** 'met', 'partly', 'not' or 'unanswered', for its style. */
  standing: string;
  standingWords: string;
  evidence: string;
  nextStep: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/engagement/entry': {
      title: string;
      wide: boolean;
      done: string;
      backHref: string;
      state: string;
      finished: boolean;
      lack: string;
      kept: string;
      days: string;
      place: string;
      decisions: DecisionView[];
      groups: string[];
      facts: { name: string; words: string }[];
      aspectGroups: { legend: string; aspects: AspectView[] }[];
      checkState: string;
      /** Which are not answered; empty where all are. */
      checkOpen: string;
      /** Empty for somebody who only reads. */
      changeHref: string;
      checkHref: string;
      historyHref: string;
    };
    'replies/engagement/history': {
      title: string;
      backHref: string;
      events: { date: string; by: string; words: string[] }[];
    };
  }
}

/** One entry with its check. */
export function entryPage(
  language: Language,
  names: EntryNames,
  { entry, mayChange }: SeenEntry,
  { lacks, done }: { lacks: readonly MissingPart[]; done: string },
): Views['replies/engagement/entry'] {
  const { engagement } = language.words;
  const { id, words, check } = entry;
  const open = unanswered(check).map((aspect) => aspectName(language, aspect));
  const said = (part: EntryPart) => ({
    name: partLabel(language, part),
    words: partText(language, part, words, names) || engagement.nothingYet,
  });
  return {
    title: words.title,
    wide: true,
    done,
    backHref: ENGAGEMENT,
    state: lacks.length === 0 ? engagement.finished : engagement.unfinished,
    finished: lacks.length === 0,
    lack: lackText(language, lacks, words),
    kept: keptText(language, entry.wordsKept),
    days: daysText(language, words),
    place: partText(language, 'place', words, names),
    decisions: decisionViews(language, words.links, names.decisions),
    groups: words.groups.map((group) => groupText(language, group)),
    facts: [
      ...(words.decision === '' ? [] : [said('decision')]),
      ...(['missing', 'methods'] as const).map(said),
      ...(words.methodWords === '' ? [] : [said('methodWords')]),
      ...(['said', 'outcome', 'change', 'told'] as const).map(said),
    ],
    aspectGroups: aspectGroups(language, (aspect) => aspectView(language, aspect, check)),
    checkState: checkText(language, check),
    checkOpen: open.length === 0 ? '' : language.say('engagement', 'checkOpenParts', { parts: listed(language, open) }),
    changeHref: mayChange ? `${entryHref(id)}/change` : '',
    checkHref: mayChange ? checkHref(id) : '',
    historyHref: historyHref(id),
  };
}

/** The seven and the four, each under where they come from. */
export function aspectGroups<View>(
  { words: { engagement } }: Language,
  viewOf: (aspect: Aspect) => View,
): { legend: string; aspects: View[] }[] {
  return [
    { legend: engagement.national, aspects: NATIONAL_STANDARDS.map(viewOf) },
    { legend: engagement.lundy, aspects: LUNDY.map(viewOf) },
  ];
}

function aspectView(language: Language, aspect: Aspect, check: Check): AspectView {
  const { engagement } = language.words;
  const { standing, evidence, nextStep } = check[aspect];
  return {
    name: aspectName(language, aspect),
    describe: engagement[`describe-${aspect}`],
    standing: standing || 'unanswered',
    standingWords: standing === '' ? engagement.unanswered : engagement[`standing-${standing}`],
    evidence,
    nextStep,
  };
}

function keptText(language: Language, { writtenAt, by }: Omit<Kept<unknown>, 'content'>): string {
  return language.say('engagement', 'keptBy', {
    date: language.date(writtenAt),
    who: isolated(language, by || language.words.findings.somebody),
  });
}

/** Everything that an entry and its check said before, the newest first. */
export function historyPage(
  language: Language,
  names: EntryNames,
  { id, words }: EngagementEntry,
  history: EngagementHistory,
): Views['replies/engagement/history'] {
  const { engagement, findings } = language.words;
  const events = [
    ...history.words.map((version, index) => ({
      ...version,
      words: wordChanges(language, names, history.words[index - 1], version),
    })),
    ...history.checks.map((version, index) => ({
      ...version,
      words: checkChanges(language, history.checks[index - 1], version),
    })),
  ];
  return {
    title: `${engagement.history}: ${isolated(language, words.title)}`,
    backHref: entryHref(id),
    events: events
      .toSorted((one, other) => other.writtenAt.localeCompare(one.writtenAt) || other.number - one.number)
      .map(({ writtenAt, by, words: said }) => ({
        date: language.date(writtenAt),
        by: by || findings.somebody,
        words: said,
      })),
  };
}

function wordChanges(
  language: Language,
  names: EntryNames,
  before: Kept<EngagementEntry['words']> | undefined,
  { content: after }: Kept<EngagementEntry['words']>,
): string[] {
  if (!before) return [language.words.engagement.historyMade];
  return changedParts(before.content, after).map((part) =>
    changeText(
      language,
      partLabel(language, part),
      partText(language, part, before.content, names),
      partText(language, part, after, names),
    ),
  );
}

function checkChanges(language: Language, before: Kept<Check> | undefined, { content: after }: Kept<Check>): string[] {
  const changed = before
    ? ASPECTS.filter((aspect) => canonical(before.content[aspect]) !== canonical(after[aspect]))
    : ASPECTS.filter((aspect) => after[aspect].standing !== '');
  const lines = changed.map((aspect) => {
    const was = before ? answerText(language, before.content[aspect]) : '';
    return changeText(language, aspectName(language, aspect), was, answerText(language, after[aspect]));
  });
  return before ? lines : [language.words.engagement.historyChecked, ...lines];
}

function changeText(language: Language, part: string, before: string, after: string): string {
  const { empty } = language.words.engagement;
  return language.say('engagement', 'historyChanged', {
    ...{ part, before: isolated(language, before || empty), after: isolated(language, after || empty) },
  });
}
