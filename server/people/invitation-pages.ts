import type { Role } from '../core/roles.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { rolesWords } from './pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'people/invitation-made': { title: string; link: string; roles: string; until: string };
    'people/invitation': {
      title: string;
      faults: FieldFault[];
      intro: string;
      action: string;
      name: string;
      /** Whether a password is chosen here; not for somebody whom the council's own sign-in has let in. */
      asksPassword: boolean;
      councilHref: string;
    };
  }
}

export function invitationMadePage(
  language: Language,
  { link, roles, expiresAt }: { link: string; roles: readonly Role[]; expiresAt: string },
): Views['people/invitation-made'] {
  return {
    title: language.words.people.invitationMadeTitle,
    link,
    roles: rolesWords(language, roles),
    until: language.say('people', 'invitationUntil', { date: language.date(expiresAt) }),
  };
}

/** The page of whoever was invited. @param facts `action` is where the form goes, `councilHref` is empty where there is no council sign-in */
export function invitationPage(
  language: Language,
  facts: {
    authority: string;
    roles: readonly Role[];
    action: string;
    asksPassword: boolean;
    councilHref: string;
    form: { name: string; faults: FieldFault[] };
  },
): Views['people/invitation'] {
  const { authority, roles, form, ...rest } = facts;
  return {
    ...rest,
    ...form,
    title: language.words.people.invitationTitle,
    intro: language.say('people', 'invitationIntro', { authority, roles: rolesWords(language, roles) }),
  };
}
