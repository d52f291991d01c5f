import { levelOf, type Level } from '../core/survey/stage.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import {
  DEFAULT_CONTACTS,
  type ContactWords,
  type DefaultContact,
  type HelpContact,
} from '../storage/help-contacts.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { pageOfNobody } from './quiet-pages.ts';
import type { RespondPage } from './respond-page.ts';
import type { WaveContent } from '../web/wave-content.ts';

interface ShownContact {
  name: string;
  about: string;
  phone: string;
  phoneHref: string;
  web: string;
  webHref: string;
}

declare module '../web/views.ts' {
  interface Views {
    'respond/help': RespondPage & { contacts: ShownContact[]; forPupils: boolean; inSurvey: boolean };
  }
}

/** Whoever asks without a survey gets what a pupil in the middle of school gets. */
export const LEVEL_OF_ANYBODY: Level = 's1-s3';

/** Somebody who asks for help in the middle of a survey. */
export interface AskingInSurvey {
  draft: HeldDraft;
  content: WaveContent;
}

/** The level of whoever asks for help. */
export function levelOfAsking(asking: AskingInSurvey | undefined): Level {
  return asking ? levelOf(asking.draft.stage) : LEVEL_OF_ANYBODY;
}

/**
 * Whom to turn to. The look of a survey's pages stays, with its reading help; the title is one that tells nothing.
 * @param own the contacts of the authority for this level; if it has none, those that Heard knows
 */
export function helpPage(
  language: Language,
  asking: AskingInSurvey | undefined,
  own: readonly HelpContact[],
): Views['respond/help'] {
  const level = levelOfAsking(asking);
  return {
    ...surroundings(language, asking),
    contacts:
      own.length > 0
        ? own.map((contact) => shown(contact, wordsOf(language, contact)))
        : DEFAULT_CONTACTS[level].map((contact) => shown(contact, defaultWords(language, contact))),
    forPupils: level !== 'adult',
    inSurvey: asking !== undefined,
  };
}

function surroundings(language: Language, asking: AskingInSurvey | undefined): RespondPage {
  const { title } = language.words.help;
  if (!asking) return pageOfNobody(title, 'none');
  const { draft, content } = asking;
  const control = draft.ownDevice ? 'leave' : 'hide';
  return { title, unreal: content.mark, reading: draft.body.reading, control };
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
