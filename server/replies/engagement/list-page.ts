import type { Standing } from '../../core/loop/engagement/check.ts';
import { LINK_KINDS, missingParts, type Period } from '../../core/loop/engagement/entry.ts';
import { summarise } from '../../core/loop/engagement/summary.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { formField, type PlanFormField } from '../plan/form-fields.ts';
import { ENGAGEMENT, entryHref } from './addresses.ts';
import type { SeenEntry } from './engagement-desk.ts';
import { aspectGroups } from './entry-page.ts';
import { aspectName, checkText, daysText, lackText, listed, partText, type EntryNames } from './entry-words.ts';
import type { Offer } from './offers.ts';

/** What a record may be narrowed to by what is still open. */
export const OPEN_FILTERS = ['unfinished', 'change', 'told', 'check'] as const;
export type OpenFilter = (typeof OPEN_FILTERS)[number];
export const ABOUT_FILTERS = [...LINK_KINDS, 'words'] as const;
export type AboutFilter = (typeof ABOUT_FILTERS)[number];

/** What is asked for; '' where everything is. */
export interface Filter extends Period {
  about: AboutFilter | '';
  open: OpenFilter | '';
}

export interface PeriodFault {
  field: 'from' | 'to';
  problem: 'not-a-date' | 'before-start';
}

interface ListedEntry {
  href: string;
  title: string;
  days: string;
  place: string;
  about: string;
  how: string;
  who: string;
  state: string;
  finished: boolean;
  lack: string;
  check: string;
}

interface AspectRow {
  name: string;
  counts: string[];
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/engagement/list': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      lead: string;
      /** Empty for somebody who only reads. */
      newHref: string;
      offers: { href: string; words: string }[];
      filter: PlanFormField[];
      isNarrowed: boolean;
      entries: ListedEntry[];
      files: { href: string; words: string }[];
      aspectHeads: string[];
      aspectGroups: { legend: string; aspects: AspectRow[] }[];
    };
  }
}

export interface ListShown {
  authority: string;
  entries: readonly SeenEntry[];
  filter: Filter;
  faults: readonly PeriodFault[];
  offers: readonly Offer[];
  mayWrite: boolean;
  today: string;
}

/** The record, narrowed to what is asked for, with how its standards stand. */
export function listPage(language: Language, names: EntryNames, shown: ListShown): Views['replies/engagement/list'] {
  const { engagement } = language.words;
  const { filter, entries } = shown;
  const asked = queryOf(filter);
  const faults = shown.faults.map((fault) => periodFault(language, fault));
  const standings = ['met', 'partly', 'not', 'unanswered'] as const;
  const summary = summarise(
    entries.map(({ entry }) => entry),
    shown.today,
  );
  const countsOf = new Map(summary.aspects.map(({ aspect, counts }) => [aspect, counts]));
  return {
    title: language.say('engagement', 'title', { authority: isolated(language, shown.authority) }),
    wide: true,
    faults,
    lead: leadText(language, summary),
    newHref: shown.mayWrite ? `${ENGAGEMENT}/entries/new` : '',
    offers: shown.offers.map(({ key, words }) => ({
      href: `${ENGAGEMENT}/entries/new?from=${encodeURIComponent(key)}`,
      words,
    })),
    filter: filterFields(language, filter, faults),
    isNarrowed: asked !== '',
    entries: entries.map((seen) => listedEntry(language, names, seen, shown.today)),
    files: (['xlsx', 'csv'] as const).map((format) => ({
      href: `${ENGAGEMENT}/file.${format}${asked}`,
      words: engagement[`download-${format}`],
    })),
    aspectHeads: standings.map((standing) => standingHead(language, standing)),
    aspectGroups: aspectGroups(language, (aspect) => ({
      name: aspectName(language, aspect),
      counts: standings.map((standing) => language.number(countsOf.get(aspect)?.[standing] ?? 0)),
    })),
  };
}

function standingHead({ words: { engagement } }: Language, standing: Standing | 'unanswered'): string {
  return standing === 'unanswered' ? engagement.unanswered : engagement[`standing-${standing}`];
}

/** "3 entries. 2 are finished. 1 does not say yet what changed." */
function leadText(language: Language, summary: ReturnType<typeof summarise>): string {
  const say = (key: 'entryCount' | 'finishedCount' | 'withoutChange' | 'withoutTelling' | 'nothingChanged', count: number) =>
    language.say('engagement', key, { count }); // prettier-ignore
  if (summary.entries === 0) return '';
  const some = [
    ['withoutChange', summary.withoutChange.length],
    ['withoutTelling', summary.withoutTelling.length],
    ['nothingChanged', summary.nothingChanged.length],
  ] as const;
  const more = some.filter(([, count]) => count > 0).map(([key, count]) => say(key, count));
  return [say('entryCount', summary.entries), say('finishedCount', summary.finished), ...more].join(' ');
}

function listedEntry(language: Language, names: EntryNames, { entry }: SeenEntry, today: string): ListedEntry {
  const { engagement } = language.words;
  const { words, check } = entry;
  const lacks = missingParts(words, today);
  const kinds = LINK_KINDS.filter((kind) => words.links.some((link) => link.kind === kind));
  const about = kinds.length > 0 ? kinds.map((kind) => engagement[`link-${kind}`]) : [words.decision];
  return {
    href: entryHref(entry.id),
    title: words.title,
    days: daysText(language, words),
    place: partText(language, 'place', words, names),
    about: listed(language, about) || engagement.nothingYet,
    how: partText(language, 'methods', words, names) || engagement.nothingYet,
    who: partText(language, 'groups', words, names) || engagement.nothingYet,
    state: lacks.length === 0 ? engagement.finished : engagement.unfinished,
    finished: lacks.length === 0,
    lack: lackText(language, lacks, words),
    check: checkText(language, check),
  };
}

function filterFields(language: Language, filter: Filter, faults: readonly FieldFault[]): PlanFormField[] {
  const { engagement } = language.words;
  const about = (['', ...ABOUT_FILTERS] as const).map((one) => ({
    value: one,
    words: one === '' ? engagement.any : engagement[`about-${one}`],
    chosen: one === filter.about,
  }));
  const open = (['', ...OPEN_FILTERS] as const).map((one) => ({
    value: one,
    words: one === '' ? engagement.any : engagement[`open-${one}`],
    chosen: one === filter.open,
  }));
  return [
    formField({ name: 'from', label: engagement.filterFrom, kind: 'date', value: filter.from }, faults),
    formField({ name: 'to', label: engagement.filterTo, kind: 'date', value: filter.to }, faults),
    formField({ name: 'about', label: engagement.filterAbout, kind: 'choice', choices: about }, faults),
    formField({ name: 'open', label: engagement.filterOpen, kind: 'choice', choices: open }, faults),
  ];
}

function periodFault(language: Language, { field, problem }: PeriodFault): FieldFault {
  const label = field === 'from' ? language.words.engagement.filterFrom : language.words.engagement.filterTo;
  return { field, message: language.say('engagement', `fault-${problem}`, { label, longest: '' }) };
}

/** What is asked for as an address has it; empty where everything is. */
function queryOf({ from, to, about, open }: Filter): string {
  const query = new URLSearchParams(Object.entries({ from, to, about, open }).filter(([, value]) => value !== ''));
  return query.size === 0 ? '' : `?${query.toString()}`;
}
