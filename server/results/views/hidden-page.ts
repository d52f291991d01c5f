import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import { allows } from '../../core/disclosure/claims.ts';
import type { Release } from '../../core/disclosure/release.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { METHOD, releaseAddress } from '../addresses.ts';
import type { AskedByBand } from '../asked.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { placeName } from '../item-page.ts';
import { methodPage } from '../method-page.ts';
import { openMethod } from '../open/method.ts';
import { notAskedAddress } from './addresses.ts';
import { countFigures, placesCounted, type Counted, type FigureCounts } from './figure-counts.ts';

export interface HiddenPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  /** How many figures of the release are shown and hidden. */
  lead: string;
  bands: string[];
  tables: { id: string; caption: string; rows: { name: string; cells: string[] }[] }[];
  countNote: string;
  rules: string[];
  costs: string[];
  /** Empty where nobody was asked by a list. */
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

const TABLES = ['everybody', 'groups', 'rests'] as const satisfies readonly Counted[];

/** Where nothing may be compared, what a place leaves of the authority is shown beside none. */
const tablesOf = (release: Release) => TABLES.filter((counted) => counted !== 'rests' || allows(release, 'comparison'));

/** How much of a release is hidden; never why a single figure is, which could give it away. */
export function hiddenPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  nameOf: (band: Band) => string = bandName,
): HiddenPage {
  const { views, open } = language.words;
  const isOpen = release.reached === 'open';
  const tables = tablesOf(release)
    .map((counted) => ({
      counted,
      rows: placesCounted(release, counted).map((node) => ({
        node,
        counts: release.bands.map((band) => countFigures(release, asked, { node, band, counted })),
      })),
    }))
    .filter(({ rows }) => rows.some(({ counts }) => counts.some(({ shown, hidden }) => shown + hidden > 0)));
  const all = tables.flatMap(({ rows }) => rows.flatMap(({ counts }) => counts));
  const [shown, hidden] = [sumOf(all, 'shown'), sumOf(all, 'hidden')];
  return {
    title: views.hiddenTitle,
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: language.say('views', 'hiddenLead', {
      all: language.number(shown + hidden),
      shown: language.number(shown),
      hidden: language.number(hidden),
    }),
    bands: release.bands.map((band) => isolated(language, nameOf(band))),
    tables: tables.map(({ counted, rows }) => ({
      id: `figures-of-${counted}`,
      caption: isOpen && counted === 'groups' ? open.hiddenGroups : views[`hiddenCaption-${counted}`],
      rows: rows.map(({ node, counts }) => ({
        name: placeWords(language, node),
        cells: counts.map((one) => countWords(language, one)),
      })),
    })),
    countNote: isOpen ? open.hiddenCountNote : views.hiddenCountNote,
    rules: ruleWords(language, isOpen),
    costs: isOpen
      ? [views.hiddenCostSmall, open.hiddenCostRare, views.hiddenCostNotZero]
      : [views.hiddenCostSmall, views.hiddenCostRare, views.hiddenCostNotZero, views.hiddenCostWhole],
    notAskedHref: allows(release, 'not-asked') ? notAskedAddress(entry.id) : '',
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

/** A cluster with every school once has the name of the cluster. */
function placeWords(language: Language, node: LatticeNode): string {
  const name = placeName(language, node);
  return node.kind === 'once' ? language.say('views', 'eachSchoolOnce', { place: name }) : name;
}

function sumOf(counts: readonly FigureCounts[], of: keyof FigureCounts): number {
  return counts.reduce((sum, one) => sum + one[of], 0);
}

function countWords(language: Language, { shown, hidden }: FigureCounts): string {
  if (shown + hidden === 0) return language.words.views.notAskedCell;
  return language.say('views', 'hiddenCounts', { shown: language.number(shown), hidden: language.number(hidden) });
}

/** The same words as on the page about the method. */
function ruleWords(language: Language, isOpen: boolean): string[] {
  const sections = isOpen ? openMethod(language) : methodPage(language).sections;
  return sections.find(({ id }) => id === 'hidden')?.paragraphs ?? [];
}
