import { LEVELS, type Level } from '../core/survey/stage.ts';
import { DEFAULT_CONTACTS, type HelpContact } from '../storage/help-contacts.ts';
import { isolated, LANGUAGES, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';

/** What was done to reach the list, to say so on it. */
export const DEEDS = ['added', 'changed', 'moved', 'removed'] as const;
export type Deed = (typeof DEEDS)[number];

interface ListedContact {
  name: string;
  about: string;
  phone: string;
  web: string;
  changeHref: string;
  changeWords: string;
  positionHref: string;
  /** Empty where there is nowhere to go. */
  upWords: string;
  downWords: string;
}

interface TypedField {
  id: string;
  value: string;
  fault: string;
}

declare module '../web/views.ts' {
  interface Views {
    'admin/help': {
      title: string;
      notice: string;
      levels: {
        id: Level;
        name: string;
        contacts: ListedContact[];
        /** Shown to pupils while there are no contacts; name and number. */
        defaults: { name: string; phone: string }[];
        addHref: string;
        addWords: string;
      }[];
    };
    'admin/help-contact': {
      title: string;
      faults: FieldFault[];
      action: string;
      levelChoices: { value: Level; words: string; selected: boolean }[];
      languages: {
        name: string;
        code: string;
        direction: 'ltr' | 'rtl';
        nameField: TypedField;
        aboutField: TypedField;
      }[];
      phone: TypedField;
      web: TypedField;
      /** Empty for a contact that is being added. */
      removalHref: string;
    };
  }
}

/** What stands in the form of a contact: as it is stored, or as it was typed. */
export interface ContactForm {
  level: Level;
  phone: string;
  web: string;
  words: Readonly<Record<string, { name: string; about: string }>>;
}

export const EMPTY_FORM: Omit<ContactForm, 'level'> = { phone: '', web: '', words: {} };

export function helpListPage(
  language: Language,
  contacts: readonly HelpContact[],
  deed: Deed | undefined,
): Views['admin/help'] {
  const { admin, help } = language.words;
  return {
    title: admin.helpTitle,
    notice: deed ? admin[`helpDone-${deed}`] : '',
    levels: LEVELS.map((level) => {
      const own = contacts.filter((contact) => contact.level === level);
      return {
        id: level,
        name: admin[`helpLevel-${level}`],
        contacts: own.map((contact, index) => listed(language, contact, index, own.length)),
        defaults: DEFAULT_CONTACTS[level].map(({ key, phone }) => ({ name: help[`default-${key}-name`], phone })),
        addHref: `/admin/help-contacts/new?level=${level}`,
        addWords: language.say('admin', 'helpAddTo', { level: admin[`helpLevel-${level}`] }),
      };
    }),
  };
}

function listed(language: Language, contact: HelpContact, index: number, count: number): ListedContact {
  const { id, phone, web, words } = contact;
  const { name, about } = words[language.code] ?? words.en ?? { name: '', about: '' };
  const named = { name: isolated(language, name) };
  return {
    name,
    about,
    phone,
    web,
    changeHref: `/admin/help-contacts/${id}`,
    changeWords: language.say('admin', 'helpChangeOf', named),
    positionHref: `/admin/help-contacts/${id}/position`,
    upWords: index > 0 ? language.say('admin', 'helpUpOf', named) : '',
    downWords: index < count - 1 ? language.say('admin', 'helpDownOf', named) : '',
  };
}

/** @param id of the contact, or null for one that is being added */
export function helpContactPage(
  language: Language,
  id: string | null,
  form: ContactForm,
  faults: FieldFault[],
): Views['admin/help-contact'] {
  const { admin } = language.words;
  const typed = (field: string, value: string): TypedField => ({
    id: field,
    value,
    fault: faults.find((fault) => fault.field === field)?.message ?? '',
  });
  return {
    title: id === null ? admin.helpNewTitle : admin.helpChangeTitle,
    faults,
    action: id === null ? '/admin/help-contacts' : `/admin/help-contacts/${id}`,
    levelChoices: LEVELS.map((level) => ({
      value: level,
      words: admin[`helpLevel-${level}`],
      selected: level === form.level,
    })),
    languages: LANGUAGES.map(({ code, name, direction }) => ({
      code,
      name,
      direction,
      nameField: typed(`name-${code}`, form.words[code]?.name ?? ''),
      aboutField: typed(`about-${code}`, form.words[code]?.about ?? ''),
    })),
    phone: typed('phone', form.phone),
    web: typed('web', form.web),
    removalHref: id === null ? '' : `/admin/help-contacts/${id}/removal`,
  };
}
