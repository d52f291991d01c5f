import { LEVELS } from '../survey/stage.ts';
import type { ItemText } from '../survey/text.ts';
import { PLAIN_WORDS, type DraftForm } from './draft-form.ts';
import type { DraftContent } from './draft.ts';
import { formOf } from './form-of-draft.ts';
import { kindFields } from './kind-fields.ts';

/*
 * A draft taken apart into fields that can be compared and merged one by one. Words are fields of their own for each
 * language, and lines go by their codes, so that a line that moved is the same line.
 */

/** Everything about a draft that is no words of a language, besides its lines. */
export const PLAIN_FIELDS = [
  'kind',
  'places',
  'least',
  'most',
  'length',
  'points',
  'why',
  'domain',
  'after',
  'stages',
  'when',
  'topic',
  'section',
  'optOuts',
  'shanarri',
  'uncrc',
  'clustering',
  'symbol',
  'language',
] as const satisfies readonly (keyof DraftForm)[];
export type PlainField = (typeof PLAIN_FIELDS)[number];

export type LineGroup = 'option' | 'row';

/** A line apart from its words: a picture, whether it stands alone, the numbers of its group. */
export interface LineShape {
  symbol: string;
  alone: boolean;
  from: string;
  to: string;
}

/** Words by name: "text", "hint", "low", "option.<code>", "row.<code>", "level.<level>.text". */
export type WordsByName = Readonly<Record<string, string>>;

export interface DraftFields {
  plain: Readonly<Record<PlainField, unknown>>;
  lines: Readonly<Record<LineGroup, ReadonlyMap<string, LineShape>>>;
  words: Readonly<Record<string, WordsByName>>;
}

/** Whether two values of a plain field say the same. The order of what is ticked says nothing. */
export function samePlain(one: unknown, other: unknown): boolean {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(String).toSorted();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, comparable(part)]));
}

/** A draft as fields. */
export function fieldsOfDraft(draft: DraftContent): DraftFields {
  const form = formOf(draft, '');
  const plain = Object.fromEntries(PLAIN_FIELDS.map((field) => [field, form[field]]));
  return {
    plain: plain as DraftFields['plain'],
    lines: { option: linesOfForm(form.options), row: linesOfForm(form.rows) },
    words: Object.fromEntries(Object.entries(draft.texts).map(([language, text]) => [language, wordsByName(text)])),
  };
}

function linesOfForm(lines: DraftForm['options']): Map<string, LineShape> {
  return new Map(lines.map(({ code, ...shape }) => [code, shape]));
}

/** Every piece of words that there is in one language, by its name. */
export function wordsByName(text: ItemText): WordsByName {
  const entries: [string, string | undefined][] = [
    ...PLAIN_WORDS.map((piece): [string, string | undefined] => [piece, text[piece]]),
    ...Object.entries(text.rows ?? {}).map(([code, words]): [string, string] => [`row.${code}`, words]),
    ...Object.entries(text.options ?? {}).map(([code, words]): [string, string] => [`option.${code}`, words]),
    ...LEVELS.flatMap((level) =>
      (['text', 'hint'] as const).map((piece): [string, string | undefined] => [
        `level.${level}.${piece}`,
        text.levels?.[level]?.[piece],
      ]),
    ),
  ];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** Whether the kind of a draft has lines of this group at all. */
export function hasLines(draft: DraftContent, group: LineGroup): boolean {
  const points = draft.item.kind === 'place-wheel' ? String(draft.item.points) : '';
  const fields = kindFields(draft.item.kind, points);
  return (group === 'option' ? fields.options : fields.rows) !== null;
}
