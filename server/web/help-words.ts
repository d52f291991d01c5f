import type { Level } from '../core/survey/stage.ts';
import {
  DEFAULT_CONTACTS,
  type ContactWords,
  type DefaultContact,
  type HelpContact,
} from '../storage/help-contacts.ts';
import type { Language } from './language.ts';

/** Somebody to turn to, as a page shows them. */
export interface ShownContact {
  name: string;
  about: string;
  phone: string;
  phoneHref: string;
  web: string;
  webHref: string;
}

/**
 * Whom people of a level can turn to.
 * @param own the contacts of the authority for this level; if it has none, those that Heard knows
 */
export function shownContacts(language: Language, level: Level, own: readonly HelpContact[]): ShownContact[] {
  return own.length > 0
    ? own.map((contact) => shown(contact, wordsOf(language, contact)))
    : DEFAULT_CONTACTS[level].map((contact) => shown(contact, defaultWords(language, contact)));
}

/** A contact made before a language came has English words: a number in other words is better than none. */
function wordsOf(language: Language, { words }: HelpContact): ContactWords {
  return words[language.code] ?? words.en ?? { name: '', about: '' };
}

function defaultWords({ words: { help } }: Language, { key }: DefaultContact): ContactWords {
  return { name: help[`default-${key}-name`], about: help[`default-${key}-about`] };
}

function shown({ phone, web }: { phone: string; web: string }, { name, about }: ContactWords): ShownContact {
  return {
    name,
    about,
    phone,
    phoneHref: `tel:${phone.replace(/[^+\d]/g, '')}`,
    web: web.replace(/^https:\/\//, '').replace(/\/$/, ''),
    webHref: web,
  };
}
