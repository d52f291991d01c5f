import { Type, type Static } from 'typebox';
import { PURPOSES } from '../../core/drafts/draft.ts';
import { EMPTY_LINE, type DraftForm } from '../../core/drafts/draft-form.ts';
import { fieldNames, readFields } from '../../core/drafts/form-fields.ts';
import type { Conflict, Side } from '../../core/drafts/merge-drafts.ts';
import { LANGUAGES } from '../../web/language.ts';
import type { PreviewLook } from './draft-context.ts';
import { lookOf } from './draft-preview.ts';
import { linesOf, MORE_LINES } from './kind-views.ts';

/*
 * The form of a draft as it arrives. It may be long: whatever was pasted comes back with a kind word rather than an error.
 */

const LANGUAGE_CODES = LANGUAGES.map(({ code }) => code);
const MOST_LINES = 220;
/** More drafts than any proposal gets. */
const HIGHEST_NUMBER = 10_000;
const DraftNumber = Type.Integer({ minimum: 1, maximum: HIGHEST_NUMBER });
/** Zero for none that can be read: then two drafts are put together as if they were written apart. */
const BaseNumber = Type.Integer({ minimum: 0, maximum: HIGHEST_NUMBER });

const Lines = Type.Array(Type.String({ maxLength: 40_000 }), { maxItems: MOST_LINES });
/** Buttons that draw the form anew and send nothing. */
export const LOOKS = ['kind', 'more-options', 'more-rows', 'route', 'show'] as const;
const OWN_FIELDS = {
  look: Type.Optional(Type.Enum(LOOKS)),
  'preview-level': Type.Optional(Type.String({ maxLength: 20 })),
  'preview-language': Type.Optional(Type.String({ maxLength: 20 })),
  card: Type.Optional(Type.String({ maxLength: 40 })),
  /** The number of the draft that somebody began from. */
  'based-on': Type.Optional(BaseNumber),
  /** The id of the item that is written anew; nothing for a new one. */
  item: Type.Optional(Type.String({ maxLength: 40 })),
  purpose: Type.Optional(Type.Enum(PURPOSES)),
};

const typed = Object.fromEntries(fieldNames(LANGUAGE_CODES).map((name) => [name, Type.Optional(Lines)]));
export const DraftBody = Type.Object({ ...typed, ...OWN_FIELDS }, { additionalProperties: false });
/** The most things that two drafts can differ in and somebody has to choose. */
const MOST_CHOICES = 300;
export const CHOICES = Array.from({ length: MOST_CHOICES }, (_, index) => `choice-${index}`);
const OneSide = Type.Optional(Type.Enum(['mine', 'theirs']));
/** A draft that came second, and what its writer chose where it differs from the first. */
export const MergeBody = Type.Object(
  {
    ...typed,
    ...OWN_FIELDS,
    theirs: DraftNumber,
    ...Object.fromEntries(CHOICES.map((name) => [name, OneSide])),
  },
  { additionalProperties: false },
);
/** What says which drafts of two proposals are put together: that of the one that stays is in `based-on`. */
const MERGER = {
  into: Type.String({ maxLength: 40 }),
  /** The number of the draft of the one that goes. */
  from: BaseNumber,
};
/** Two proposals as one, for a last look or to be kept. */
export const MergerBody = Type.Object({ ...typed, ...OWN_FIELDS, ...MERGER }, { additionalProperties: false });
/** What somebody chose where two proposals differ, or where one of them got another draft meanwhile. */
export const MergerChoices = Type.Object(
  {
    ...typed,
    ...OWN_FIELDS,
    ...MERGER,
    theirs: Type.Optional(DraftNumber),
    'theirs-of': Type.Optional(Type.Enum(['into', 'from'])),
    ...Object.fromEntries(CHOICES.map((name) => [name, OneSide])),
  },
  { additionalProperties: false },
);
/** A form of any of these pages, to be drawn as a pupil would see it. */
export const PreviewBody = Type.Object(
  { ...typed, ...OWN_FIELDS, ...Type.Partial(Type.Object(MERGER)).properties },
  { additionalProperties: false },
);
type Body = { -readonly [Name in keyof typeof OWN_FIELDS]?: Static<(typeof OWN_FIELDS)[Name]> };

/** What arrived: the form, how it is to be looked at, and whether it is only to be drawn anew. */
export interface ReadBody {
  form: DraftForm;
  look: PreviewLook;
  /** Whether a button was pressed that sends nothing. */
  isLook: boolean;
  card: string | undefined;
  basedOn: number | undefined;
}

/** The sides that were chosen, for the conflicts in their order; mine where nothing was. */
export function chosenSides(conflicts: readonly Conflict[], body: object): Record<string, Side> {
  const chosen = body as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    conflicts.map(({ name }, index) => [name, chosen[CHOICES[index] ?? ''] === 'theirs' ? 'theirs' : 'mine']),
  );
}

/** @param body a body that DraftBody has let through */
export function readBody(body: Body): ReadBody {
  const { look, card, 'based-on': basedOn, 'preview-level': level = '', 'preview-language': language = '' } = body;
  const fields = Object.fromEntries(Object.entries(body).filter(([, values]) => Array.isArray(values)));
  const form = readFields(fields as unknown as Record<string, string[]>, LANGUAGE_CODES);
  return {
    form: withRoom(form, look),
    look: lookOf(level, language),
    isLook: look !== undefined,
    card,
    basedOn,
  };
}

/** More lines, where somebody asked for them. */
function withRoom(form: DraftForm, look: Body['look']): DraftForm {
  if (look !== 'more-options' && look !== 'more-rows') return form;
  const group = look === 'more-rows' ? 'row' : 'option';
  const lines = [...linesOf(form, group)[0], ...Array.from({ length: MORE_LINES }, () => EMPTY_LINE)];
  return group === 'row' ? { ...form, rows: lines } : { ...form, options: lines };
}
