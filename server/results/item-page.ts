import type { LatticeNode } from '../core/disclosure/lattice.ts';
import type { Release } from '../core/disclosure/release.ts';
import { optionFigure, type Figure } from '../core/statistics/figure.ts';
import { changeBetween } from '../core/statistics/waves.ts';
import { bandName } from '../core/survey/stage.ts';
import type { Language } from '../web/language.ts';
import {
  fileAddress,
  METHOD,
  newFindingAddress,
  NO_EARLIER,
  plainItemAddress,
  releaseAddress,
  type Choice,
} from './addresses.ts';
import { answersTable, type AnswersTable } from './answers-table.ts';
import { releaseFacts, type ReleaseFacts } from './facts.ts';
import { choiceNavigation, type ChoiceNavigation } from './navigation.ts';
import type { ItemView } from './view.ts';
import { itemWords, type ItemWords } from './words.ts';

export interface ItemPage {
  title: string;
  titleLanguage: string;
  wide: true;
  facts: ReleaseFacts;
  navigation: ChoiceNavigation;
  finding: string;
  /** How an indicator is counted; empty for a question. */
  counted: string;
  questionHref: string;
  shares: SharesTable;
  notes: string[];
  answers: AnswersTable;
  /** Empty where there is nothing to make a finding of, or the person may not. */
  newFindingHref: string;
  fileHref: string;
  methodHref: string;
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
interface ShownRow {
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

export function itemPage(language: Language, view: ItemView): ItemPage {
  const words = itemWords(language, view.askedNow);
  const choice = choiceOf(view);
  const subject = view.place ?? wholeOf(view.release);
  return {
    title: words.name,
    titleLanguage: words.language,
    wide: true,
    facts: releaseFacts(language, view.entry, view.release),
    navigation: choiceNavigation(language, view, choice, words),
    finding: finding(language, view, words),
    counted: countedWords(language, words),
    questionHref: plainItemAddress(view.entry.id, view.item.question),
    shares: sharesTable(language, view, words),
    notes: notes(language, view),
    answers: answersTable(language, view, words, subject),
    newFindingHref: view.mayMakeFindings && figureAt(view, subject) ? newFindingAddress(choice, subject.id) : '',
    fileHref: fileAddress(choice),
    methodHref: METHOD,
    backHref: releaseAddress(view.entry.id),
  };
}

function choiceOf(view: ItemView): Choice {
  const none = view.earlierEntries.length > 0 ? NO_EARLIER : undefined;
  return {
    release: view.entry.id,
    item: view.item.id,
    band: view.band.id,
    option: view.option,
    place: view.place?.id,
    earlier: view.earlier?.entry.id ?? none,
  };
}

function wholeOf(release: Release): LatticeNode {
  const whole = release.nodes.find((node) => node.kind === 'authority');
  if (!whole) throw new Error('A release has no authority among its places: expected it first. Make it anew.');
  return whole;
}

function figureAt({ release, band, item, option }: ItemView, node: LatticeNode): Figure | undefined {
  return optionFigure(release, { node: node.id, band: band.id, item: item.id }, option);
}

/** The figure of the earlier wave, or why the two may not stand side by side; undefined where it is hidden. */
function earlierAt(view: ItemView, node: LatticeNode): Figure | 'question-changed' | 'schools-changed' | undefined {
  const { earlier, band, item, option } = view;
  if (!earlier) return undefined;
  const change = changeBetween(
    { node, band, asked: view.askedNow },
    { node: earlier.release.node(node.id), band: earlier.release.band(band.id), asked: earlier.asked },
  );
  return change ?? optionFigure(earlier.release, { node: node.id, band: band.id, item: item.id }, option);
}

/** The answer in a sentence. */
function finding(language: Language, view: ItemView, words: ItemWords): string {
  const { place, release, band, option } = view;
  const subject = place ?? wholeOf(release);
  const figure = figureAt(view, subject);
  const who = { place: subject.name, band: bandName(band) };
  if (!figure) return language.say('results', 'findingHidden', who);
  const values = { ...who, statement: words.statement(option), ...percents(language, figure) };
  const whole = place && figureAt(view, wholeOf(release));
  const first = whole
    ? language.say('results', 'findingPlace', { ...values, whole: language.percent(whole.share / 100) })
    : language.say('results', place ? 'findingPlaceOnly' : 'findingWhole', values);
  const before = earlierAt(view, subject);
  if (!view.earlier || !before || typeof before === 'string') return first;
  const wave = view.earlier.release.wave.name;
  return `${first} ${language.say('results', 'findingEarlier', { wave, ...percents(language, before) })}`;
}

function percents(language: Language, { share, low, high }: Figure) {
  return {
    percent: language.percent(share / 100),
    low: language.percent(low / 100),
    high: language.percent(high / 100),
  };
}

function countedWords(language: Language, { counted, question }: ItemWords): string {
  if (counted.length === 0) return '';
  const quoted = counted.map((option) => language.say('results', 'quoted', { words: option }));
  const options = new Intl.ListFormat(language.code, { type: 'disjunction' }).format(quoted);
  return language.say('results', 'counted', { options, question });
}

function sharesTable(language: Language, view: ItemView, words: ItemWords): SharesTable {
  const { release, band, option, earlier } = view;
  const whole = wholeOf(release);
  const clusters = release.nodes.filter((node) => node.kind === 'cluster');
  return {
    caption: language.say('results', 'sharesCaption', { band: bandName(band), statement: words.statement(option) }),
    earlier: earlier?.release.wave.name ?? '',
    span: earlier ? 5 : 4,
    rows: [whole, ...clusters].map((node) => ({
      name: node === whole ? language.say('results', 'wholeAuthority', { authority: node.name }) : node.name,
      current: node === (view.place ?? whole),
      shown: shownRow(language, view, node),
    })),
  };
}

function shownRow(language: Language, view: ItemView, node: LatticeNode): ShownRow | null {
  const figure = figureAt(view, node);
  if (!figure) return null;
  const { percent, low, high } = percents(language, figure);
  return {
    share: figure.share,
    low: figure.low,
    high: figure.high,
    shareWords: percent,
    between: language.say('results', 'between', { low, high }),
    base: language.number(figure.base),
    earlier: earlierWords(language, earlierAt(view, node)),
    notes: figureNotes(language, figure),
  };
}

function earlierWords(language: Language, before: ReturnType<typeof earlierAt>): string | null {
  if (before === undefined) return null;
  if (before === 'schools-changed') return language.words.results.schoolsChanged;
  if (before === 'question-changed') return language.words.results.questionChanged;
  return language.say('results', 'earlierShare', percents(language, before));
}

/** How carefully a figure is to be read, in words. */
function figureNotes(language: Language, figure: Figure): string[] {
  const { words } = language;
  return [
    ...(figure.oneSchool ? [words.results.tagOneSchool] : []),
    ...(figure.caution === 'cautious' ? [words.results.tagCautious] : []),
    ...(figure.caution === 'flagged' ? [words.results.tagFlagged] : []),
    ...(figure.lowRate ? [words.results.tagLowRate] : []),
  ];
}

/** What is to be known besides; said only of rows that are shown, so that hidden ones stay like empty ones. */
function notes(language: Language, view: ItemView): string[] {
  const { words } = language;
  const shown = view.release.nodes.filter((node) => figureAt(view, node));
  const oneSchool = shown.some((node) => figureAt(view, node)?.oneSchool);
  const schoolsChanged = shown.some((node) => earlierAt(view, node) === 'schools-changed');
  const questionChanged = shown.some((node) => earlierAt(view, node) === 'question-changed');
  return [
    ...(oneSchool ? [language.say('results', 'noteOneSchool', { band: bandName(view.band) })] : []),
    words.results.noteShared,
    ...(schoolsChanged ? [words.results.noteSchoolsChanged] : []),
    ...(questionChanged ? [words.results.noteQuestionChanged] : []),
  ];
}
