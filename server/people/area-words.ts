import { bindingOf, rolesThatSeeAll, type AreaPlace } from '../core/people/area.ts';
import type { Role } from '../core/roles.ts';
import type { AreaChoice } from '../storage/account-areas.ts';
import { isolated, type Language } from '../web/language.ts';

/* Areas as administrators choose them and as pages say them. */

interface AreaTick {
  value: string;
  words: string;
  checked: boolean;
}

/** A locality and its clusters to choose from. */
export interface AreaGroup {
  legend: string;
  places: AreaTick[];
}

export function areaGroups(language: Language, choices: readonly AreaChoice[], chosen: readonly string[]): AreaGroup[] {
  const { people } = language.words;
  const tick = ({ id, name }: AreaPlace, words = name) => ({ value: id, words, checked: chosen.includes(id) });
  const elsewhere = choices.length === 1 ? people.areasClusters : people.areasElsewhere;
  return choices.map(({ locality, clusters }) => ({
    legend: locality?.name ?? elsewhere,
    places: [
      ...(locality
        ? [tick(locality, language.say('people', 'areasAllOf', { place: isolated(language, locality.name) }))]
        : []),
      ...clusters.map((place) => tick(place)),
    ],
  }));
}

/** Names of places in one text. */
export function placeList(language: Language, places: readonly AreaPlace[]): string {
  return new Intl.ListFormat(language.code).format(places.map(({ name }) => isolated(language, name)));
}

/** What somebody with these roles sees, and which role lifts what they are bound to. */
export function seenWords(language: Language, roles: readonly Role[], places: readonly AreaPlace[]): string {
  const { people } = language.words;
  const list = placeList(language, places);
  if (bindingOf(roles, places) !== null) return language.say('people', 'areasSeen', { places: list });
  const lifted = rolesThatSeeAll(roles).map((role) => people[`seesAll-${role}`]);
  const kept = places.length > 0 ? [language.say('people', 'areasKept', { places: list })] : [];
  return lifted.length > 0 ? [...lifted, ...kept].join(' ') : people.areasWhole;
}
