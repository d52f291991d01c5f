import {
  PART_FIELDS,
  type FieldId,
  type FieldKind,
  type FormPart,
  type FoundFault,
  type Typed,
} from '../core/fieldwork/setup-parts.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { stepHref, waveHref } from './addresses.ts';
import { choiceWords, notingWords, stepName, valuesOf } from './setup-words.ts';
import type { WaveFacts } from './wave-facts.ts';

/** A field of a form, ready to be drawn. */
export interface FormField {
  id: string;
  kind: FieldKind;
  label: string;
  hint: string;
  value: string;
  fault: string;
  choices: { id: string; value: string; words: string; chosen: boolean }[];
}

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/fields': { fields: FormField[] };
    'fieldwork/setup-form': {
      title: string;
      wave: string;
      backHref: string;
      faults: FieldFault[];
      action: string;
      intro: string[];
      /** Help contacts by level, on the page where their numbers are looked through; empty on any other. */
      levels: { name: string; contacts: { name: string; phone: string; web: string }[] }[];
      fields: FormField[];
      noted: string;
      /** That this is the file of a demonstration; empty elsewhere. */
      unreal: string;
    };
  }
}

/** Dates that a hint names, and everything else that a fault is said with. */
function values(language: Language, { wave }: WaveFacts): Record<string, string> {
  const date = (day: string) => (day === '' ? '…' : language.date(day));
  return { startsOn: date(wave.startsOn), endsOn: date(wave.endsOn) };
}

/** The page of a step that is a form of a few fields. */
export function setupFormPage(
  language: Language,
  part: Exclude<FormPart, 'rehearsal'>,
  facts: WaveFacts,
  found: readonly FoundFault[] = [],
  typed?: Typed,
): Views['fieldwork/setup-form'] {
  const { wave, setup, authority } = facts;
  const words = language.words.setup;
  const fields = formFields(language, part, facts, found, typed);
  const isFile = part !== 'help' && part !== 'target' && part !== 'opting-out';
  return {
    title: stepName(language, part),
    wave: wave.name,
    backHref: waveHref(wave.id),
    faults: summaryOf(fields),
    action: stepHref(wave.id, part),
    intro: [words[`intro-${part}`]],
    levels: part === 'help' ? contactLevels(language, facts) : [],
    fields,
    noted: notingWords(language, setup.notings[part]),
    unreal: isFile && authority.kind === 'demonstration' ? words.demonstrationFile : '',
  };
}

/** The fields of a form with what stands in them and what is wrong. */
export function formFields(
  language: Language,
  part: FormPart,
  facts: WaveFacts,
  found: readonly FoundFault[],
  typed: Typed = valuesOf(part, facts),
): FormField[] {
  const words = language.words.setup;
  return PART_FIELDS[part].map((field): FormField => {
    const value = typed[field.id] ?? '';
    const fault = found.find((candidate) => candidate.field === field.id);
    return {
      id: field.id,
      kind: field.kind,
      label: words[`field-${field.id}`],
      hint: language.say('setup', `hint-${field.id}`, values(language, facts)),
      value,
      fault: fault ? faultWords(language, fault, facts) : '',
      choices: choicesOf(language, field, value),
    };
  });
}

function choicesOf(
  language: Language,
  field: { id: FieldId; kind: FieldKind; choices?: readonly string[] },
  value: string,
): FormField['choices'] {
  return (field.choices ?? []).map((choice) => ({
    id: `${field.id}-${choice}`,
    value: choice,
    words: choiceWords(language, choice),
    chosen: choice === value,
  }));
}

function faultWords(language: Language, { fault }: FoundFault, facts: WaveFacts): string {
  return language.say('setup', `fault-${fault}`, values(language, facts));
}

/** A summary leads to the fields, and to the first choice of those that are chosen. */
export function summaryOf(fields: readonly FormField[]): FieldFault[] {
  return fields
    .filter(({ fault }) => fault !== '')
    .map(({ id, fault, label, choices }) => ({ field: choices[0]?.id ?? id, message: `${label}: ${fault}` }));
}

/** Whom people of each level are led to: names, numbers, addresses. */
export function contactLevels(language: Language, { contacts }: WaveFacts): Views['fieldwork/setup-form']['levels'] {
  const { help, questions } = language.words;
  return contacts.map(({ level, own, known }) => ({
    name: questions[`level-${level}`],
    contacts: [
      ...own.map(({ words, phone, web }) => ({
        name: words[language.code]?.name ?? words.en?.name ?? '',
        phone,
        web,
      })),
      ...known.map(({ key, phone, web }) => ({ name: help[`default-${key}-name`], phone, web })),
    ],
  }));
}
