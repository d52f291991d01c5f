import { Type, type Static } from 'typebox';
import {
  GROUP_KINDS,
  LINK_KINDS,
  METHODS,
  OUTCOMES,
  readPeople,
  TEXT_PARTS,
  type DecisionLink,
  type EntryWords,
  type InvolvedGroup,
  type TextPart,
} from '../../core/loop/engagement/entry.ts';
import { tidy, Typed } from '../shapes.ts';
import { BasedOn, FreshEntryId } from './access.ts';
import { linkValue } from './addresses.ts';
import type { NamedDecision } from './decision-names.ts';

/* The form of an entry: its shape, and what was typed as an entry. */

const GROUP_FIELDS = ['kind', 'words', 'people'] as const;
/** Rows in which groups are typed: as many as an entry has room for. */
export const GROUP_ROWS = [0, 1, 2, 3, 4, 5] as const;
export type GroupRow = (typeof GROUP_ROWS)[number];
type GroupField = `group-${GroupRow}-${(typeof GROUP_FIELDS)[number]}`;
export const groupField = (row: GroupRow, field: (typeof GROUP_FIELDS)[number]): GroupField => `group-${row}-${field}`;

const texts = Object.fromEntries(TEXT_PARTS.map((part) => [part, Typed])) as Record<TextPart, typeof Typed>;
const groups = Object.fromEntries(
  GROUP_ROWS.flatMap((row) => GROUP_FIELDS.map((field) => [groupField(row, field), Type.Optional(Typed)])),
) as Record<GroupField, ReturnType<typeof Type.Optional<typeof Typed>>>;

const fields = {
  ...texts,
  ...groups,
  place: Type.String({ maxLength: 120 }),
  from: Typed,
  to: Typed,
  links: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 500 })),
  methods: Type.Optional(Type.Array(Type.Enum(METHODS), { maxItems: 20 })),
  outcome: Type.Enum(['', ...OUTCOMES]),
  confirmed: Type.Optional(Type.String({ maxLength: 64 })),
};
const closed = { additionalProperties: false } as const;
export const ChangeForm = Type.Object({ ...fields, basedOn: BasedOn }, closed);
/** Of a new entry, with the id that its page made and what it was begun from. */
export const NewForm = Type.Object(
  { ...fields, basedOn: BasedOn, id: FreshEntryId, begunFrom: Type.String({ maxLength: 120 }) },
  closed,
);
type EntryBody = Static<typeof ChangeForm>;

/**
 * What was typed, as an entry.
 * @param names what may be ticked
 * @param before links of the version that was changed: those that whoever writes does not see stay
 */
export function readEntry(
  form: EntryBody,
  names: readonly NamedDecision[],
  before: readonly DecisionLink[] = [],
): EntryWords {
  const { links = [], methods = [] } = form;
  const written = Object.fromEntries(TEXT_PARTS.map((part) => [part, tidy(form[part])])) as Record<TextPart, string>;
  const shown = new Set(names.map(linkValue));
  const ticked = names.filter((name) => links.includes(linkValue(name))).map(({ kind, id }) => ({ kind, id }));
  const unseen = before.filter((link) => !shown.has(linkValue(link)));
  return {
    ...written,
    place: form.place,
    from: tidy(form.from),
    to: tidy(form.to),
    links: inOrder([...unseen, ...ticked]),
    groups: GROUP_ROWS.flatMap((row) => readGroup(form, row)),
    methods: METHODS.filter((method) => methods.includes(method)),
    outcome: form.outcome,
  };
}

/** The same links in the same order, whoever ticked them. */
function inOrder(links: readonly DecisionLink[]): DecisionLink[] {
  const place = ({ kind, id }: DecisionLink) => `${LINK_KINDS.indexOf(kind)} ${id}`;
  return links.toSorted((one, other) => place(one).localeCompare(place(other)));
}

/** The group of a row; none where nothing is in it. Words without a kind are of others. */
function readGroup(form: EntryBody, row: GroupRow): InvolvedGroup[] {
  const typed = (field: (typeof GROUP_FIELDS)[number]) => tidy(form[groupField(row, field)] ?? '');
  const [words, people] = [typed('words'), readPeople(typed('people'))];
  const kind = GROUP_KINDS.find((one) => one === typed('kind'));
  if (!kind && words === '' && people === '') return [];
  return [{ kind: kind ?? 'other', words, people }];
}

/** All that is written freely in an entry, to be looked through for names. */
export function freeTexts(words: EntryWords): string[] {
  return [...TEXT_PARTS.map((part) => words[part]), ...words.groups.map((group) => group.words)];
}
