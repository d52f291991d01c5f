import { FRAMEWORKS } from '../../core/survey/frameworks.ts';
import type { Language } from '../../web/language.ts';
import type { AskedByBand } from '../asked.ts';
import type { ItemView } from '../view.ts';
import {
  frameworkAddress,
  funnelAddress,
  hiddenAddress,
  notAskedAddress,
  villageAddress,
  wheelAddress,
} from './addresses.ts';
import { clustersIn } from './places.ts';

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
  release: string,
  asked: ReadonlyMap<string, AskedByBand>,
): { ways: ViewLinks; limits: ViewLinks } {
  const { views } = language.words;
  const wheel = { href: wheelAddress(release), words: views.linkWheel, about: views.aboutWheel };
  return {
    ways: {
      title: views.waysTitle,
      links: [
        ...FRAMEWORKS.map((framework) => ({
          href: frameworkAddress(release, framework),
          words: views[`framework-${framework}`],
          about: views[`framework-about-${framework}`],
        })),
        { href: villageAddress(release), words: views.linkVillage, about: views.aboutVillage },
        ...(hasWheel(asked) ? [wheel] : []),
      ],
    },
    limits: { title: views.limitsTitle, links: limitLinks(language, release) },
  };
}

/** Views that lead on from an item as it is looked at. */
export function itemLinks(language: Language, view: ItemView): ViewLinks {
  const { entry, release, item, band, option, place } = view;
  const { views } = language.words;
  const funnel = {
    href: funnelAddress(entry.id, item.id, { band: band.id, option }),
    words: views.linkFunnel,
    about: views.aboutFunnel,
  };
  const village = {
    href: villageAddress(entry.id, { place: place?.id, band: band.id }),
    words: views.linkVillage,
    about: views.aboutVillage,
  };
  return {
    title: views.waysTitle,
    links: [
      ...(!item.unlinked && clustersIn(release).length > 1 ? [funnel] : []),
      ...(item.kind === 'indicator' ? [village] : []),
      ...limitLinks(language, entry.id),
    ],
  };
}

function limitLinks({ words: { views } }: Language, release: string): ViewLink[] {
  return [
    { href: hiddenAddress(release), words: views.linkHidden, about: views.aboutHidden },
    { href: notAskedAddress(release), words: views.linkNotAsked, about: views.aboutNotAsked },
  ];
}

/** Whether a release asked for points on the themes of a place. */
export function hasWheel(asked: ReadonlyMap<string, AskedByBand>): boolean {
  return [...asked.values()].some((byBand) =>
    [...byBand.values()].some(({ question }) => question.kind === 'place-wheel'),
  );
}
