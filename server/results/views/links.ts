import { allows } from '../../core/disclosure/claims.ts';
import type { Release } from '../../core/disclosure/release.ts';
import { FRAMEWORKS } from '../../core/survey/frameworks.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import type { Language } from '../../web/language.ts';
import { groupsAddress } from '../addresses.ts';
import type { AskedByBand } from '../asked.ts';
import { choiceOf, type ItemView } from '../view.ts';
import {
  frameworkAddress,
  funnelAddress,
  gapsAddress,
  hiddenAddress,
  notAskedAddress,
  scoresAddress,
  severalAddress,
  villageAddress,
  wheelAddress,
} from './addresses.ts';
import { clustersIn } from './places.ts';
import { scalesOf, severalItem } from '../choose.ts';

/** Ways on from a page, each with its own address. */
export interface ViewLinks {
  title: string;
  links: ViewLink[];
}

interface ViewLink {
  href: string;
  words: string;
  about: string;
}

/** Views of a whole release, for its first page. */
export function releaseLinks(
  language: Language,
  { entry, release }: { entry: ReleaseEntry; release: Release },
  asked: ReadonlyMap<string, AskedByBand>,
): { ways: ViewLinks; limits: ViewLinks } {
  const { groups, views } = language.words;
  const gaps = { href: gapsAddress(entry.id), words: groups.linkGaps, about: groups.aboutGaps };
  const village = { href: villageAddress(entry.id), words: views.linkVillage, about: views.aboutVillage };
  const hasGroups = Object.keys(release.dimensions).length > 0;
  const several = {
    href: severalAddress(entry.id),
    words: language.words.several.link,
    about: language.words.several.about,
  };
  const scores = {
    href: scoresAddress(entry.id),
    words: language.words.scores.link,
    about: language.words.scores.about,
  };
  const wheel = { href: wheelAddress(entry.id), words: views.linkWheel, about: views.aboutWheel };
  return {
    ways: {
      title: views.waysTitle,
      links: [
        ...FRAMEWORKS.map((framework) => ({
          href: frameworkAddress(entry.id, framework),
          words: views[`framework-${framework}`],
          about: views[`framework-about-${framework}`],
        })),
        ...(allows(release, 'village') ? [village] : []),
        ...(hasGroups && allows(release, 'gaps') ? [gaps] : []),
        ...(severalItem(release) && allows(release, 'comparison') ? [several] : []),
        ...(scalesOf(release).length > 0 && allows(release, 'groups') ? [scores] : []),
        ...(hasWheel(asked) && allows(release, 'wheel') ? [wheel] : []),
      ],
    },
    limits: { title: views.limitsTitle, links: limitLinks(language, entry.id, release) },
  };
}

/** Views that lead on from an item as it is looked at. */
export function itemLinks(language: Language, view: ItemView): ViewLinks {
  const { entry, release, item, band, option, place } = view;
  const { views } = language.words;
  const hasGroups = Object.keys(release.dimensions).length > 0;
  const funnel = {
    href: funnelAddress(entry.id, item.id, { band: band.id, option }),
    words: views.linkFunnel,
    about: views.aboutFunnel,
  };
  const groups = {
    href: groupsAddress(choiceOf(view)),
    words: language.words.groups.link,
    about: language.words.groups.about,
  };
  const village = {
    href: villageAddress(entry.id, { place: place?.id, band: band.id }),
    words: views.linkVillage,
    about: views.aboutVillage,
  };
  return {
    title: views.waysTitle,
    links: [
      ...(!item.unlinked && hasGroups && allows(release, 'groups') ? [groups] : []),
      ...(!item.unlinked && item.kind !== 'outcomes' && clustersIn(release).length > 1 && allows(release, 'funnel')
        ? [funnel]
        : []),
      ...(item.kind === 'indicator' && allows(release, 'village') ? [village] : []),
      ...limitLinks(language, entry.id, release),
    ],
  };
}

function limitLinks({ words: { views } }: Language, id: string, release: Release): ViewLink[] {
  const notAsked = { href: notAskedAddress(id), words: views.linkNotAsked, about: views.aboutNotAsked };
  return [
    { href: hiddenAddress(id), words: views.linkHidden, about: views.aboutHidden },
    ...(allows(release, 'not-asked') ? [notAsked] : []),
  ];
}

/** Whether a release asked for points on the themes of a place. */
export function hasWheel(asked: ReadonlyMap<string, AskedByBand>): boolean {
  return [...asked.values()].some((byBand) =>
    [...byBand.values()].some(({ question }) => question.kind === 'place-wheel'),
  );
}
