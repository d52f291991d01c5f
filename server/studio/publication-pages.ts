import { COMPARABILITIES } from '../core/survey/comparability.ts';
import { nextVersion, usualPlace } from '../core/survey/next-version.ts';
import { textParts, wordsOf } from '../core/survey/translation.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import {
  changedWords,
  comparabilityWords,
  partLabel,
  structureChanges,
  type ChangedWords,
  type ComparabilityWords,
} from './change-words.ts';
import { wordsField } from './pages.ts';
import {
  fieldName,
  otherLanguages,
  reachOf,
  wordsBefore,
  wordsNow,
  type PublicationFault,
  type PublicationForm,
  type WaitingChange,
} from './publication-form.ts';
import {
  apart,
  directionOf,
  languageName,
  surveyName,
  textFor,
  written,
  type Choice,
  type WordedVersion,
  type WordsField,
  type Written,
} from './words.ts';

declare module '../web/views.ts' {
  interface Views {
    'studio/new-publication': {
      title: string;
      survey: string;
      version: string;
      name: Written;
      from: string;
      faults: FieldFault[];
      /** Faults of the whole content as the machine says them, in English; empty as a rule. */
      exactFaults: string[];
      more: boolean;
      proposals: WaitingView[];
    };
  }
}

/** A proposal that waits, with what has to be said about it. */
interface WaitingView {
  id: string;
  number: { name: string; value: number };
  text: Written;
  /** The proposal's own page, where the reasons of its forum are. */
  href: string;
  purpose: string;
  chosen: boolean;
  /** Where a new question goes; null for others. */
  place: { id: string; fault: string; choices: Choice[] } | null;
  /** What a change changes: words in the language that it was written in, and the rest in sentences. */
  compared: ChangedWords | null;
  structure: string[];
  /** What has to be declared of a change; null where nothing can be chosen. */
  declaring: { id: string; fault: string; choices: (ComparabilityWords & { chosen: boolean })[] } | null;
  /** Why there is nothing to choose; empty where there is, or nothing changes. */
  forced: string;
  /** What else goes, or stands in the way. */
  consequences: string[];
  /** Whether that is so only if it is declared a new question. */
  onlyIfNew: boolean;
  note: WordsField | null;
  languages: { title: string; fields: WordsField[] }[];
}

/** As many as fit on one form. */
export const AT_ONCE = 8;

export function newPublicationPage(
  language: Language,
  worded: WordedVersion,
  waiting: readonly WaitingChange[],
  state: { form: PublicationForm | undefined; faults: readonly PublicationFault[]; exactFaults: readonly string[] },
): Views['studio/new-publication'] {
  const { studio } = language.words;
  const { version } = worded;
  const { form, faults, exactFaults } = state;
  const summary = faults.map((fault) => ({ field: fault.field, message: faultMessage(language, worded, fault) }));
  if (exactFaults.length > 0)
    summary.push({ field: 'exact-faults', message: language.words.publishing['fault-not-sound'] });
  return {
    title: studio.publishTitle,
    survey: version.surveyId,
    version: version.id,
    name: surveyName(language, worded),
    from: language.say('studio', 'publishFrom', {
      number: language.number(version.number),
      next: language.number(version.number + 1),
    }),
    faults: summary,
    exactFaults: [...exactFaults],
    more: waiting.length > AT_ONCE,
    proposals: waiting.slice(0, AT_ONCE).map((change) => waitingView(language, worded, change, { form, faults })),
  };
}

type FormState = { form: PublicationForm | undefined; faults: readonly PublicationFault[] };

function waitingView(language: Language, worded: WordedVersion, change: WaitingChange, state: FormState): WaitingView {
  const { publishing } = language.words;
  const reach = change.purpose === 'change' ? reachOf(change, worded) : null;
  return {
    id: change.id,
    number: { name: fieldName(change.id, 'number'), value: change.number },
    text: written(change.text.text, change.language),
    href: `/studio/proposals/${change.id}`,
    purpose: publishing[`purpose-${change.purpose}`],
    chosen: state.form?.chosen.includes(change.id) ?? true,
    place: change.purpose === 'new' ? placeField(language, worded, change, state) : null,
    ...comparedView(language, worded, change),
    declaring: reach === 'words' || reach === 'none' ? declaringField(language, worded, change, state) : null,
    forced: reach === 'shape' ? publishing.mustBeNew : '',
    consequences: consequencesOf(language, worded, change),
    onlyIfNew: reach === 'words',
    note: change.purpose === 'new' ? null : noteField(language, worded, change, state),
    languages: change.purpose === 'withdrawal' ? [] : languageFields(language, worded, change, state),
  };
}

function placeField(
  language: Language,
  worded: WordedVersion,
  change: WaitingChange,
  state: FormState,
): NonNullable<WaitingView['place']> {
  const id = fieldName(change.id, 'after');
  const usual = change.after === undefined ? usualPlace(worded.version.definition) : change.after;
  const chosen = state.form?.field(id) ?? usual ?? '';
  return { id, fault: faultAt(language, worded, state, id), choices: placeChoices(language, worded, chosen) };
}

/** What a change changes, in the language that it was written in. */
function comparedView(
  language: Language,
  worded: WordedVersion,
  change: WaitingChange,
): Pick<WaitingView, 'compared' | 'structure'> {
  const item = worded.version.definition.items.find(({ id }) => id === change.item.id);
  const text = wordsNow(worded, change.item.id, change.language);
  if (change.purpose !== 'change' || !item || !text) return { compared: null, structure: [] };
  const [before, after] = [
    { item, text },
    { item: change.item, text: change.text },
  ];
  return {
    compared: changedWords(language, change.language, before, after) ?? null,
    structure: structureChanges(language, before, after),
  };
}

function declaringField(
  language: Language,
  worded: WordedVersion,
  change: WaitingChange,
  state: FormState,
): NonNullable<WaitingView['declaring']> {
  const id = fieldName(change.id, 'comparability');
  const given = state.form?.field(id);
  return {
    id,
    fault: faultAt(language, worded, state, id),
    choices: COMPARABILITIES.map((code) => ({ ...comparabilityWords(language, code), chosen: code === given })),
  };
}

function faultAt(language: Language, worded: WordedVersion, { faults }: FormState, field: string): string {
  const found = faults.find((fault) => fault.field === field);
  return found ? faultWords(language, worded, found) : '';
}

function noteField(language: Language, worded: WordedVersion, change: WaitingChange, state: FormState): WordsField {
  const { publishing } = language.words;
  const id = fieldName(change.id, 'note');
  const isChange = change.purpose === 'change';
  return wordsField(id, isChange ? publishing.noteChange : publishing.noteWithdrawal, {
    hint: isChange ? publishing.noteChangeHint : publishing.noteWithdrawalHint,
    value: state.form?.field(id) ?? '',
    fault: faultAt(language, worded, state, id),
    lang: language.code,
    long: true,
  });
}

function languageFields(
  language: Language,
  worded: WordedVersion,
  change: WaitingChange,
  state: FormState,
): WaitingView['languages'] {
  const parts = textParts(change.item, change.text);
  return otherLanguages(change, worded).map((code) => ({
    title: language.say('studio', 'wordsIn', { language: apart(languageName(code)) }),
    fields: parts.map((part) => {
      const id = fieldName(change.id, code, part);
      return wordsField(id, partLabel(language, part), {
        source: written(wordsOf(change.text, part), change.language),
        value: state.form?.field(id) ?? wordsBefore(change, worded, code, part),
        fault: faultAt(language, worded, state, id),
        lang: code,
        dir: directionOf(code),
        long: part === 'hint' || part.endsWith('.hint'),
      });
    }),
  }));
}

/** What goes with a question that goes or becomes another one, and what stands in the way, in sentences. */
function consequencesOf(language: Language, worded: WordedVersion, { purpose, item }: WaitingChange): string[] {
  if (purpose === 'new') return [];
  const texts = [...worded.texts.values()];
  const content = { definition: worded.version.definition, texts };
  const { facts, faults } =
    purpose === 'withdrawal'
      ? nextVersion(content, { withdrawals: [{ id: item.id, reason: '' }] })
      : nextVersion(content, { replacements: [{ item, texts: {}, declared: 'new', note: '' }] });
  const names = namesIn(language, worded);
  const going = facts.indicatorsGone.map((id) =>
    language.say('publishing', 'indicatorGoes', { name: apart(names(id)) }),
  );
  const standing = faults
    .filter(({ code }) => code !== 'unchanged')
    .map((change) => faultWords(language, worded, { field: '', code: `change-${change.code}`, change }));
  return [...going, ...standing];
}

/** A fault as the summary says it: what it is about, in which language, and what to do. */
function faultMessage(language: Language, worded: WordedVersion, fault: PublicationFault): string {
  const words = faultWords(language, worded, fault);
  const about = fault.about === undefined ? '' : `${apart(fault.about)}: `;
  const where = fault.language === undefined ? '' : `${apart(languageName(fault.language))}, `;
  return `${where}${about}${words}`;
}

function faultWords(language: Language, worded: WordedVersion, { code, change }: PublicationFault): string {
  const names = namesIn(language, worded);
  const optionNames = change?.options.map((option) => names(change.item, option)) ?? [];
  return language.say('publishing', `fault-${code}`, {
    item: apart(names(change?.item ?? '')),
    by: apart(names(change?.by ?? '')),
    options: apart(optionNames.join(' · ')),
  });
}

/** What an item, an indicator, a scale or an option of an item is called. */
function namesIn(language: Language, { texts }: WordedVersion): (id: string, option?: string) => string {
  const text = textFor(language, texts);
  // A question with a new id is called what the old one was.
  const itemText = (id: string) => text?.items[id] ?? text?.items[id.replace(/-\d+$/, '')];
  const nameOf = (id: string) => itemText(id)?.text ?? text?.indicators[id]?.name ?? text?.derived?.[id]?.text;
  return (id, option) => (option === undefined ? nameOf(id) : itemText(id)?.options?.[option]) ?? option ?? id;
}

function placeChoices(language: Language, { version, texts }: WordedVersion, chosen: string): Choice[] {
  const text = textFor(language, texts);
  const lang = text?.language ?? language.code;
  return [
    { value: '', words: language.words.studio.placeFirst, lang: language.code, chosen: chosen === '' },
    ...version.definition.items.map(({ id }) => ({
      value: id,
      words: text?.items[id]?.text ?? id,
      lang,
      chosen: id === chosen,
    })),
  ];
}
