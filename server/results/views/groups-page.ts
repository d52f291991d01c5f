import type { Release } from '../../core/disclosure/release.ts';
import { EVERYBODY } from '../../core/disclosure/units.ts';
import { deprivationGap, type DeprivationGap } from '../../core/statistics/deprivation-gap.ts';
import { optionFigure, type TablePlace } from '../../core/statistics/figure.ts';
import { bandName } from '../../core/survey/stage.ts';
import { isolated, type Language } from '../../web/language.ts';
import { itemAddress, METHOD } from '../addresses.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { shownRow, type ShownRow } from '../item-page.ts';
import { choiceOf, type ItemView } from '../view.ts';
import { itemWords } from '../words.ts';
import { hiddenAddress, notAskedAddress } from './addresses.ts';
import { dimensionsOf, dimensionWords, groupWords, partsOfGroup } from './group-words.ts';

export interface GroupsPage {
  title: string;
  titleLanguage: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  tables: GroupTable[];
  /** Sentences about the fifths of deprivation; empty where they cannot be compared. */
  gap: string[];
  notes: string[];
  itemHref: string;
  hiddenHref: string;
  notAskedHref: string;
  methodHref: string;
}

interface GroupTable {
  title: string;
  source: string;
  rows: { name: string; shown: ShownRow | null }[];
}

/** One answer of one place and band, for every group that the lattice has there. */
export function groupsPage(language: Language, view: ItemView): GroupsPage {
  const { release, item, band, option, entry, place } = view;
  const words = itemWords(language, view.askedNow);
  const node = place ?? release.nodes[0]!;
  const at = { node: node.id, band: band.id, item: item.id };
  const who = { place: isolated(language, node.name), band: isolated(language, bandName(band)) };
  const groups = item.unlinked ? [] : release.groups(node.id, band.id).filter((group) => group !== EVERYBODY);
  const gap = deprivationGap(release, at, option);
  return {
    title: words.name,
    titleLanguage: words.language,
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead:
      groups.length > 0
        ? language.say('groups', 'lead', { ...who, statement: words.statement(option) })
        : language.say('groups', 'none', who),
    tables: [...Map.groupBy(groups, dimensionsOf).values()].map((own) =>
      groupTable(language, release, at, option, own),
    ),
    gap: gap ? gapWords(language, gap) : [],
    notes: groups.length > 0 ? [language.words.groups.noteHidden, language.words.groups.noteNotHeld] : [],
    itemHref: itemAddress(choiceOf(view)),
    hiddenHref: hiddenAddress(entry.id),
    notAskedHref: notAskedAddress(entry.id),
    methodHref: METHOD,
  };
}

function groupTable(
  language: Language,
  release: Release,
  at: Omit<TablePlace, 'group'>,
  option: string,
  groups: readonly string[],
): GroupTable {
  const dimensions = partsOfGroup(groups[0]!).map(([dimension]) => dimension);
  const names = dimensions.map((dimension) => dimensionWords(language, dimension));
  const sources = dimensions.map(
    (dimension) => language.words.groups[`source-${release.dimensions[dimension] ?? 'code'}`],
  );
  return {
    title: new Intl.ListFormat(language.code, { type: 'conjunction' }).format(names),
    source: [...new Set(sources)].join(' '),
    rows: groups.map((group) => ({
      name: groupWords(language, group),
      shown: shownRow(language, { figure: optionFigure(release, { ...at, group }, option), before: undefined }),
    })),
  };
}

function gapWords(language: Language, { slope, low, high, relative, gap }: DeprivationGap): string[] {
  const number = (value: number) => language.number(value);
  return [
    language.say('groups', 'gapEnds', { gap: number(gap) }),
    language.say('groups', 'gapSlope', { slope: number(slope), low: number(low), high: number(high) }),
    ...(relative === null ? [] : [language.say('groups', 'gapRelative', { relative: number(relative) })]),
  ];
}
