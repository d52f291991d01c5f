import { bandName } from '../core/survey/stage.ts';
import { isolated, type Language } from '../web/language.ts';
import { itemAddress, NO_EARLIER, type Choice } from './addresses.ts';
import { optionsOf, placesOf } from './choose.ts';
import type { ItemView } from './view.ts';
import { type ItemWords } from './words.ts';

/** One thing that can be looked at, as a link with its own address. */
export interface Chip {
  href: string;
  words: string;
  current: boolean;
}

/** The same places across the top of every item: who, what, where, beside what. */
export interface ChoiceNavigation {
  who: Chip[];
  /** Options of a question; empty for an indicator. */
  what: Chip[];
  allClusters: Chip;
  /** Words of the list of clusters, and the cluster looked at. */
  oneCluster: string;
  clusters: Chip[];
  compared: Chip[];
}

export function choiceNavigation(
  language: Language,
  view: ItemView,
  choice: Choice,
  words: ItemWords,
): ChoiceNavigation {
  const chip = (change: Partial<Choice>, text: string, current: boolean): Chip => ({
    href: itemAddress({ ...choice, ...change }),
    words: text,
    current,
  });
  const { release, item, place } = view;
  const options = optionsOf(item, view.askedNow);
  return {
    who: release.bands
      .filter((band) => view.asked.has(band.id))
      .map((band) => chip({ band: band.id, ...optionIn(view, band.id) }, bandName(band), band.id === choice.band)),
    what:
      item.kind === 'indicator'
        ? []
        : words.options
            .filter(({ code }) => options.includes(code))
            .map(({ code, words: text }) => chip({ option: code }, text, code === choice.option)),
    allClusters: chip({ place: undefined }, language.words.results.allClusters, !place),
    oneCluster: place
      ? language.say('results', 'oneClusterChosen', { place: isolated(language, place.name) })
      : language.words.results.oneCluster,
    clusters: placesOf(release, item)
      .filter((node) => node.kind !== 'authority')
      .map((node) => chip({ place: node.id }, node.name, node === place)),
    compared: [
      chip(
        { earlier: view.earlierEntries.length > 0 ? NO_EARLIER : undefined },
        language.words.results.comparedWhole,
        !view.earlier,
      ),
      ...view.earlierEntries.map((entry) =>
        chip({ earlier: entry.id }, entry.waveName, entry.id === view.earlier?.entry.id),
      ),
    ],
  };
}

/** The option looked at stays in another band, unless that band was not offered it. */
function optionIn(view: ItemView, band: string): Partial<Choice> {
  const asked = view.asked.get(band);
  const options = asked ? optionsOf(view.item, asked) : [];
  const option = options.includes(view.option) ? view.option : options[0];
  return option === undefined ? {} : { option };
}
