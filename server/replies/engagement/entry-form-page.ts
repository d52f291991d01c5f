import {
  ENTRY_LENGTHS,
  GROUP_KINDS,
  LINK_KINDS,
  METHODS,
  OUTCOMES,
  type EntryFault,
  type EntryPart,
  type EntryWords,
  type TextPart,
} from '../../core/loop/engagement/entry.ts';
import { LINE_LENGTH } from '../../core/loop/fields.ts';
import { WHOLE_AUTHORITY } from '../../core/loop/plan/words.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { formField, type PlanFormField } from '../plan/form-fields.ts';
import { ENGAGEMENT, entryHref, linkValue } from './addresses.ts';
import { ofKind } from './decision-names.ts';
import { GROUP_ROWS, groupField, type GroupRow } from './entry-form.ts';
import { listed, partLabel, partText, type EntryNames } from './entry-words.ts';
import { personalFaults, personalView, type PersonalView } from './personal.ts';

interface GroupForm {
  label: string;
  fields: PlanFormField[];
}

interface LinkGroup {
  legend: string;
  open: boolean;
  choices: { value: string; words: string; lang: string; chosen: boolean }[];
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/engagement/entry-form': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      href: string;
      backHref: string;
      back: string;
      hidden: { name: string; value: string }[];
      /** What somebody else kept meanwhile; empty where nobody did. */
      meanwhile: string[];
      personal: PersonalView | null;
      what: PlanFormField[];
      linkGroups: LinkGroup[];
      decision: PlanFormField;
      groups: GroupForm[];
      /** Rows that nothing stands in, folded away. */
      moreGroups: GroupForm[];
      rest: PlanFormField[];
    };
    'replies/engagement/group': { group: GroupForm };
    'replies/engagement/meanwhile': { lines: string[] };
  }
}

/** What somebody else kept while a form was open. */
export interface Meanwhile<Part> {
  who: string;
  /** Parts that were taken over. */
  theirs: readonly Part[];
  /** Parts that both changed, with what the other wrote. */
  both: readonly { part: Part; words: string }[];
}

/** What was typed for an entry. */
export interface TypedEntry {
  id: string;
  /** The version that it changes; 0 for a new entry. */
  basedOn: number;
  begunFrom: string;
  words: EntryWords;
  faults: readonly EntryFault[];
  personal: readonly string[];
  meanwhile?: Meanwhile<EntryPart>;
}

/** Rows for groups that are in sight from the start. */
const FEWEST_ROWS = 2;

export function entryFormPage(
  language: Language,
  names: EntryNames,
  typed: TypedEntry,
): Views['replies/engagement/entry-form'] {
  const { engagement } = language.words;
  const isNew = typed.basedOn === 0;
  const faults = typed.faults.map((fault) => faultWords(language, fault));
  const groups = GROUP_ROWS.map((row) => groupRow(language, row, typed.words, faults));
  const open = Math.max(FEWEST_ROWS, typed.words.groups.length + 1);
  const field = (part: EntryPart) => fieldOf(language, part, typed.words, names, faults);
  return {
    title: isNew ? engagement.newEntry : engagement.changeEntry,
    wide: true,
    faults: [...faults, ...personalFaults(language, typed.personal)],
    href: isNew ? `${ENGAGEMENT}/entries` : entryHref(typed.id),
    backHref: isNew ? ENGAGEMENT : entryHref(typed.id),
    back: isNew ? engagement.back : engagement.backToEntry,
    hidden: [
      { name: 'basedOn', value: String(typed.basedOn) },
      ...(isNew ? [{ name: 'id', value: typed.id }] : []),
      ...(isNew ? [{ name: 'begunFrom', value: typed.begunFrom }] : []),
    ],
    meanwhile: typed.meanwhile ? meanwhileLines(language, typed.meanwhile, (part) => partLabel(language, part)) : [],
    personal: personalView(language, typed.personal),
    what: (['title', 'place', 'from', 'to'] as const).map(field),
    linkGroups: linkGroups(language, typed.words, names),
    decision: field('decision'),
    groups: groups.slice(0, open),
    moreGroups: groups.slice(open),
    rest: (['missing', 'methods', 'methodWords', 'said', 'outcome', 'change', 'told'] as const).map(field),
  };
}

/** What somebody else kept, line by line. */
export function meanwhileLines<Part>(
  language: Language,
  { who, theirs, both }: Meanwhile<Part>,
  labelOf: (part: Part) => string,
): string[] {
  const name = isolated(language, who || language.words.findings.somebody);
  const { empty } = language.words.engagement;
  return [
    ...(theirs.length === 0
      ? []
      : [language.say('engagement', 'meanwhileTheirs', { who: name, parts: listed(language, theirs.map(labelOf)) })]),
    ...both.map(({ part, words }) =>
      language.say('engagement', 'meanwhileBoth', {
        ...{ part: labelOf(part), who: name },
        theirs: isolated(language, words || empty),
      }),
    ),
  ];
}

/** What both changed, as the other one has it. */
export function othersWords(
  language: Language,
  parts: readonly EntryPart[],
  theirs: EntryWords,
  names: EntryNames,
): Meanwhile<EntryPart>['both'] {
  return parts.map((part) => ({ part, words: partText(language, part, theirs, names) }));
}

function faultWords(language: Language, { field, problem, group = 0, inNumber }: EntryFault): FieldFault {
  const { engagement } = language.words;
  const inGroup = inNumber ? engagement.groupPeople : engagement.groupWords;
  const label =
    field === 'groups'
      ? `${language.say('engagement', 'groupLabel', { number: language.number(group + 1) })}, ${inGroup}`
      : partLabel(language, field);
  const longest = language.number(field in ENTRY_LENGTHS ? ENTRY_LENGTHS[field as TextPart] : LINE_LENGTH);
  return {
    field: field === 'groups' ? groupField(GROUP_ROWS[group] ?? 0, inNumber ? 'people' : 'words') : field,
    message: language.say('engagement', `fault-${problem}`, { label, longest }),
  };
}

const NEEDED: readonly EntryPart[] = ['title', 'from'];
type FormPart = Exclude<EntryPart, 'links' | 'groups'>;

function fieldOf(
  language: Language,
  part: EntryPart,
  words: EntryWords,
  names: EntryNames,
  faults: readonly FieldFault[],
): PlanFormField {
  const { engagement } = language.words;
  const name = part as FormPart;
  const shared = { name, label: partLabel(language, part), hint: engagement[`hint-${name}`], needed: NEEDED.includes(part) }; // prettier-ignore
  switch (name) {
    case 'place':
      return formField({ ...shared, kind: 'choice', choices: placeChoices(language, words, names) }, faults);
    case 'from':
    case 'to':
      return formField({ ...shared, kind: 'date', value: words[name] }, faults);
    case 'methods':
      return formField({ ...shared, kind: 'ticks', choices: methodChoices(language, words) }, faults);
    case 'outcome':
      return formField({ ...shared, kind: 'choice', choices: outcomeChoices(language, words) }, faults);
    case 'title':
    case 'decision':
    case 'missing':
    case 'methodWords':
    case 'said':
    case 'change':
    case 'told': {
      const longest = String(ENTRY_LENGTHS[name]);
      return formField({ ...shared, kind: name === 'title' ? 'line' : 'lines', value: words[name], longest }, faults);
    }
  }
}

function placeChoices(language: Language, words: EntryWords, { places: { seen, writable } }: EntryNames) {
  const whole = { id: WHOLE_AUTHORITY, name: language.words.plan.wholeAuthority };
  return [whole, ...seen]
    .filter(({ id }) => writable.has(id))
    .map(({ id, name }) => ({ value: id, words: name, chosen: id === words.place }));
}

function methodChoices({ words: { engagement } }: Language, { methods }: EntryWords) {
  return METHODS.map((one) => ({ value: one, words: engagement[`method-${one}`], chosen: methods.includes(one) }));
}

function outcomeChoices({ words: { engagement } }: Language, { outcome }: EntryWords) {
  return (['', ...OUTCOMES] as const).map((one) => ({
    value: one,
    words: engagement[`outcome-${one === '' ? 'none' : one}`],
    chosen: one === outcome,
  }));
}

function linkGroups({ words: { engagement } }: Language, { links }: EntryWords, names: EntryNames): LinkGroup[] {
  const ticked = new Set(links.map(linkValue));
  return LINK_KINDS.flatMap((kind) => {
    const choices = ofKind(names.decisions, kind).map((name) => {
      const value = linkValue(name);
      return { value, words: name.words, lang: name.lang, chosen: ticked.has(value) };
    });
    if (choices.length === 0) return [];
    return [{ legend: engagement[`linkGroup-${kind}`], choices, open: choices.some(({ chosen }) => chosen) }];
  });
}

function groupRow(language: Language, row: GroupRow, { groups }: EntryWords, faults: readonly FieldFault[]): GroupForm {
  const { engagement } = language.words;
  const group = groups[row];
  const kinds = [
    { value: '', words: engagement['group-none'], chosen: group === undefined },
    ...GROUP_KINDS.map((kind) => ({ value: kind, words: engagement[`group-${kind}`], chosen: group?.kind === kind })),
  ];
  const text = (name: 'words' | 'people', label: string, longest: number) =>
    formField(
      { name: groupField(row, name), label, kind: 'line', value: group?.[name] ?? '', longest: String(longest) },
      faults,
    );
  return {
    label: language.say('engagement', 'groupLabel', { number: language.number(row + 1) }),
    fields: [
      formField({ name: groupField(row, 'kind'), label: engagement.groupKind, kind: 'choice', choices: kinds }, faults),
      text('words', engagement.groupWords, LINE_LENGTH),
      text('people', engagement.groupPeople, 20),
    ],
  };
}
