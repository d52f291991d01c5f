import type { LatticeNode } from '../core/disclosure/lattice.ts';
import type { CubeItem, Release } from '../core/disclosure/release.ts';
import { optionFigure, stateFigure, withRange, type Figure } from '../core/statistics/figure.ts';
import { ASKED_STATES } from '../core/survey/answer.ts';
import { bandName, type Band } from '../core/survey/stage.ts';
import { isolated, type Language } from '../web/language.ts';
import type { AskedVersionItem } from './asked.ts';
import { itemWords, routeSentence } from './words.ts';

/** All answers of one place: every option, and those asked who gave none. */
export interface AnswersTable {
  title: string;
  caption: string;
  /** Who was asked, where an earlier answer led here; else empty. */
  askedOf: string;
  /** Said where persons may stand in several rows; else empty. */
  several: string;
  rows: { name: string; shown: { share: string; between: string } | null }[];
}

export function answersTable(
  language: Language,
  view: { release: Release; item: CubeItem; band: Band; asked: AskedVersionItem },
  node: LatticeNode,
): AnswersTable {
  const { release, item, band, asked } = view;
  const words = itemWords(language, asked);
  const place = { node: node.id, band: band.id, item: item.id };
  const base = release.table(node.id, band.id, item.id)?.base ?? null;
  const who = { place: isolated(language, node.name), band: isolated(language, bandName(band)) };
  const options = words.options.map(({ code, words: name }) => ({
    name,
    shown: cells(language, optionFigure(release, place, code)),
  }));
  const states = ASKED_STATES.map((state) => ({
    name: language.words.results[`state-${state}`],
    shown: cells(language, stateFigure(release, place, state)),
  }));
  return {
    title: language.say('results', 'answersTitle', who),
    caption:
      base === null
        ? language.words.results.answersCaption
        : language.say('results', 'answersCaptionBase', { base: language.number(base) }),
    askedOf: routeSentence(language, asked),
    several: item.several ? language.words.results.noteSeveral : '',
    rows: [...options, ...states],
  };
}

function cells(language: Language, figure: Figure | undefined): { share: string; between: string } | null {
  if (!figure) return null;
  const { low: least, high: most } = withRange(figure);
  const [share, low, high] = [figure.share, least, most].map((percent) => language.percent(percent / 100));
  return { share: share ?? '', between: language.say('results', 'between', { low: low ?? '', high: high ?? '' }) };
}
