import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import { variableIdOf } from '../../core/disclosure/release.ts';
import { optionFigure, stateFigure, type Figure, type TablePlace } from '../../core/statistics/figure.ts';
import { ASKED_STATES } from '../../core/survey/answer.ts';
import { isolated, type Language } from '../../web/language.ts';
import { fileAddress, filesAddress, METHOD, plainItemAddress, releaseAddress } from '../addresses.ts';
import { optionsOf, placesOf } from '../choose.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { askedHref, countedWords, figureNotes, placeName } from '../item-page.ts';
import { choiceNavigation, type ChoiceNavigation } from '../navigation.ts';
import { choiceOf, type ItemView } from '../view.ts';
import { groupWords } from '../views/group-words.ts';
import { itemLinks, type ViewLinks } from '../views/links.ts';
import { itemWords, routeSentence, type ItemWords } from '../words.ts';
import type { OpenBands } from './bands.ts';
import { languageGroups } from './who-took-part.ts';

export interface OpenItemPage {
  title: string;
  titleLanguage: string;
  wide: true;
  facts: ReleaseFacts;
  choices: Pick<ChoiceNavigation, 'who' | 'what' | 'allClusters' | 'oneCluster' | 'clusters'>;
  finding: string;
  /** How an indicator is counted; empty for a question. */
  counted: string;
  questionHref: string;
  /** The question as it was asked. */
  askedHref: string;
  shares: OpenShares;
  /** By language of the answers; without rows where all answered in one. */
  languages: OpenShares;
  answers: {
    title: string;
    caption: string;
    askedOf: string;
    several: string;
    rows: { name: string; share: string | null }[];
  };
  fileHref: string;
  filesHref: string;
  methodHref: string;
  views: ViewLinks;
  backHref: string;
}

/** Shares of those who took part: no ranges, nothing compared. */
export interface OpenShares {
  caption: string;
  rows: { name: string; current: boolean; shown: OpenShare | null }[];
}

/** A share as it is printed. */
export interface OpenShare {
  share: string;
  base: string;
  notes: string[];
}

/** An item of an open release: the authority and its localities. */
export function openItemPage(language: Language, view: ItemView, bands: OpenBands): OpenItemPage {
  const { entry, release, item, band, option, place } = view;
  const words = itemWords(language, view.askedNow);
  const choice = choiceOf(view);
  const node = place ?? release.nodes[0]!;
  const who = { place: isolated(language, node.name), band: bands.nameOf(band), statement: words.statement(option) };
  const at = (id: string, group?: string): TablePlace => ({ node: id, band: band.id, item: item.id, group });
  const groups = item.unlinked ? [] : languageGroups(release, node);
  return {
    title: words.name,
    titleLanguage: words.language,
    wide: true,
    facts: releaseFacts(language, entry, release),
    choices: inBandWords(choiceNavigation(language, view, choice, words), view, bands),
    finding: openFinding(language, who, optionFigure(release, at(node.id), option)),
    counted: countedWords(language, words),
    questionHref: plainItemAddress(entry.id, variableIdOf(item)),
    askedHref: askedHref(view),
    shares: {
      caption: language.say('open', 'sharesCaption', who),
      rows: placesOf(release, item).map((one) => ({
        name: placeName(language, one),
        current: one === node,
        shown: openShare(language, optionFigure(release, at(one.id), option)),
      })),
    },
    languages: {
      caption: language.say('open', 'languageSharesCaption', who),
      rows: groups.map((group) => ({
        name: groupWords(language, group),
        current: false,
        shown: openShare(language, optionFigure(release, at(node.id, group), option)),
      })),
    },
    answers: answers(language, view, node, who),
    fileHref: fileAddress(choice),
    filesHref: filesAddress(entry.id),
    methodHref: METHOD,
    views: itemLinks(language, view),
    backHref: releaseAddress(entry.id),
  };
}

/** The answer in a sentence, which speaks of those who came and of nobody else. */
export function openFinding(
  language: Language,
  who: { place: string; band: string; statement: string },
  figure: Figure | undefined,
): string {
  if (!figure) return language.say('open', 'findingHidden', { place: who.place, band: who.band });
  return language.say('open', 'finding', { ...who, percent: language.percent(figure.share / 100) });
}

export function openShare(language: Language, figure: Figure | undefined): OpenShare | null {
  if (!figure) return null;
  return {
    share: language.percent(figure.share / 100),
    base: language.number(figure.base),
    notes: figureNotes(language, figure),
  };
}

/** The same bands in the order of the links, in the words of the answers that they are. */
function inBandWords(
  choices: ChoiceNavigation,
  { release, asked }: ItemView,
  bands: OpenBands,
): OpenItemPage['choices'] {
  const { what, allClusters, oneCluster, clusters } = choices;
  const own = release.bands.filter(({ id }) => asked.has(id));
  const who = choices.who.map((chip, index) => ({
    ...chip,
    words: own[index] ? bands.nameOf(own[index]) : chip.words,
  }));
  return { who, what, allClusters, oneCluster, clusters };
}

/** Of an indicator, all answers to the question that it reads. */
function answers(
  language: Language,
  view: ItemView,
  node: LatticeNode,
  who: { place: string; band: string },
): OpenItemPage['answers'] {
  const { release, band } = view;
  const item = release.item(variableIdOf(view.item)) ?? view.item;
  const asked = item === view.item ? view.askedNow : { ...view.askedNow, indicator: undefined };
  const place = { node: node.id, band: band.id, item: item.id };
  const base = release.table(node.id, band.id, item.id)?.base ?? null;
  const percent = (figure: Figure | undefined) => (figure ? language.percent(figure.share / 100) : null);
  const { open, results } = language.words;
  return {
    title: language.say('results', 'answersTitle', who),
    caption:
      base === null ? open.answersCaption : language.say('open', 'answersCaptionBase', { base: language.number(base) }),
    askedOf: routeSentence(language, asked),
    several: item.several ? open.noteSeveral : '',
    rows: [
      ...offered(itemWords(language, asked), optionsOf(item, asked)).map(({ code, words }) => ({
        name: words,
        share: percent(optionFigure(release, place, code)),
      })),
      ...ASKED_STATES.map((state) => ({
        name: results[`state-${state}`],
        share: percent(stateFigure(release, place, state)),
      })),
    ],
  };
}

function offered({ options }: ItemWords, codes: readonly string[]): ItemWords['options'] {
  return options.filter(({ code }) => codes.includes(code));
}
