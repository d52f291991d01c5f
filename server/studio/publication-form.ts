import type { Purpose } from '../core/drafts/draft.ts';
import {
  changeOf,
  COMPARABILITIES,
  wordsOfItem,
  type Comparability,
  type ItemChange,
} from '../core/survey/comparability.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import { reasonFault, tidy } from '../core/survey/proposal.ts';
import type { ItemText } from '../core/survey/text.ts';
import {
  makeText,
  textParts,
  translationFaults,
  wordsOf,
  type TextPart,
  type TranslationFaultCode,
} from '../core/survey/translation.ts';
import type { Addition, ChangeFault, Replacement, VersionChanges, Withdrawal } from '../core/survey/version-changes.ts';
import type { WordedVersion } from './words.ts';

/*
 * The form of a publication has fields for every proposal that waits, so their names carry the proposal's id:
 * <id>.number, <id>.after, <id>.comparability, <id>.note, <id>.<language>.text, <id>.<language>.option.<code> …
 */

/** What the names of its fields look like. */
export const FIELD_NAMES =
  '^(survey|version|chosen|[A-Za-z0-9_-]{22}\\.(after|comparability|note|number|[a-z]{2,3}\\.(text|hint|low|high|unit' +
  '|level\\.[a-z0-9-]{1,10}\\.(text|hint)|(option|row)\\.[a-z0-9-]{1,40})))$';

export function fieldName(
  proposalId: string,
  ...parts: ['after' | 'comparability' | 'note' | 'number'] | [string, TextPart]
): string {
  return [proposalId, ...parts].join('.');
}

/** A proposal that waits to be published, as the draft of it that counts says it. */
export interface WaitingChange {
  id: string;
  /** The number of that draft. */
  number: number;
  purpose: Purpose;
  item: SurveyItem;
  language: string;
  /** Its words in the language that it was written in. */
  text: ItemText;
  texts: Readonly<Record<string, ItemText>>;
  whyAsk: string;
  after?: string | null | undefined;
}

/** The form as it arrived. */
export interface PublicationForm {
  surveyId: string;
  /** The version that the form was drawn for; undefined if it did not say. */
  versionId: string | undefined;
  /** Ids of the proposals to publish, each once. */
  chosen: string[];
  /** A field's value; undefined if it did not arrive. */
  field(name: string): string | undefined;
}

export interface PublicationFault {
  /** The id of the field to go to. */
  field: string;
  /** The words that it is about, where the form asks for the same thing of many. */
  about?: string;
  /** The language that words are missing in. */
  language?: string;
  code:
    | TranslationFaultCode
    | 'none-chosen'
    | 'place-missing'
    | 'moved-on'
    | 'draft-moved-on'
    | 'comparability-missing'
    | 'reason-missing'
    | 'reason-too-long'
    | `change-${ChangeFault['code']}`;
  /** What a change runs against. */
  change?: ChangeFault;
}

/** Makes a form from what arrived; a field that came twice counts once. */
export function readForm(body: Readonly<Record<string, readonly string[]>>): PublicationForm {
  return {
    surveyId: body['survey']?.[0] ?? '',
    versionId: body['version']?.[0],
    chosen: [...new Set(body['chosen'] ?? [])],
    field: (name) => body[name]?.[0],
  };
}

/** The words that an item has in a version in one language. */
export function wordsNow({ texts }: WordedVersion, id: string, language: string): ItemText | undefined {
  return texts.get(language)?.items[id];
}

/** Languages of a version that a proposal was not written in: whoever publishes answers for its words there. */
export function otherLanguages({ language }: WaitingChange, { texts }: WordedVersion): string[] {
  return [...texts.keys()].filter((code) => code !== language);
}

/** What a field for words begins with: what the draft says, else what the survey says now. */
export function wordsBefore(change: WaitingChange, worded: WordedVersion, language: string, part: TextPart): string {
  const own = change.texts[language];
  const given = own ? wordsOf(own, part) : '';
  const now = change.purpose === 'change' ? wordsNow(worded, change.item.id, language) : undefined;
  return given || (now ? wordsOf(now, part) : '');
}

/** How far a proposed change goes; null where the survey does not have the item. */
export function reachOf(
  { item, texts }: Pick<WaitingChange, 'item' | 'texts'>,
  { version, texts: now }: WordedVersion,
): ItemChange | null {
  const before = version.definition.items.find(({ id }) => id === item.id);
  if (!before) return null;
  const words = wordsOfItem([...now.values()], item.id);
  return changeOf({ item: before, words }, { item, words: { ...words, ...texts } });
}

/**
 * What is to change, with all words, declarations and reasons.
 * @param chosen proposals that may be published, in the order they are to stand
 * @returns changes, or what is wrong with the form; never both
 */
export function readChanges(
  form: PublicationForm,
  chosen: readonly WaitingChange[],
  worded: WordedVersion,
): { changes: VersionChanges; faults: PublicationFault[] } {
  const nothing = { additions: [], replacements: [], withdrawals: [] };
  if (form.versionId !== undefined && form.versionId !== worded.version.id) {
    // Its places were chosen in an order that is no longer the newest.
    return { changes: nothing, faults: [{ field: 'chosen', code: 'moved-on' }] };
  }
  if (chosen.length === 0) return { changes: nothing, faults: [{ field: 'chosen', code: 'none-chosen' }] };
  const faults = newerDrafts(form, chosen);
  const of = (purpose: Purpose) => chosen.filter((change) => change.purpose === purpose);
  const changes = {
    additions: of('new').map((change) => readAddition(form, change, worded, faults)),
    replacements: of('change').map((change) => readReplacement(form, change, worded, faults)),
    withdrawals: of('withdrawal').map((change) => readWithdrawal(form, change, faults)),
  };
  return { changes: faults.length > 0 ? nothing : changes, faults };
}

/** Drafts that were approved after the form was drawn: somebody has to look at them first. */
function newerDrafts(form: PublicationForm, chosen: readonly WaitingChange[]): PublicationFault[] {
  return chosen.flatMap(({ id, number, text }): PublicationFault[] => {
    const drawn = form.field(fieldName(id, 'number'));
    if (drawn === undefined || drawn === String(number)) return [];
    return [{ field: 'chosen', about: text.text, code: 'draft-moved-on' }];
  });
}

function readAddition(
  form: PublicationForm,
  change: WaitingChange,
  worded: WordedVersion,
  faults: PublicationFault[],
): Addition {
  const known = ['', ...worded.version.definition.items.map((item) => item.id)];
  const place = fieldName(change.id, 'after');
  const after = form.field(place);
  if (after === undefined || !known.includes(after))
    faults.push({ field: place, about: change.text.text, code: 'place-missing' });
  return { item: change.item, after: after || null, texts: readWords(form, change, worded, faults) };
}

function readReplacement(
  form: PublicationForm,
  change: WaitingChange,
  worded: WordedVersion,
  faults: PublicationFault[],
): Replacement {
  const texts = readWords(form, change, worded, faults);
  const isShape = reachOf({ item: change.item, texts }, worded) === 'shape';
  const given = form.field(fieldName(change.id, 'comparability'));
  const declared: Comparability | undefined = isShape ? 'new' : COMPARABILITIES.find((one) => one === given);
  if (!declared) {
    const field = fieldName(change.id, 'comparability');
    faults.push({ field, about: change.text.text, code: 'comparability-missing' });
  }
  return { item: change.item, texts, declared: declared ?? 'new', note: readNote(form, change, faults) };
}

function readWithdrawal(form: PublicationForm, change: WaitingChange, faults: PublicationFault[]): Withdrawal {
  return { id: change.item.id, reason: readNote(form, change, faults) };
}

function readNote(form: PublicationForm, change: WaitingChange, faults: PublicationFault[]): string {
  const field = fieldName(change.id, 'note');
  const note = form.field(field) ?? '';
  const code = reasonFault(note);
  if (code) faults.push({ field, about: change.text.text, code });
  return tidy(note);
}

/** The words of a change in every language of the survey, as far as they are complete. */
function readWords(
  form: PublicationForm,
  change: WaitingChange,
  worded: WordedVersion,
  faults: PublicationFault[],
): Record<string, ItemText> {
  const words: Record<string, ItemText> = { [change.language]: change.text };
  const parts = textParts(change.item, change.text);
  for (const language of otherLanguages(change, worded)) {
    const given = (part: TextPart) => form.field(fieldName(change.id, language, part)) ?? '';
    const found = translationFaults(parts, given);
    for (const { part, code } of found) {
      const field = fieldName(change.id, language, part);
      faults.push({ field, about: wordsOf(change.text, part), language, code });
    }
    if (found.length === 0) words[language] = makeText(parts, given);
  }
  return words;
}

/** Where on the form something can be done about what a change runs against. */
export function changeFaults(faults: readonly ChangeFault[], chosen: readonly WaitingChange[]): PublicationFault[] {
  return faults.map((change) => {
    const proposal = chosen.find(({ item, purpose }) => purpose !== 'new' && item.id === change.item);
    return { field: proposal ? fieldName(proposal.id, 'note') : 'chosen', code: `change-${change.code}`, change };
  });
}
