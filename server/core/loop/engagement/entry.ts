import { canonical } from '../../canonical.ts';
import { isCivilDate, LINE_LENGTH, TEXT_LENGTH, textProblem, type FieldProblem } from '../fields.ts';

/*
 * An entry of the engagement record: who was involved in a decision, how, what was said and what changed because of it.
 * People stand in it as groups in counts, never as persons.
 */

/** How people were involved. 'other' is said in words. */
export const METHODS = [
  'survey',
  'forum',
  'workshop',
  'interview',
  'group-talk',
  'drop-in',
  'online',
  'other',
] as const;
export type Method = (typeof METHODS)[number];

/** Who people were, as a group; more is said in words ("P5–P7 of one cluster"). */
export const GROUP_KINDS = ['pupils', 'forum', 'young-people', 'parents', 'practitioners', 'other'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** Fewer people than this are "fewer than five": somebody could be known by an exact number. */
export const FEWEST_COUNTED = 5;
/** More people than this is a slip of the finger. */
export const MOST_PEOPLE = 100_000;

export interface InvolvedGroup {
  kind: GroupKind;
  words: string;
  /** About how many, as typed; '' where nobody knows, `FEW` for fewer than five. */
  people: string;
}

/** What stands for every number below five. */
export const FEW = '<5';

/** What an entry may be about. */
export const LINK_KINDS = ['finding', 'action', 'reply'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A finding, an action of the plan or a reply, by its id. */
export interface DecisionLink {
  kind: LinkKind;
  id: string;
}

/** Whether anything changed; '' until somebody says so. That nothing did is an answer too, with its reason. */
export const OUTCOMES = ['changed', 'nothing'] as const;
export type Outcome = (typeof OUTCOMES)[number] | '';

/** Parts that are written, in the order of the form. */
export const TEXT_PARTS = ['title', 'decision', 'missing', 'methodWords', 'said', 'change', 'told'] as const;
export type TextPart = (typeof TEXT_PARTS)[number];

export interface EntryWords extends Record<TextPart, string> {
  /** The place that it is about, as the plan names places. */
  place: string;
  /** Civil dates. The first is always there; without the last nobody has said yet when it ended. */
  from: string;
  to: string;
  links: DecisionLink[];
  groups: InvolvedGroup[];
  methods: Method[];
  outcome: Outcome;
}

export type EntryPart = keyof EntryWords;

/** All parts of an entry, in the order in which pages and tables have them. */
export const ENTRY_PARTS = [
  ...(['title', 'place', 'from', 'to', 'links', 'decision', 'groups', 'missing', 'methods', 'methodWords'] as const),
  ...(['said', 'outcome', 'change', 'told'] as const),
] as const satisfies readonly EntryPart[];

/** Characters of each written part. */
export const ENTRY_LENGTHS: Readonly<Record<TextPart, number>> = {
  title: LINE_LENGTH,
  decision: TEXT_LENGTH,
  missing: TEXT_LENGTH,
  methodWords: 300,
  said: TEXT_LENGTH,
  change: TEXT_LENGTH,
  told: TEXT_LENGTH,
};

export type EntryProblem = FieldProblem | 'before-start' | 'in-future' | 'unknown-place' | 'not-a-number';

/** What is wrong with a part; of a group, which one, counted from 0. */
export interface EntryFault {
  field: EntryPart;
  problem: EntryProblem;
  group?: number;
  /** Whether it is the group's number that is wrong, not its words. */
  inNumber?: boolean;
}

/** An entry of which nothing is said yet. */
export function emptyEntry(place: string): EntryWords {
  const texts = { title: '', decision: '', missing: '', methodWords: '', said: '', change: '', told: '' };
  return { ...texts, place, from: '', to: '', links: [], groups: [], methods: [], outcome: '' };
}

/**
 * What keeps an entry from being kept: no title, no first day, no place, a reason or a method that was chosen without its
 * words, or something that cannot be. What is only not there yet may follow: see `missingParts`.
 * @param places ids of the places that there are, for whoever writes
 */
export function entryFaults(words: EntryWords, places: ReadonlySet<string>, today: string): EntryFault[] {
  const found: [EntryPart, EntryProblem | undefined][] = [
    ['title', textProblem(words.title, ENTRY_LENGTHS.title)],
    ['place', places.has(words.place) ? undefined : 'unknown-place'],
    ['from', firstDayProblem(words.from, today)],
    ['to', lastDayProblem(words)],
    ['decision', tooLong(words, 'decision')],
    ['missing', tooLong(words, 'missing')],
    ['methodWords', wordsIf(words.methods.includes('other'), words, 'methodWords')],
    ['said', tooLong(words, 'said')],
    ['change', wordsIf(words.outcome !== '', words, 'change')],
    ['told', tooLong(words, 'told')],
  ];
  const faults: EntryFault[] = found.flatMap(([field, problem]) => (problem ? [{ field, problem }] : []));
  return [...faults, ...words.groups.flatMap(groupFaults)];
}

function firstDayProblem(date: string, today: string): EntryProblem | undefined {
  if (date === '') return 'missing';
  if (!isCivilDate(date)) return 'not-a-date';
  return date > today ? 'in-future' : undefined;
}

function lastDayProblem({ from, to }: EntryWords): EntryProblem | undefined {
  if (to === '') return undefined;
  if (!isCivilDate(to)) return 'not-a-date';
  return isCivilDate(from) && to < from ? 'before-start' : undefined;
}

function tooLong(words: EntryWords, part: TextPart): EntryProblem | undefined {
  return wordsIf(false, words, part);
}

function wordsIf(isNeeded: boolean, words: EntryWords, part: TextPart): EntryProblem | undefined {
  const problem = textProblem(words[part], ENTRY_LENGTHS[part]);
  return problem === 'missing' && !isNeeded ? undefined : problem;
}

function groupFaults({ kind, words, people }: InvolvedGroup, group: number): EntryFault[] {
  const faults: EntryFault[] = [];
  const problem = textProblem(words, LINE_LENGTH);
  const isNeeded = kind === 'other';
  if (problem && (problem !== 'missing' || isNeeded)) faults.push({ field: 'groups', problem, group });
  if (!isPeople(people)) faults.push({ field: 'groups', problem: 'not-a-number', group, inNumber: true });
  return faults;
}

/** Whether this says how many, or that nobody knows. */
export function isPeople(people: string): boolean {
  if (people === '' || people === FEW) return true;
  return /^\d{1,6}$/.test(people) && Number(people) >= FEWEST_COUNTED && Number(people) <= MOST_PEOPLE;
}

/** A number as somebody typed it; those from 1 to 4 are not kept. What is no number stays, to be put right. */
export function readPeople(typed: string): string {
  const tidy = typed.trim().replace(/^(?:about|around|circa|~)\s*/i, '');
  if (/^(?:<|under |fewer than |less than )\s*5$/i.test(tidy)) return FEW;
  const digits = tidy.replace(/(?<=\d)[, ](?=\d{3}\b)/g, '');
  if (!/^\d{1,6}$/.test(digits)) return tidy;
  const number = Number(digits);
  if (number === 0) return tidy;
  return number < FEWEST_COUNTED ? FEW : String(number);
}

/** Parts that an entry has to have to be finished, where it lacks them; 'ended' where its last day is still to come. */
export type MissingPart = 'to' | 'ended' | 'decision' | 'groups' | 'missing' | 'methods' | 'said' | 'change' | 'told';

/** What an entry still lacks on a day; none of a finished one. */
export function missingParts(words: EntryWords, today: string): MissingPart[] {
  const isAbout = words.links.length > 0 || words.decision !== '';
  const found: [MissingPart, boolean][] = [
    ['to', words.to === ''],
    ['ended', words.to > today],
    ['decision', !isAbout],
    ['groups', words.groups.length === 0],
    ['missing', words.missing === ''],
    ['methods', words.methods.length === 0],
    ['said', words.said === ''],
    ['change', words.outcome === '' || words.change === ''],
    ['told', words.told === ''],
  ];
  return found.flatMap(([part, lacks]) => (lacks ? [part] : []));
}

export const isFinished = (words: EntryWords, today: string): boolean => missingParts(words, today).length === 0;

/** Days from the first to the last, both included. Either may be open: ''. */
export interface Period {
  from: string;
  to: string;
}

/** Whether any day of an entry lies in a period. One without a last day is of its first day alone. */
export function isInPeriod({ from, to }: Pick<EntryWords, 'from' | 'to'>, period: Period): boolean {
  const last = to === '' ? from : to;
  return (period.from === '' || last >= period.from) && (period.to === '' || from <= period.to);
}

/** Parts that changed from one version to the next, in their order. */
export function changedParts(before: EntryWords, after: EntryWords): EntryPart[] {
  return ENTRY_PARTS.filter((part) => canonical(before[part]) !== canonical(after[part]));
}
