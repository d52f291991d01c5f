import {
  ENTRY_PARTS,
  FEW,
  type EntryPart,
  type EntryWords,
  type InvolvedGroup,
  type MissingPart,
} from '../../core/loop/engagement/entry.ts';
import { ASPECTS, unanswered, type Aspect, type AspectAnswer, type Check } from '../../core/loop/engagement/check.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { PlanPlaces } from '../plan/plan-desk.ts';
import { placeWords } from '../plan/plan-words.ts';
import { decisionViews, type NamedDecision } from './decision-names.ts';

/* What stands in an entry, in words. */

/** What is needed to say an entry: names of places and of what it is about. */
export interface EntryNames {
  places: PlanPlaces;
  decisions: readonly NamedDecision[];
}

export function partLabel({ words: { engagement } }: Language, part: EntryPart): string {
  return engagement[`part-${part}`];
}

/** A part of an entry as pages and files print it; empty where nothing is said. */
export function partText(language: Language, part: EntryPart, words: EntryWords, names: EntryNames): string {
  const { engagement } = language.words;
  if (part === 'place') return placeWords(language, words.place, names.places);
  if (part === 'from' || part === 'to') return words[part] === '' ? '' : language.date(words[part]);
  if (part === 'links') {
    const named = decisionViews(language, words.links, names.decisions);
    return listed(
      language,
      named.map((one) => isolated(language, one.words)),
    );
  }
  if (part === 'groups') return words.groups.map((group) => groupText(language, group)).join('; ');
  if (part === 'methods')
    return listed(
      language,
      words.methods.map((method) => engagement[`method-${method}`]),
    );
  if (part === 'outcome') return words.outcome === '' ? '' : engagement[`outcome-${words.outcome}`];
  return words[part];
}

/** "Pupils: P5–P7, about 40". */
export function groupText(language: Language, { kind, words, people }: InvolvedGroup): string {
  const { engagement } = language.words;
  const said = { kind: engagement[`group-${kind}`], words: isolated(language, words) };
  const group = words === '' ? said.kind : language.say('engagement', 'groupNamed', said);
  if (people === '') return language.say('engagement', 'peopleUnknown', { group });
  if (people === FEW) return language.say('engagement', 'peopleFew', { group });
  // What was typed and is no number stands in the form as it was typed; an entry that is kept has none.
  return language.say('engagement', 'peopleAbout', { group, people: language.number(Number(people)) });
}

/** "1 September 2026 to 30 September 2026". */
export function daysText(language: Language, { from, to }: Pick<EntryWords, 'from' | 'to'>): string {
  if (to === from) return language.date(from);
  if (to === '') return language.say('engagement', 'daysOpen', { from: language.date(from) });
  return language.say('engagement', 'days', { from: language.date(from), to: language.date(to) });
}

/** What an entry still lacks, in one sentence; empty where it lacks nothing. */
export function lackText(language: Language, lacks: readonly MissingPart[], { to }: Pick<EntryWords, 'to'>): string {
  if (lacks.length === 0) return '';
  const date = to === '' ? '' : language.date(to);
  const parts = listed(
    language,
    lacks.map((part) => language.say('engagement', `lack-${part}`, { date })),
  );
  return language.say('engagement', 'lacking', { parts });
}

/** How much of the check is still open, in one sentence. */
export function checkText(language: Language, check: Check): string {
  const count = unanswered(check).length;
  return count === 0 ? language.words.engagement.checkDone : language.say('engagement', 'checkOpen', { count });
}

export function aspectName({ words: { engagement } }: Language, aspect: Aspect): string {
  return engagement[`aspect-${aspect}`];
}

/** What was answered about a standard, in one line; empty where nothing was. */
export function answerText(language: Language, { standing, evidence, nextStep }: AspectAnswer): string {
  if (standing === '') return '';
  const said = [
    `${language.words.engagement[`standing-${standing}`]}.`,
    ...(evidence === '' ? [] : [language.say('engagement', 'evidenceOf', { words: isolated(language, evidence) })]),
    ...(nextStep === '' ? [] : [language.say('engagement', 'nextStepOf', { words: isolated(language, nextStep) })]),
  ];
  return said.join(' ');
}

export function listed(language: Language, parts: readonly string[]): string {
  return new Intl.ListFormat(language.code).format(parts);
}

/** The record as rows of plain text, the headings first; a row an entry. */
export function recordRows(
  language: Language,
  entries: readonly { words: EntryWords; check: Check; lacks: readonly MissingPart[]; keptAt: string }[],
  names: EntryNames,
): string[][] {
  const { engagement } = language.words;
  const headings = [
    ...ENTRY_PARTS.map((part) => partLabel(language, part)),
    engagement.filterOpen,
    ...ASPECTS.map((aspect) => aspectName(language, aspect)),
    engagement.lastKept,
  ];
  const rows = entries.map(({ words, check, lacks, keptAt }) => [
    ...ENTRY_PARTS.map((part) => partText(language, part, words, names)),
    lackText(language, lacks, words) || engagement.finished,
    ...ASPECTS.map((aspect) => answerText(language, check[aspect]) || engagement.unanswered),
    language.date(keptAt),
  ]);
  return [headings, ...rows];
}
