import { ASPECTS, unanswered, type Aspect, type Check, type Standing } from './check.ts';
import { LINK_KINDS, METHODS, missingParts, type EntryWords, type LinkKind, type Method } from './entry.ts';

/** What a summary is made from: an entry with its check. */
export interface Summed {
  words: EntryWords;
  check: Check;
}

/** How many entries stand how with one standard. */
export type AspectCounts = Record<Standing | 'unanswered', number>;

/**
 * The record of a period in counts. Standards are counted apart and never added up, and people are not added at all: the same
 * person may have been in several groups.
 */
export interface EngagementSummary<Entry extends Summed> {
  entries: number;
  finished: number;
  /** Entries that do not say yet what changed because of them. */
  withoutChange: Entry[];
  /** Entries of which nothing changed, with the reason. */
  nothingChanged: Entry[];
  /** Entries that do not say yet how the people involved were told. */
  withoutTelling: Entry[];
  /** Entries of which some standard is not answered. */
  checkUnfinished: Entry[];
  /** By standard, in the order of the page. */
  aspects: { aspect: Aspect; counts: AspectCounts }[];
  /** How many entries used a method; one may use several. */
  methods: Record<Method, number>;
  /** How many entries are about a finding, an action, a reply; 'words' for those that are about none of them. */
  about: Record<LinkKind | 'words', number>;
}

export function summarise<Entry extends Summed>(entries: readonly Entry[], today: string): EngagementSummary<Entry> {
  const lacking = (part: 'change' | 'told') => entries.filter(({ words }) => missingParts(words, today).includes(part));
  return {
    entries: entries.length,
    finished: entries.filter(({ words }) => missingParts(words, today).length === 0).length,
    withoutChange: lacking('change'),
    nothingChanged: entries.filter(({ words }) => words.outcome === 'nothing' && words.change !== ''),
    withoutTelling: lacking('told'),
    checkUnfinished: entries.filter(({ check }) => unanswered(check).length > 0),
    aspects: ASPECTS.map((aspect) => ({ aspect, counts: countsOf(aspect, entries) })),
    methods: countEach(METHODS, entries, (method, { words }) => words.methods.includes(method)),
    about: countEach([...LINK_KINDS, 'words'], entries, (kind, { words }) => isAbout(words, kind)),
  };
}

/** What an entry is about, to choose by: a linked kind, or words alone. */
export function isAbout({ links }: Pick<EntryWords, 'links'>, kind: LinkKind | 'words'): boolean {
  return kind === 'words' ? links.length === 0 : links.some((link) => link.kind === kind);
}

function countsOf(aspect: Aspect, entries: readonly Summed[]): AspectCounts {
  const counts: AspectCounts = { met: 0, partly: 0, not: 0, unanswered: 0 };
  for (const { check } of entries) counts[check[aspect].standing || 'unanswered'] += 1;
  return counts;
}

function countEach<Key extends string, Entry>(
  keys: readonly Key[],
  entries: readonly Entry[],
  holds: (key: Key, entry: Entry) => boolean,
): Record<Key, number> {
  const counted = keys.map((key) => [key, entries.filter((entry) => holds(key, entry)).length]);
  return Object.fromEntries(counted) as Record<Key, number>;
}
