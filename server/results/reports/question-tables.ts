import { sha256 } from '../../storage/releases.ts';
import type { CubeItem } from '../../core/disclosure/release.ts';
import { optionFigure, stateFigure, type Figure } from '../../core/statistics/figure.ts';
import { ASKED_STATES } from '../../core/survey/answer.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { Language } from '../../web/language.ts';
import { placesOf } from '../choose.ts';
import { fileItems, type Wording } from '../files/content.ts';
import { figureNotes, percents } from '../item-page.ts';
import { itemWords } from '../words.ts';
import type { ReportView } from './view.ts';

/** All questions of one domain as they were asked, each wording a table. */
export interface DomainQuestions {
  title: string;
  tables: QuestionTable[];
}

interface QuestionTable {
  question: string;
  language: string;
  /** Said where persons may stand in several rows; else empty. */
  several: string;
  /** One column a band, with how carefully it is to be read. */
  bands: { name: string; notes: string[] }[];
  /** How many were asked, band by band; null hides it. */
  bases: (string | null)[];
  /** Every option, then those asked who gave none; null hides a figure. */
  rows: { name: string; cells: (string | null)[] }[];
}

/** How bands are called, and what is said of questions with several answers. */
interface BandsSaid {
  nameOf: (band: Band) => string;
  several: string;
}

/** Every question that the place can have figures for, in the order in which it was asked. */
export function questionTables(
  language: Language,
  view: ReportView,
  said: BandsSaid = { nameOf: bandName, several: language.words.results.noteSeveral },
): DomainQuestions[] {
  const { release, node, asked } = view;
  const items = fileItems(language, release, asked, sha256).filter(
    ({ item }) => item.kind === 'question' && placesOf(release, item).includes(node),
  );
  const cellWords = createCellWords(language);
  return DOMAINS.map((domain) => ({
    title: language.words.results[`domain-${domain}`],
    tables: items
      .filter(({ item }) => item.domain === domain)
      .flatMap(({ item, wordings }) =>
        wordings.map((wording) => questionTable(language, { ...view, said }, item, wording, cellWords)),
      ),
  })).filter(({ tables }) => tables.length > 0);
}

/** Words of a cell, each put together once: a report has thousands of cells and some hundred different ones. */
function createCellWords(language: Language): (figure: Figure) => string {
  const known = new Map<string, string>();
  return (figure) => {
    const key = `${figure.share} ${figure.low} ${figure.high}`;
    const words = known.get(key) ?? shareWords(language, figure);
    known.set(key, words);
    return words;
  };
}

/** With its range where the release allows one. */
function shareWords(language: Language, figure: Figure): string {
  if (figure.low === null) return language.percent(figure.share / 100);
  return language.say('results', 'earlierShare', percents(language, figure));
}

function questionTable(
  language: Language,
  view: ReportView & { said: BandsSaid },
  item: CubeItem,
  wording: Wording,
  cellWords: (figure: Figure) => string,
): QuestionTable {
  const { release, node, said } = view;
  const rows = figureRows(language, view, item, wording);
  return {
    question: wording.question,
    language: languageOf(language, view, item, wording),
    several: item.several ? said.several : '',
    bands: wording.bands.map((band, column) => {
      const shown = rows.flatMap(({ figures }) => figures[column] ?? [])[0];
      return { name: said.nameOf(band), notes: shown ? figureNotes(language, shown) : [] };
    }),
    bases: wording.bands.map((band) => {
      const base = release.table(node.id, band.id, item.id)?.base ?? null;
      return base === null ? null : language.number(base);
    }),
    rows: rows.map(({ name, figures }) => ({
      name,
      cells: figures.map((figure) => (figure ? cellWords(figure) : null)),
    })),
  };
}

interface FigureRow {
  name: string;
  /** One a band; undefined where it is hidden or there is none. */
  figures: (Figure | undefined)[];
}

function figureRows(
  language: Language,
  { release, node }: ReportView,
  item: CubeItem,
  { bands, options }: Wording,
): FigureRow[] {
  const places = bands.map((band) => ({ node: node.id, band: band.id, item: item.id }));
  return [
    ...options.map(({ code, words }) => ({
      name: words,
      figures: places.map((place) => optionFigure(release, place, code)),
    })),
    ...ASKED_STATES.map((state) => ({
      name: language.words.results[`state-${state}`],
      figures: places.map((place) => stateFigure(release, place, state)),
    })),
  ];
}

/** The language that a wording is shown in, where its survey lacks that of the page. */
function languageOf(language: Language, { asked }: ReportView, item: CubeItem, { bands }: Wording): string {
  const [first] = bands;
  const askedOfFirst = first && asked.get(item.id)?.get(first.id);
  return askedOfFirst ? itemWords(language, askedOfFirst).language : language.code;
}
