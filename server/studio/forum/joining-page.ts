import { HOUSE_RULES } from '../../core/forum/rules.ts';
import type { Language } from '../../web/language.ts';
import { drawnPictures, type DrawnPicture } from '../../web/pictures.ts';
import type { FieldFault, Views } from '../../web/views.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/forum/joining': {
      title: string;
      faults: FieldFault[];
      intro: string;
      action: string;
      pseudonym: string;
      suggestions: string;
      pictures: (DrawnPicture & { checked: boolean })[];
      rules: string[];
      agreed: boolean;
    };
    'studio/forum/renewal': { title: string; intro: string; action: string };
    'studio/forum/joined': { title: string; pseudonym: string; passphrase: string; signInHref: string };
    'studio/forum/rule-list': { rules: string[] };
    'studio/forum/rules': { title: string; rules: string[]; action: string };
  }
}

/** What somebody who joins has filled in. */
export interface JoiningForm {
  pseudonym: string;
  picture: string;
  agreed: boolean;
  faults: FieldFault[];
}

export function joiningPage(
  language: Language,
  { forum, token, suggestions }: { forum: string; token: string; suggestions: readonly string[] },
  form: JoiningForm,
): Views['studio/forum/joining'] {
  const { forum: words } = language.words;
  return {
    title: words.joinTitle,
    faults: form.faults,
    intro: language.say('forum', 'joinIntro', { forum }),
    action: invitationHref(token),
    pseudonym: form.pseudonym,
    suggestions: language.say('forum', 'pseudonymSuggestions', { names: suggestions.join(words.listComma) }),
    pictures: drawnPictures(language).map((picture) => ({ ...picture, checked: picture.value === form.picture })),
    rules: ruleWords(language),
    agreed: form.agreed,
  };
}

export function ruleWords({ words }: Language): string[] {
  return HOUSE_RULES.map((rule) => words.forum[`rule-${rule}`]);
}

export const invitationHref = (token: string) => `/studio/invitations/${token}`;
