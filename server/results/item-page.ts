import type { LatticeNode } from '../core/disclosure/lattice.ts';
import { variableIdOf, type Release } from '../core/disclosure/release.ts';
import { compareSides, comparisonKey, type ComparedShare } from '../core/statistics/comparisons.ts';
import { optionFigure, withRange, type Figure } from '../core/statistics/figure.ts';
import { comparabilityOf, sameSchools } from '../core/statistics/waves.ts';
import { bandName } from '../core/survey/stage.ts';
import type { Finding } from '../storage/findings.ts';
import { isolated, type Language } from '../web/language.ts';
import { questionHref } from '../web/released-questions.ts';
import { fileAddress, filesAddress, METHOD, newFindingAddress, plainItemAddress, releaseAddress } from './addresses.ts';
import { answersTable, type AnswersTable } from './answers-table.ts';
import { placesOf } from './choose.ts';
import { releaseFacts, type ReleaseFacts } from './facts.ts';
import { choiceNavigation, type ChoiceNavigation } from './navigation.ts';
import { choiceOf, type ItemView } from './view.ts';
import { itemLinks, type ViewLinks } from './views/links.ts';
import { itemWords, type ItemWords } from './words.ts';

export interface ItemPage {
  title: string;
  titleLanguage: string;
  wide: true;
  facts: ReleaseFacts;
  choices: ChoiceNavigation;
  finding: string;
  /** How an indicator is counted; empty for a question. */
  counted: string;
  questionHref: string;
  shares: SharesTable;
  notes: string[];
  answers: AnswersTable;
  /** The question as it was asked; empty for what is worked out from several. */
  askedHref: string;
  /** Empty where there is nothing to make a finding of, or the person may not. */
  newFindingHref: string;
  /** Findings that were made of this here, for planners. */
  findings: { href: string; words: string }[];
  fileHref: string;
  /** All files of the release. */
  filesHref: string;
  methodHref: string;
  /** Other views of what is looked at. */
  views: ViewLinks;
  backHref: string;
}

interface SharesTable {
  caption: string;
  /** Heading of the earlier wave's column; empty where there is none. */
  earlier: string;
  /** Columns beside the place. */
  span: number;
  rows: { name: string; current: boolean; shown: ShownRow | null }[];
}

/** A row as it is printed. The numbers are those of the words, for the picture drawn from the table. */
export interface ShownRow {
  share: number;
  low: number;
  high: number;
  shareWords: string;
  between: string;
  base: string;
  /** Null hides it. */
  earlier: string | null;
  notes: string[];
}

/** What an item says at one place. */
export interface PlaceFigures {
  node: LatticeNode;
  /** Undefined where it is hidden or there is none. */
  figure: Figure | undefined;
  /** The same of the earlier wave, or why the two may not stand side by side. */
  before: EarlierFigure | 'question-changed' | 'schools-changed' | undefined;
}

/** A figure of the earlier wave. */
export interface EarlierFigure extends Figure {
  /** Whether the question was worded another way then. */
  reworded: boolean;
}

/** @param found findings that planners made of this, whose places the release shows to whoever reads */
export function itemPage(language: Language, view: ItemView, found: readonly Finding[]): ItemPage {
  const words = itemWords(language, view.askedNow);
  const choice = choiceOf(view);
  const places = figuresOf(view);
  const subject = subjectOf(view, places);
  return {
    title: words.name,
    titleLanguage: words.language,
    wide: true,
    facts: releaseFacts(language, view.entry, view.release),
    choices: choiceNavigation(language, view, choice, words),
    finding: finding(language, view, words, places),
    counted: countedWords(language, words),
    questionHref: plainItemAddress(view.entry.id, variableIdOf(view.item)),
    shares: sharesTable(language, view, words, places),
    notes: [...notes(language, view, places), ...weightedNote(language, view)],
    answers: allAnswers(language, view, subject.node),
    askedHref: askedHref(view),
    newFindingHref: view.mayMakeFindings && subject.figure ? newFindingAddress(choice, subject.node.id) : '',
    findings: found.map(({ id, place }) => ({
      href: `/replies/findings/${id}`,
      words: isolated(language, view.release.node(place.node)?.name || view.release.authority.name),
    })),
    fileHref: fileAddress(choice),
    filesHref: filesAddress(view.entry.id),
    methodHref: METHOD,
    views: itemLinks(language, view),
    backHref: releaseAddress(view.entry.id),
  };
}

/** Where the question stands in the version that the band was asked. */
export function askedHref({ item, band }: Pick<ItemView, 'item' | 'band'>): string {
  const versionId = item.versions[band.id];
  const isAsked = item.kind === 'question' || item.kind === 'indicator';
  return isAsked && versionId !== undefined ? questionHref(versionId, item.question) : '';
}

/** What the whole authority would say if each school and group counted as much as it has pupils. */
function weightedNote(language: Language, { release, item, band, place }: ItemView): string[] {
  if (place) return [];
  return release.facts
    .filter((fact) => fact.kind === 'weighted' && fact.item === item.id && fact.band === band.id)
    .map(({ value, low, high }) =>
      language.say('scores', 'weighted', {
        value: language.percent(value / 100),
        low: language.percent(low / 100),
        high: language.percent(high / 100),
      }),
    );
}

/** Of an indicator, all answers to the question that it reads: its own two would leave out whoever answered otherwise. */
function allAnswers(language: Language, view: ItemView, node: LatticeNode): AnswersTable {
  const item = view.release.item(variableIdOf(view.item)) ?? view.item;
  const asked = item === view.item ? view.askedNow : { ...view.askedNow, indicator: undefined };
  return answersTable(language, { ...view, item, asked }, node);
}

/** The authority, then every cluster in the order of their names (the order of the lattice) that the item can have; or these places alone. */
export function figuresOf(view: ItemView, nodes = placesBeside(view)): PlaceFigures[] {
  const { release, band, item, option, askedNow, earlier } = view;
  const then = earlier?.release;
  const question = comparabilityOf({ band, asked: askedNow }, { band: then?.band(band.id), asked: earlier?.asked });
  return nodes.map((node) => {
    const place = { node: node.id, band: band.id, item: item.id };
    const beforeAt = (): PlaceFigures['before'] => {
      if (!then) return undefined;
      if (question === 'new') return 'question-changed';
      if (!sameSchools(node, then.node(node.id))) return 'schools-changed';
      const figure = optionFigure(then, place, option);
      return figure && { ...figure, reworded: question === 'reworded' };
    };
    return { node, figure: optionFigure(release, place, option), before: beforeAt() };
  });
}

/** The place that the page speaks of: the cluster looked at, else the authority. */
function subjectOf({ place }: ItemView, places: readonly PlaceFigures[]): PlaceFigures {
  const subject = places.find(({ node }) => (place ? node.id === place.id : node.kind === 'authority'));
  if (!subject) throw new Error('A release has no authority among its places: expected it first. Make it anew.');
  return subject;
}

/** The answer in a sentence. */
export function finding(language: Language, view: ItemView, words: ItemWords, places: readonly PlaceFigures[]): string {
  const { place, band, option, earlier } = view;
  const { node, figure, before } = subjectOf(view, places);
  const who = { place: isolated(language, node.name), band: isolated(language, bandName(band)) };
  if (!figure) return language.say('results', 'findingHidden', who);
  const values = { ...who, statement: words.statement(option), ...percents(language, figure) };
  const rest = place && places.find((one) => one.node.kind === 'rest')?.figure;
  const compared = place && comparedWithRest(view, place);
  const first =
    rest && compared
      ? language.say('results', `findingRest-${compared.word}`, { ...values, rest: language.percent(rest.share / 100) })
      : language.say('results', place ? 'findingPlaceOnly' : 'findingWhole', values);
  if (!earlier || !before || typeof before === 'string') return first;
  const wave = isolated(language, earlier.release.wave.name);
  const said = before.reworded ? 'findingEarlierReworded' : 'findingEarlier';
  return `${first} ${language.say('results', said, { wave, ...percents(language, before) })}`;
}

/** The place looked at beside the rest of the authority; undefined where either is hidden. */
function comparedWithRest({ release, band, item, option }: ItemView, place: LatticeNode): ComparedShare | undefined {
  const rest = restOf(release, place);
  if (!rest) return undefined;
  const sides = compareSides(release, { node: place.id, band: band.id }, { node: rest.id, band: band.id });
  return sides.get(comparisonKey(item.id, option));
}

export function restOf(release: Release, place: LatticeNode): LatticeNode | undefined {
  return release.nodes.find(({ kind, of }) => kind === 'rest' && of === place.id);
}

/** Places of the table: what people look at, and after the authority what the place looked at leaves of it. */
function placesBeside({ release, item, place }: ItemView): readonly LatticeNode[] {
  const rest = place && !item.unlinked && restOf(release, place);
  return placesOf(release, item).flatMap((node) => (rest && node.kind === 'authority' ? [node, rest] : [node]));
}

export function percents(language: Language, figure: Figure) {
  const { share, low, high } = withRange(figure);
  return {
    percent: language.percent(share / 100),
    low: language.percent(low / 100),
    high: language.percent(high / 100),
  };
}

export function countedWords(language: Language, { counted, question }: ItemWords): string {
  if (counted.length === 0) return '';
  const quoted = counted.map((option) => language.say('results', 'quoted', { words: option }));
  const options = new Intl.ListFormat(language.code, { type: 'disjunction' }).format(quoted);
  return language.say('results', 'counted', { options, question });
}

function sharesTable(
  language: Language,
  view: ItemView,
  words: ItemWords,
  places: readonly PlaceFigures[],
): SharesTable {
  const { band, option, earlier } = view;
  const subject = subjectOf(view, places);
  return {
    caption: language.say('results', 'sharesCaption', {
      band: isolated(language, bandName(band)),
      statement: words.statement(option),
    }),
    earlier: earlier?.release.wave.name ?? '',
    span: earlier ? 5 : 4,
    rows: places.map((place) => ({
      name: placeName(language, place.node),
      current: place === subject,
      shown: shownRow(language, place),
    })),
  };
}

export function placeName(language: Language, { kind, name }: LatticeNode): string {
  const apart = isolated(language, name);
  if (kind === 'rest') return language.say('results', 'restOf', { place: apart });
  if (kind === 'special') return language.words.results.specialSchools;
  return kind === 'authority' ? language.say('results', 'wholeAuthority', { authority: apart }) : apart;
}

export function shownRow(
  language: Language,
  { figure, before }: Pick<PlaceFigures, 'figure' | 'before'>,
): ShownRow | null {
  if (!figure) return null;
  const range = withRange(figure);
  const { percent, low, high } = percents(language, figure);
  return {
    share: figure.share,
    low: range.low,
    high: range.high,
    shareWords: percent,
    between: language.say('results', 'between', { low, high }),
    base: language.number(figure.base),
    earlier: earlierWords(language, before),
    notes: figureNotes(language, figure),
  };
}

function earlierWords(language: Language, before: PlaceFigures['before']): string | null {
  if (before === undefined) return null;
  if (before === 'schools-changed') return language.words.results.schoolsChanged;
  if (before === 'question-changed') return language.words.results.questionChanged;
  return language.say('results', before.reworded ? 'earlierReworded' : 'earlierShare', percents(language, before));
}

/** How carefully a figure is to be read, in words. */
export function figureNotes(language: Language, figure: Figure): string[] {
  const { words } = language;
  return [
    ...(figure.oneSchool ? [words.results.tagOneSchool] : []),
    ...(figure.caution === 'cautious' ? [words.results.tagCautious] : []),
    ...(figure.caution === 'flagged' ? [words.results.tagFlagged] : []),
    ...(figure.lowRate ? [words.results.tagLowRate] : []),
  ];
}

/** What is to be known besides; said only of rows that are shown, so that hidden ones stay like empty ones. */
export function notes(language: Language, { band, item }: ItemView, places: readonly PlaceFigures[]): string[] {
  const { words } = language;
  const shown = places.filter(({ figure }) => figure);
  const oneSchool = shown.some(({ figure }) => figure?.oneSchool);
  return [
    ...(oneSchool ? [language.say('results', 'noteOneSchool', { band: isolated(language, bandName(band)) })] : []),
    item.unlinked ? words.results.noteUnlinked : words.results.noteShared,
    ...(shown.some(({ before }) => before === 'schools-changed') ? [words.results.noteSchoolsChanged] : []),
    ...(shown.some(({ before }) => before === 'question-changed') ? [words.results.noteQuestionChanged] : []),
    ...(shown.some(({ before }) => typeof before === 'object' && before.reworded) ? [words.results.noteReworded] : []),
  ];
}
