import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { Release } from '../../core/disclosure/release.ts';
import { answeredFigure } from '../../core/statistics/figure.ts';
import { isolated, type Language } from '../../web/language.ts';
import { placeName } from '../item-page.ts';
import { groupWords } from '../views/group-words.ts';
import { placesIn } from '../views/places.ts';
import { bandItem } from './band-item.ts';
import type { OpenBands } from './bands.ts';

/** Who came to an open survey: the first thing to read of its release. */
export interface WhoTookPart {
  bands: string[];
  places: CountTable;
  /** By language; without rows where all answered in one. */
  languages: CountTable;
  notes: string[];
}

interface CountTable {
  caption: string;
  /** One cell a band; null hides it. */
  rows: { name: string; cells: (string | null)[] }[];
}

/** @param nodes the places to count at; languages are those of the first */
export function whoTookPart(
  language: Language,
  release: Release,
  bands: OpenBands,
  nodes: readonly [LatticeNode, ...LatticeNode[]],
): WhoTookPart {
  const { open } = language.words;
  const [first] = nodes;
  const everybody = bandItem(release);
  const groups = everybody ? languageGroups(release, first) : [];
  const values = { place: isolated(language, first.name), question: bands.question };
  const row = (name: string, countOf: (band: string) => number | undefined) => ({
    name,
    cells: release.bands.map(({ id }) => {
      const count = countOf(id);
      return count === undefined ? null : language.number(count);
    }),
  });
  return {
    bands: release.bands.map(bands.nameOf),
    places: {
      caption: language.say('open', 'placesCaption', { question: bands.question }),
      rows: nodes.map((node) =>
        row(placeName(language, node), (band) => answeredFigure(release, { node: node.id, band })),
      ),
    },
    languages: {
      caption: language.say('open', 'languagesCaption', values),
      rows: groups.map((group) =>
        row(groupWords(language, group), (band) =>
          answeredFigure(release, { node: first.id, band }, { item: everybody!.id, group }),
        ),
      ),
    },
    notes: [
      open.howTheyCame,
      open.noSample,
      open.unequal,
      ...(nodes.length > 1 ? [open.withoutLocality] : []),
      open.countsRounded,
    ],
  };
}

/** The groups of a place that tell languages apart, in any band. */
export function languageGroups(release: Release, { id }: LatticeNode): string[] {
  const groups = release.bands.flatMap((band) => release.groups(id, band.id));
  return [...new Set(groups)].filter((group) => group.startsWith('language=')).toSorted();
}

/** The authority, then its localities. */
export function openPlaces(release: Release): [LatticeNode, ...LatticeNode[]] {
  const [whole, ...localities] = placesIn(release);
  if (!whole) throw new Error('A release has no authority among its places: expected it first. Make it anew.');
  return [whole, ...localities];
}
