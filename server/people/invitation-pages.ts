import { rolesThatSeeAll, type AreaPlace } from '../core/people/area.ts';
import type { Role } from '../core/roles.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { placeList, seenWords } from './area-words.ts';
import { rolesWords } from './pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'people/invitation-made': { title: string; link: string; roles: string; area: string; until: string };
    'people/invitation': {
      title: string;
      faults: FieldFault[];
      intro: string;
      /** What this person will see of results; empty for the whole authority. */
      area: string;
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
  {
    link,
    roles,
    places,
    expiresAt,
  }: { link: string; roles: readonly Role[]; places: readonly AreaPlace[]; expiresAt: string },
): Views['people/invitation-made'] {
  return {
    title: language.words.people.invitationMadeTitle,
    link,
    roles: rolesWords(language, roles),
    area: seesResults(roles) ? seenWords(language, roles, places) : '',
    until: language.say('people', 'invitationUntil', { date: language.date(expiresAt) }),
  };
}

/** The page of whoever was invited. @param facts `action` is where the form goes, `councilHref` is empty where there is no council sign-in */
export function invitationPage(
  language: Language,
  facts: {
    authority: string;
    roles: readonly Role[];
    places: readonly AreaPlace[];
    action: string;
    asksPassword: boolean;
    councilHref: string;
    form: { name: string; faults: FieldFault[] };
  },
): Views['people/invitation'] {
  const { authority, roles, places, form, ...rest } = facts;
  return {
    ...rest,
    ...form,
    title: language.words.people.invitationTitle,
    intro: language.say('people', 'invitationIntro', { authority, roles: rolesWords(language, roles) }),
    area: places.length > 0 ? language.say('people', 'invitationArea', { places: placeList(language, places) }) : '',
  };
}

/** Whether somebody with these roles has anything to see that places could bind. */
const seesResults = (roles: readonly Role[]) => roles.includes('planner') || rolesThatSeeAll(roles).length > 0;
